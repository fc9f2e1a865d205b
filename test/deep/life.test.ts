import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { anArticle, type Files } from '../support/corpus.ts'
import { findReaders, look, type Shown } from '../support/readers.ts'
import { type ServedSite, serveSite } from '../support/served-site.ts'

type Step = {
  readonly happens: string
  readonly to: (site: ServedSite, file: string) => Promise<void>
  /** What a mail is sent of, if one is. */
  readonly mails?: readonly string[]
  /** What a newsboat shows as unread. */
  readonly unread?: readonly string[]
  /** What stands in the list of newsboat afterwards, and did not before. */
  readonly shows: string
}

const STORY = { title: 'Road works', published: '2026-02-01T10:00:00Z' }

/** Changes one article, and waits until a feed says so. */
function saving(files: () => Files, sign: string): Step['to'] {
  return (site, file) => site.change(files(), `/${file}`, (text) => text.includes(sign))
}

const works = (front: Readonly<Record<string, string>>, body: string): Files => ({
  'content/works.md': anArticle({ ...STORY, ...front }, body),
})

const inSeconds = (seconds: number): string =>
  `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`

/** The life of an article, in order. */
const LIFE: readonly Step[] = [
  {
    happens: 'it is new',
    to: saving(() => works({}, 'Until Mnday.'), 'Until Mnday'),
    mails: ['Road works'],
    unread: ['Road works'],
    shows: 'Until Mnday',
  },
  {
    happens: 'a letter is mended in silence',
    to: saving(() => works({}, 'Until Monday.'), 'Until Monday'),
    shows: 'Until Monday',
  },
  {
    happens: 'it is corrected',
    to: saving(
      () => works({ updated: '2026-02-02T10:00:00Z', correction: 'The day.' }, 'Until Tuesday.'),
      'Until Tuesday',
    ),
    shows: 'Until Tuesday',
  },
  {
    happens: 'a rollback takes the correction back',
    async to(site, file) {
      const { code, stderr } = await site.run('rollback')
      if (code !== 0) throw new Error(stderr)
      await site.wait(`/${file}`, (text) => text.includes('Until Monday'))
    },
    shows: 'Until Monday',
  },
  {
    happens: 'another article becomes due by itself',
    async to(site, file) {
      const due = anArticle({ title: 'Snow', published: inSeconds(15) }, 'At last.')
      await site.change({ 'content/snow.md': due }, `/${file}`, (text) => text.includes('At last'))
    },
    mails: ['Snow'],
    unread: ['Snow'],
    shows: 'At last',
  },
  {
    happens: 'it is retracted',
    to: saving(
      () => works({ status: 'retracted', reason: 'The road is open.' }, ''),
      'Retraction: Road works',
    ),
    mails: ['Retraction: Road works'],
    unread: ['Retraction: Road works'],
    shows: 'The road is open',
  },
]

/** A subscriber who looks after each step: what has come, and what is listed. */
type Follower = {
  readonly name: string
  readonly news: 'mails' | 'unread'
  readonly look: (home: string, feed: string) => Promise<{ news: string[]; list?: string }>
}

const titlesOf = (shown: readonly Shown[]): string[] => shown.map(({ title }) => title)

/** What a list has more than another. */
function added(before: readonly string[], now: readonly string[]): string[] {
  const left = [...before]
  return now.filter((title) => {
    const at = left.indexOf(title)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function inMails(): Follower {
  let before: string[] = []
  return {
    name: 'rss2email',
    news: 'mails',
    async look(home, feed) {
      const now = await look('rss2email', home, feed)
      const news = added(before, titlesOf(now))
      before = titlesOf(now)
      return { news }
    },
  }
}

const inNewsboat = (): Follower => ({
  name: 'newsboat',
  news: 'unread',
  async look(home, feed) {
    const now = await look('newsboat', home, feed)
    return { news: titlesOf(now.filter(({ unread }) => unread)), list: JSON.stringify(now) }
  },
})

const PRESENT = findReaders()

describe.runIf(PRESENT.length > 0)('the life of an article', () => {
  it.for(['rss.xml', 'atom.xml'])(
    'is told by %s: a mail for what is new and for each notice, and none for the rest',
    { timeout: 600_000 },
    async (file, { expect }) => {
      const site = await serveSite({})
      const home = mkdtempSync(join(tmpdir(), 'edgewire-life-'))
      const feed = `${site.base}/${file}`
      const all = [inMails(), inNewsboat()].filter(({ name }) => PRESENT.includes(name as never))
      try {
        for (const { look: lookAt } of all) await lookAt(home, feed)
        for (const step of LIFE) {
          await step.to(site, file)
          for (const { name, news, look: lookAt } of all) {
            const first = await lookAt(home, feed)
            expect(first.news, `${name}: ${step.happens}`).toEqual(step[news] ?? [])
            expect(first.list ?? step.shows, step.happens).toContain(step.shows)
            // Who asks twice is told once.
            expect((await lookAt(home, feed)).news, `${name} again: ${step.happens}`).toEqual([])
          }
        }
      } finally {
        await site.close()
        rmSync(home, { recursive: true, force: true })
      }
    },
  )
})
