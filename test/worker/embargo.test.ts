import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW, SITE } from '../support/corpus.ts'
import { emptyKv, newIsolate, publishFiles } from '../support/kv-store.ts'

const BASE = 'https://wire.example.org'
const DUE = NOW + 3600
/** It stands in everything that an article can say. */
const MARKER = /quagga/i

const FILES = {
  'site.yaml': SITE.replace('  desk:', '  zoo: { name: Quagga Desk }\n  desk:'),
  'hello.md': anArticle(
    { translations: '{ la: quagga }' },
    'Read [the background](quagga.md) and [the rest](other.md#part).',
  ),
  'other.md': anArticle({ title: 'Other' }),
  'gone.md': anArticle({ status: 'retracted', reason: 'Wrong.', replaced_by: 'quagga' }),
  'quagga.md': anArticle(
    {
      title: 'The quagga is back',
      language: 'la',
      published: '2026-03-01T01:00:00Z',
      summary: 'A quagga was seen.',
      authors: '[zoo]',
      section: 'quaggas',
      tags: '[quagga]',
      aliases: '[the-quagga]',
      image: '{ src: quagga.png, alt: A quagga }',
    },
    '![The quagga](quagga.png) walks.',
  ),
  'quagga.png': new Uint8Array([1, 2, 3]),
  'later.md': anArticle({ title: 'Quagga, again', published: '2026-03-02T00:00:00Z' }),
}

/** What somebody may try who knows, or guesses, what is coming. */
const GUESSES = [
  '/articles/quagga',
  '/articles/quagga.json',
  '/articles/quagga.atom',
  '/articles/the-quagga',
]
const STARTS = ['/', '/rss.xml', '/atom.xml', '/feed.json', '/health', '/articles/gone', '/nothing']

type Answer = {
  readonly status: number
  readonly text: string
  readonly maxAge: number | undefined
}

async function ask(path: string): Promise<Answer> {
  const response = await exports.default.fetch(BASE + path, { redirect: 'manual' })
  const headers = [...response.headers].map((pair) => pair.join(': ')).join('\n')
  const age = /max-age=(\d+)/.exec(response.headers.get('Cache-Control') ?? '')?.[1]
  const text = `${headers}\n${new TextDecoder().decode(await response.arrayBuffer())}`
  return { status: response.status, text, maxAge: age === undefined ? undefined : Number(age) }
}

/** Everything that can be reached, from where anybody begins. */
async function crawl(): Promise<Map<string, Answer>> {
  newIsolate()
  const found = new Map<string, Answer>()
  const waiting = [...STARTS]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    const answer = await ask(path)
    found.set(path, answer)
    const named = answer.text.matchAll(
      /(?:https:\/\/wire\.example\.org|(?:href|src)="|<)(\/[\w./%-]*)/g,
    )
    for (const [, address = '/'] of named) waiting.push(address)
  }
  return found
}

beforeEach(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles(FILES)
})

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('an article under embargo', () => {
  it('is in no response before its instant, and no response names it', async ({ expect }) => {
    for (const instant of [NOW, DUE - 60, DUE - 1]) {
      vi.setSystemTime(instant * 1000)
      const site = await crawl()
      expect(site.size).toBeGreaterThan(12)
      for (const [path, { text }] of site) expect(text, path).not.toMatch(MARKER)
      const ages = [...site].filter(([path]) => !path.startsWith('/media/'))
      for (const [path, { maxAge = 0 }] of ages)
        expect(maxAge, path).toBeLessThanOrEqual(DUE - instant)
      for (const path of GUESSES) expect(await ask(path)).toMatchObject({ status: 404 })
    }
  })

  it('is at its instant in every response that should have it, without anything running', async ({
    expect,
  }) => {
    vi.setSystemTime((DUE + 1) * 1000)
    const site = await crawl()
    const showing = ['/', '/rss.xml', '/atom.xml', '/feed.json', '/articles/quagga']
    for (const path of showing) expect(site.get(path)?.text, path).toMatch(/The quagga is back/)
    for (const path of ['/articles/hello', '/articles/hello.json', '/articles/hello.atom'])
      expect((await ask(path)).text, path).toContain(`${BASE}/articles/quagga`)
    expect(site.get('/articles/hello')?.text).toContain('hreflang="la"')
    expect(site.get('/articles/gone')?.text).toContain(`${BASE}/articles/quagga`)
    expect([...site.keys()].some((path) => path.endsWith('quagga.png'))).toBe(true)
    expect((await ask('/articles/the-quagga')).status).toBe(301)
    for (const { text } of site.values()) expect(text).not.toContain('again')
  })

  it('limits every max-age to the seconds until its instant', async ({ expect }) => {
    vi.setSystemTime((DUE - 60) * 1000)
    for (const path of [...STARTS, ...GUESSES]) {
      const { maxAge, status } = await ask(path)
      if (path !== '/health') expect(maxAge, `${path} ${status}`).toBeLessThanOrEqual(60)
    }
  })
})
