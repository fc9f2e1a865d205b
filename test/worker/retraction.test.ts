import { env, exports } from 'cloudflare:workers'
import { parseFeed } from 'feedsmith'
import { afterEach, describe, it, vi } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { loadEdition, reachedBy } from '../../src/edition/edition.ts'
import { StoredObject } from '../../src/edition/object.ts'
import { rollback } from '../../src/publish/rollback.ts'
import { isolate } from '../../src/worker/this-isolate.ts'
import { anArticle, type Files, NOW, SITE } from '../support/corpus.ts'
import { emptyKv, kvStore, publishFiles } from '../support/kv-store.ts'
import { aPublisher, type Told } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const BASE = 'https://wire.example.org'
const DAY = 86_400
const FILES = ['rss.xml', 'atom.xml', 'feed.json'] as const
/** It stands wherever an article has words. */
const FALSE_TEXT = 'Quagga seen'

const TOLD_LATER = { title: 'Road works', published: '2026-02-01T10:00:00Z' }
const FALSE_ARTICLE = anArticle(
  {
    ...TOLD_LATER,
    updated: '2026-02-02T10:00:00Z',
    correction: `${FALSE_TEXT} twice.`,
    summary: `${FALSE_TEXT} today.`,
    section: 'towns',
    tags: '[roads, animals]',
    authors: '[desk]',
    image: `{ src: "https://example.org/q.png", alt: "${FALSE_TEXT}", credit: "${FALSE_TEXT}" }`,
  },
  `**${FALSE_TEXT}** in the park.`,
)
/** What is left of the file is short: no section, no tags, no author, and no text. */
const RETRACTED = anArticle({ ...TOLD_LATER, status: 'retracted', reason: 'It was a <zebra>.' }, '')
const OTHERS: Files = {
  'site.yaml': `${SITE}feed_length: 2\narchives: false\n`,
  'new.md': anArticle({ title: 'New', published: '2026-02-20T00:00:00Z' }),
  'newer.md': anArticle({ title: 'Newer', published: '2026-02-21T00:00:00Z' }),
}

async function at(now: number, files: Files): Promise<Told> {
  vi.setSystemTime(now * 1000)
  return publishFiles(files, now)
}

async function get(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await exports.default.fetch(BASE + path, { headers })).text()
}

type Shown = { id: string; title: string; date: string; html: string }

/** What a reader that knows nothing of edgewire shows of a document. */
async function shownBy(path: string): Promise<Shown[]> {
  const parsed = parseFeed(await get(path))
  const dated = (date = ''): string => formatInstant(Date.parse(date) / 1000)
  const textOf = (text?: string | { value?: string }): string =>
    (typeof text === 'string' ? text : text?.value) ?? ''
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map(({ guid, title = '', pubDate, content }) => ({
        id: guid?.value ?? '',
        title,
        date: dated(pubDate),
        html: content?.encoded ?? '',
      }))
    case 'atom':
      return (parsed.feed.entries ?? []).map(({ id = '', title, published, content }) => ({
        id,
        title: textOf(title),
        date: dated(published),
        html: textOf(content),
      }))
    case 'json':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.id ?? '',
        title: item.title ?? '',
        date: dated(item.date_published),
        html: item.content_html ?? '',
      }))
    default:
      throw new Error('neither RSS nor Atom nor JSON Feed')
  }
}

const titlesIn = async (path: string): Promise<string[]> =>
  (await shownBy(path)).map(({ title }) => title)

/** Everything that an object says, unpacked. */
async function contentOf(digest: string): Promise<string> {
  const bytes = await env.EDGEWIRE.get(`o/${digest}`, 'arrayBuffer')
  const object = new StoredObject(new Uint8Array(bytes ?? new ArrayBuffer(0)))
  const parts = object.header.parts.map(({ name, size }) => {
    const { body } = new Response(object.part(name)?.bytes.slice())
    const raw = size === undefined ? body : body?.pipeThrough(new DecompressionStream('gzip'))
    return new Response(raw).text()
  })
  return JSON.stringify(object.header) + (await Promise.all(parts)).join('\n')
}

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('a retraction', () => {
  it.for(FILES)(
    'is shown in the article’s place, and as a notice of its own, in %s',
    async (file, { expect }) => {
      await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
      expect(await titlesIn(`/${file}`)).toEqual(['Newer', 'New', 'Road works'])
      await at(NOW + 60, { ...OTHERS, 'false.md': RETRACTED })
      const shown = await shownBy(`/${file}`)
      // By date: readers that sort by nothing show it so. And no article is pushed out.
      expect(shown.map(({ title }) => title)).toEqual([
        'Retraction: Road works',
        'Newer',
        'New',
        'Retracted: Road works',
      ])
      const [notice, , , standIn] = shown
      expect(notice).toMatchObject({
        id: 'tag:example.org,2026:false/retracted',
        date: '2026-03-01T00:01:00Z',
      })
      expect(standIn).toMatchObject({
        id: 'tag:example.org,2026:false',
        date: '2026-02-01T10:00:00Z',
      })
      for (const one of [notice, standIn]) {
        expect(one?.html).toContain('2026-03-01')
        expect(one?.html).toContain('It was a &lt;zebra&gt;.')
      }
    },
  )

  it('is announced in every feed that showed the article, however short its file is now', async ({
    expect,
  }) => {
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    for (const now of [NOW + 60, NOW + 120]) {
      await at(now, { ...OTHERS, 'false.md': RETRACTED })
      for (const folder of ['/', '/sections/towns/', '/tags/roads/', '/authors/desk/'])
        for (const file of FILES)
          expect(await titlesIn(folder + file), folder + file).toContain('Retracted: Road works')
    }
  })

  it('leaves no word of the text at any address or in any object of the edition', async ({
    expect,
  }) => {
    const files = {
      ...OTHERS,
      'site.yaml': SITE,
      'false.md': FALSE_ARTICLE,
      'later.md': anArticle({ published: '2026-02-25T00:00:00Z', tags: '[roads]' }),
    }
    await at(NOW, files)
    const before = await get('/changes.json?since=0')
    expect(before).toContain(FALSE_TEXT)
    const cursor = JSON.parse(before)._edgewire.cursor
    const { current } = await at(NOW + 60, { ...files, 'false.md': RETRACTED })
    const edition = must(await loadEdition(kvStore, current.edition))
    const folders = [...edition.documents.keys()].filter((name) => name.endsWith('/'))
    const addresses = [
      ...folders.flatMap((folder) => [folder, ...FILES.map((file) => folder + file)]),
      ...[...edition.documents.keys()].filter((name) => /\.[a-z]+$/.test(name)),
      ...['', '.json', '.atom'].map((ending) => `/articles/false${ending}`),
      '/news-sitemap.xml',
      '/changes.json?since=0',
      `/changes.json?since=${cursor}`,
    ]
    expect(addresses.length).toBeGreaterThan(30)
    for (const address of addresses) expect(await get(address), address).not.toContain(FALSE_TEXT)
    for (const digest of reachedBy(edition))
      expect(await contentOf(digest), digest).not.toContain(FALSE_TEXT)
  })

  it('is no article for partners: pages of changes have no notice, and list the article as gone', async ({
    expect,
  }) => {
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    const { cursor } = JSON.parse(await get('/changes.json'))._edgewire
    await at(NOW + 60, { ...OTHERS, 'false.md': RETRACTED })
    for (const since of ['0', cursor]) {
      const { items, _edgewire: own } = JSON.parse(await get(`/changes.json?since=${since}`))
      expect(JSON.stringify(items)).not.toContain('Retract')
      expect(own.retracted).toEqual([
        {
          id: 'tag:example.org,2026:false',
          article: 'false',
          retracted_at: '2026-03-01T00:01:00Z',
          reason: 'It was a <zebra>.',
        },
      ])
    }
    const gone = await exports.default.fetch(`${BASE}/articles/false.json`)
    expect(gone.status).toBe(410)
  })

  it('is not announced with `announce: false`, but shown in the article’s place', async ({
    expect,
  }) => {
    const quiet = RETRACTED.replace('status:', 'announce: false\nstatus:')
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    await at(NOW + 60, { ...OTHERS, 'false.md': quiet })
    for (const file of FILES)
      expect(await titlesIn(`/${file}`)).toEqual(['Newer', 'New', 'Retracted: Road works'])
    // That it is announced after all, or in other words, is no news to partners.
    const { cursor } = JSON.parse(await get('/changes.json'))._edgewire
    const { changes } = await at(NOW + 120, { ...OTHERS, 'false.md': RETRACTED })
    expect(changes.map(({ kind }) => kind)).toEqual(['remade'])
    const { counts } = JSON.parse(await get(`/changes.json?since=${cursor}`))._edgewire
    expect(counts).toEqual({ added: 0, corrected: 0, retracted: 0, removed: 0 })
    expect((await shownBy('/atom.xml'))[0]).toMatchObject({
      title: 'Retraction: Road works',
      date: '2026-03-01T00:01:00Z',
    })
  })

  it('is announced once: under one id and date in every edition, for ninety days', async ({
    expect,
  }) => {
    const retracted = { ...OTHERS, 'false.md': RETRACTED }
    const noticeIn = async (file: string): Promise<Shown | undefined> =>
      (await shownBy(`/${file}`)).find(({ id }) => id.endsWith('/retracted'))
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    await at(NOW + 60, retracted)
    const first = await Promise.all(FILES.map(noticeIn))
    expect(first).not.toContain(undefined)
    await at(NOW + DAY, { ...retracted, 'x.md': anArticle() })
    expect(await Promise.all(FILES.map(noticeIn))).toEqual(first)
    await at(NOW + 60 + 90 * DAY - 1, retracted)
    expect(await Promise.all(FILES.map(noticeIn))).toEqual(first)
    await at(NOW + 60 + 90 * DAY, retracted)
    for (const file of FILES) expect(await titlesIn(`/${file}`)).toEqual(['Newer', 'New'])
  })

  it('is announced again, unchanged, after a rollback had removed it', async ({ expect }) => {
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    await at(NOW + 60, { ...OTHERS, 'false.md': RETRACTED })
    const documents = (): Promise<string[]> => Promise.all(FILES.map((file) => get(`/${file}`)))
    const first = await documents()
    vi.setSystemTime((NOW + 120) * 1000)
    await rollback(aPublisher(kvStore, NOW + 120), {})
    isolate.current.forget()
    // The text stands again, and nothing says that it was ever withdrawn.
    expect(await titlesIn('/atom.xml')).toEqual(['Newer', 'New', 'Road works'])
    expect(await get('/atom.xml')).not.toContain('deleted-entry')
    await at(NOW + 180, { ...OTHERS, 'false.md': RETRACTED })
    expect(await documents()).toEqual(first)
    // What was published again on purpose is retracted anew.
    await at(NOW + 240, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    await at(NOW + 300, { ...OTHERS, 'false.md': RETRACTED })
    expect((await shownBy('/atom.xml'))[0]?.date).toBe('2026-03-01T00:05:00Z')
  })

  it.for([
    ['before the last correction', '2026-02-01T12:00:00Z'],
    ['with it', '2026-02-02T10:00:00Z'],
    ['longer ago than notices stand', '2025-11-01T00:00:00Z'],
  ])('that is dated %s stands since it was first seen', async ([, date], { expect }) => {
    const dated = RETRACTED.replace('reason:', `retracted_at: ${date}\nreason:`)
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    for (const now of [NOW + 60, NOW + 120]) {
      await at(now, { ...OTHERS, 'false.md': dated })
      const atom = await get('/atom.xml')
      expect(atom).toContain('when="2026-03-01T00:01:00Z"')
      expect(atom).toContain('<title type="text">Retracted: Road works</title>')
      for (const file of FILES)
        expect(await titlesIn(`/${file}`)).toContain('Retracted: Road works')
    }
  })

  it('takes the date of `retracted_at` if readers notice it, or if nobody had the article', async ({
    expect,
  }) => {
    const date = 'retracted_at: 2026-02-20T00:00:00Z\nreason:'
    await at(NOW, { ...OTHERS, 'false.md': FALSE_ARTICLE })
    await at(NOW + 60, { ...OTHERS, 'false.md': RETRACTED.replace('reason:', date) })
    expect(await get('/atom.xml')).toContain('when="2026-02-20T00:00:00Z"')
    const old = { published: '2025-01-01T00:00:00Z', status: 'retracted' }
    const gone = anArticle({ ...old, retracted_at: '2025-02-01T00:00:00Z' })
    await at(NOW + 120, { ...OTHERS, 'false.md': FALSE_ARTICLE, 'old.md': gone })
    expect(await get('/articles/old.json')).toContain('"retracted_at":"2025-02-01T00:00:00Z"')
  })

  it('has a URI for its notice whatever the guid is', async ({ expect }) => {
    const guid = '"Ünsere Nummer 7 & <b>"'
    await at(NOW, { 'false.md': anArticle({ guid }) })
    await at(NOW + 60, { 'false.md': anArticle({ guid, status: 'retracted' }) })
    const ids = (await shownBy('/atom.xml')).map(({ id }) => id)
    expect(ids).toEqual([
      'tag:example.org,2026:false/retracted',
      'tag:example.org,2026:guid/%C3%9Cnsere%20Nummer%207%20%26%20%3Cb%3E',
    ])
  })
})

describe('an archive', () => {
  it('shows a retraction in the article’s place, and announces nothing', async ({ expect }) => {
    const old = { published: '2026-01-01T00:00:00Z' }
    const files = {
      ...OTHERS,
      'site.yaml': SITE,
      'older.md': anArticle({ ...old, title: 'Older' }),
    }
    await at(NOW, { ...files, 'old.md': anArticle({ ...old, title: 'Old' }, FALSE_TEXT) })
    const gone = anArticle({ ...old, title: 'Old', status: 'retracted' }, '')
    await at(NOW + 60, { ...files, 'old.md': gone })
    for (const file of FILES) {
      expect(await titlesIn(`/archive/2026-01/${file}`)).toEqual(['Retracted: Old', 'Older'])
      expect(await titlesIn(`/${file}`)).toContain('Retraction: Old')
    }
    // It is the feed's history: there it stays.
    await at(NOW + 100 * DAY, { ...files, 'old.md': gone })
    expect(await titlesIn('/archive/2026-01/rss.xml')).toEqual(['Retracted: Old', 'Older'])
    expect((await titlesIn('/rss.xml')).join()).not.toContain('Retract')
  })
})
