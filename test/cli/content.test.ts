import { join } from 'node:path'
import { describe, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { formatInstant, parseInstant } from '../../src/article/instant.ts'
import { soundPress } from '../../src/compile/open-press.ts'
import { readContent } from '../../src/machine/content.ts'
import { clock } from '../../src/machine/platform.ts'
import { publish } from '../../src/publish/publish.ts'
import { aCache } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { aPublisher } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const folder = join(import.meta.dirname, '../../content')
const press = must(soundPress(readContent(folder, { now: clock() }, aCache())))
const articles = press.corpus.articles.map((listing): Article => {
  const { markdown, markup, html } = press.corpus.bodyOf(listing, new Set())
  return { ...listing, translations: [], markdown, markup, html }
})

function article(id: string): Article {
  const found = articles.find((one) => one.id === id)
  if (!found) throw new Error(`no article ${id}`)
  return found
}

describe('the shipped corpus', () => {
  it('has the story, with its people and places', ({ expect }) => {
    const { html, title } = article('us-keenly-interested-peace-deal')
    for (const fact of [
      'Michael Carpenter',
      'Emmanuel Macron',
      'Łódź',
      '29th',
      '1 and 2 December',
    ]) {
      expect(html).toContain(fact)
    }
    expect(title).toContain('Armenia and Azerbaijan')
  })

  it('has each of the ten headlines on its date', ({ expect }) => {
    const dates = articles
      .filter(({ html }) =>
        html.includes('The headline and its date come from the “latest news” list'),
      )
      .map(({ published }) => formatInstant(published).slice(0, 10))
    const days = ['03', '04', '04', '05', '06', '07', '08', '09', '10', '11']
    expect(dates.toSorted()).toEqual(days.map((day) => `2026-01-${day}`))
  })

  it('shows what the format can do', ({ expect }) => {
    expect(articles.length).toBeGreaterThanOrEqual(16)
    const some = (holds: (one: Article) => unknown): boolean =>
      articles.some((one) => Boolean(holds(one)))
    expect(some(({ title }) => /\p{Script=Cyrillic}/u.test(title))).toBe(true)
    expect(some(({ language }) => language === 'ar')).toBe(true)
    expect(some(({ image }) => image?.alt && image.credit)).toBe(true)
    expect(some(({ attachments }) => attachments.length)).toBe(true)
    expect(some(({ html }) => html.includes('<table>') && html.includes('<pre>'))).toBe(true)
    expect(some(({ correction }) => correction)).toBe(true)
    expect(some(({ retraction }) => retraction?.replacedBy)).toBe(true)
    expect(some(({ aliases }) => aliases.length)).toBe(true)
  })

  it('has a note for 2099 that waits, and that costs no write', async ({ expect }) => {
    const store = aStore()
    const due = must(parseInstant('2099-01-01T00:00:00Z'))
    const waiting = [{ id: 'to-whoever-reads-this-in-2099', published: due }]
    const first = await publish(aPublisher(store, clock()), press, {})
    expect(first).toMatchObject({ value: { plan: { scheduled: [], waiting } } })
    const again = await publish(aPublisher(store, clock() + 3600, press.cache), press, {})
    expect(again).toMatchObject({
      value: { written: { keys: 0 }, plan: { scheduled: [], waiting } },
    })
    for (const bytes of store.values.values())
      expect(Buffer.from(bytes).includes('quillwort')).toBe(false)
  })
})
