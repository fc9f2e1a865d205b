import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { anArticle } from '../support/corpus.ts'
import { findReaders, look, type ReaderName, type Shown } from '../support/readers.ts'
import { serveSite } from '../support/served-site.ts'

const FALSE_TEXT = 'The bridge is closed'
const STORY = { title: 'Road works', published: '2026-02-01T10:00:00Z' }
const files = (story: string): Record<string, string> => ({ 'content/works.md': story })

/** What each shows of an article that was retracted. */
const AFTER: Readonly<Record<ReaderName, { titles: readonly string[]; keepsText: boolean }>> = {
  newsboat: { titles: ['Retracted: Road works', 'Retraction: Road works'], keepsText: false },
  rss2email: { titles: ['Road works', 'Retraction: Road works'], keepsText: true },
  sfeed: {
    titles: ['Road works', 'Retracted: Road works', 'Retraction: Road works'],
    keepsText: true,
  },
  feedparser: { titles: ['Retracted: Road works', 'Retraction: Road works'], keepsText: false },
}

const PRESENT = findReaders()

const titlesOf = (shown: readonly Shown[]): string[] => shown.map(({ title }) => title).toSorted()

describe('the notice of a retraction', () => {
  it.for(['rss.xml', 'atom.xml'])(
    'is shown once by every reader of %s, and none shows the text as if it stood',
    { timeout: 240_000 },
    async (file, { expect }) => {
      const site = await serveSite(files(anArticle(STORY, `${FALSE_TEXT} all week.`)))
      const home = mkdtempSync(join(tmpdir(), 'edgewire-readers-'))
      const shownBy = (name: ReaderName): Promise<Shown[]> =>
        look(name, home, `${site.base}/${file}`)
      try {
        for (const name of PRESENT) {
          const shown = await shownBy(name)
          expect(titlesOf(shown), name).toEqual(['A title', 'Road works'])
          expect(JSON.stringify(shown), name).toContain(FALSE_TEXT)
        }
        const retracted = anArticle({ ...STORY, status: 'retracted', reason: 'It is open.' }, '')
        await site.change(files(retracted), `/${file}`, (text) => text.includes('Retraction:'))
        // Asked again they say nothing more: in mail, once is once.
        for (const name of [...PRESENT, ...PRESENT]) {
          const shown = await shownBy(name)
          const { titles, keepsText } = AFTER[name]
          expect(titlesOf(shown), name).toEqual(['A title', ...titles].toSorted())
          expect(JSON.stringify(shown).includes(FALSE_TEXT), name).toBe(keepsText)
          const notices = shown.filter(({ title }) => title.startsWith('Retract'))
          for (const { text } of notices) expect(text, name).toContain('It is open.')
        }
      } finally {
        await site.close()
        rmSync(home, { recursive: true, force: true })
      }
    },
  )
})
