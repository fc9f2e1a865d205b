/**
 * A format and a kind of feed are added to the registers, and everything that should know of them is
 * walked through: whatever spells formats or kinds by hand fails here.
 */

import { looseObject, string } from 'valibot'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { serving } from '../../src/cli/start-words.ts'
import { OWN_ADDRESSES } from '../../src/compile/own-addresses.ts'
import type { SingleFormat } from '../../src/feed/format.ts'
import { bindingsOver } from '../support/bindings.ts'
import { anArticle, aPress, NOW, SITE as YAML } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { edgeCache, openIsolate } from '../support/model-kv.ts'
import { publishTo } from '../support/publishing.ts'
import { textOf } from '../support/unpacked.ts'

/** What is added: a format with a title in brackets for each entry, and a kind made of tags. */
const ADDED = vi.hoisted(() => {
  const type = {
    name: 'text',
    file: 'feed.txt',
    mediaType: 'text/x-feed; charset=utf-8',
    separator: '\n',
    tombstoneSeparator: '',
  }
  const single = { mediaType: 'text/x-feed; charset=utf-8; entry=yes', opening: '[' }
  return { type, single, kind: 'topics' }
})

vi.mock('../../src/feed/feed-types.ts', async (load) => {
  const module = await load<typeof import('../../src/feed/feed-types.ts')>()
  Object.assign(module.FEED_TYPES, { text: ADDED.type })
  Object.assign(module.SINGLE_TYPES, { text: ADDED.single })
  return module
})

vi.mock('../../src/feed/formats.ts', async (load) => {
  const module = await load<typeof import('../../src/feed/formats.ts')>()
  const writer: Pick<SingleFormat, 'fragment' | 'envelope' | 'around' | 'refuse'> = {
    fragment: ({ title, retraction }) => `[${title}${retraction ? ', withdrawn' : ''}]`,
    envelope: ({ title, tombstones }) => ({
      head: `${title}\n`,
      complete: '',
      tombstones: tombstones.map(({ id }) => `gone ${id}\n`),
      opening: '',
      tail: '\n.',
    }),
    around: () => ({ head: 'one: [', tail: '.' }),
    refuse: (document) => (document.includes('UNSPEAKABLE') ? 'an unspeakable word' : undefined),
  }
  const text = {
    ...ADDED.type,
    ...writer,
    title: 'Plain 0.1',
    purpose: 'For whoever reads with a pencil.',
    single: { ...ADDED.single, title: 'Plain', words: 'a line' },
    schema: { name: 'Lines', schema: looseObject({ lines: string() }) },
  } as unknown as SingleFormat
  return {
    ...module,
    FORMATS: [...module.FORMATS, text],
    SINGLE_FORMATS: [...module.SINGLE_FORMATS, text],
  }
})

vi.mock('../../src/article/feed-kinds.ts', async (load) => {
  const module = await load<typeof import('../../src/article/feed-kinds.ts')>()
  return { ...module, FOLDER_KINDS: [...module.FOLDER_KINDS, ADDED.kind] }
})

vi.mock('../../src/article/kinds.ts', async (load) => {
  const module = await load<typeof import('../../src/article/kinds.ts')>()
  const topics: (typeof module.KINDS)['tags'] = {
    title: 'Topics',
    wordsOf: ({ tags }) =>
      tags.map((label, index) => ({ step: label, label, path: ['tags', index] })),
    describe: (label) => ({
      title: `All of ${label}`,
      aliases: [`${label} and more`],
      archives: true,
    }),
    isCategory: true,
  }
  Object.assign(module.KINDS, { topics })
  return module
})

const BASE = 'https://wire.example.org'
const OLD = anArticle({
  title: 'Old',
  published: '2025-01-01T00:00:00Z',
  tags: '[osce]',
  aliases: '[/was/old]',
})
const FILES = {
  'site.yaml': YAML,
  'hello.md': anArticle({ title: 'Hello', tags: '[osce]' }),
  'old.md': OLD,
  'bad.md': anArticle({ title: 'Bad', tags: '[osce]' }),
}
const AFTER = {
  ...FILES,
  'new.md': anArticle({ title: 'New', published: '2026-02-28T00:00:00Z', tags: '[osce]' }),
  'bad.md': anArticle({ title: 'Bad', status: 'retracted', reason: 'Wrong.', tags: '[osce]' }),
}

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string }
type Ask = (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>

type Site = {
  /** Asks the site as it was before the second publish. */
  readonly before: Ask
  readonly ask: Ask
}

async function aSite(): Promise<Site> {
  const store = aStore()
  const at = async (now: number, files: typeof FILES): Promise<Ask> => {
    await publishTo(store, files, now)
    const values = new Map(store.values)
    const isolate = openIsolate(
      bindingsOver((key) => values.get(key)),
      edgeCache(),
    )
    return async (path, headers) => {
      const response = await isolate.get(path, headers)
      const { status, headers: said } = response
      return { status, headers: said, text: await textOf(response) }
    }
  }
  vi.setSystemTime(NOW * 1000)
  const before = await at(NOW - 60, FILES)
  return { before, ask: await at(NOW, AFTER) }
}

/** The path to which an address redirects for good. */
async function movedTo(ask: Ask, path: string): Promise<string | undefined> {
  const { status, headers } = await ask(path)
  return status === 301 ? headers.get('Location')?.slice(BASE.length) : undefined
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('a format that is added to the register', () => {
  it('is served in every folder, from archives, and as a delta', async ({ expect }) => {
    const { before, ask } = await aSite()
    for (const folder of ['/', '/tags/osce/']) {
      const { status, headers, text } = await ask(`${folder}feed.txt`)
      expect(status, folder).toBe(200)
      expect(headers.get('Content-Type')).toBe(ADDED.type.mediaType)
      expect(text).toContain('\ngone bad\n')
      expect(text).toContain('[New]\n')
    }
    expect((await ask('/archive/2025-01/feed.txt')).text).toContain('[Old]')
    const tag = (await before('/feed.txt')).headers.get('ETag') ?? ''
    const delta = await ask('/feed.txt', { 'If-None-Match': tag, 'A-IM': 'feed, edgewire' })
    expect(delta.status).toBe(226)
    expect(delta.text).toContain('gone bad\n')
    expect(delta.text).toContain('[New]')
    expect(delta.text).not.toContain('[Old]')
  })

  it('is led to from other spellings', async ({ expect }) => {
    const { ask } = await aSite()
    expect(await movedTo(ask, '/FEED.txt')).toBe('/feed.txt')
    expect(await movedTo(ask, '/tags/OSCE/feed.txt')).toBe('/tags/osce/feed.txt')
    expect(await movedTo(ask, '/was/old.text')).toBe('/articles/old.text')
  })

  it('is what an article is served in alone, too', async ({ expect }) => {
    const { ask } = await aSite()
    const { status, headers, text } = await ask('/articles/hello.text')
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe(ADDED.single.mediaType)
    expect(text).toBe('one: [Hello].')
    expect(headers.get('Link')).toContain(`<${BASE}/articles/hello.text>; rel="self"`)
  })

  it('names itself, and is announced by every page', async ({ expect }) => {
    const { ask } = await aSite()
    const address = `${BASE}/feed.txt`
    expect((await ask('/feed.txt')).headers.get('Link')).toContain(`<${address}>; rel="self"`)
    const page = (await ask('/')).text
    expect(page).toContain('For whoever reads with a pencil.')
    expect(page).toContain(`<code>${address}</code>`)
    expect(page).toContain('<link rel="alternate" type="text/x-feed"')
    expect(page).toContain('<a href="/feed.txt">Plain 0.1</a>')
    expect((await ask('/articles/hello')).text).toContain(
      'title="This article (Plain)" href="/articles/hello.text"',
    )
  })

  it('is described to programs, and told at the start', async ({ expect }) => {
    const { paths, components } = JSON.parse((await (await aSite()).ask('/openapi.json')).text)
    const archive = '/archive/{period}/feed.txt'
    for (const path of ['/feed.txt', '/{kind}/{name}/feed.txt', archive, '/articles/{id}.text'])
      expect(Object.keys(paths)).toContain(path)
    expect(Object.keys(paths['/feed.txt'].get.responses['200'].content)).toEqual(['text/x-feed'])
    expect(paths['/articles/{id}.text'].get.summary).toBe('An article as a line')
    expect(components.schemas.Lines.required).toEqual(['lines'])
    expect(serving(BASE, 'content', undefined).words).toContain(`  Plain 0.1      ${BASE}/feed.txt`)
  })

  it('reserves its addresses: no article can have one of them as an alias', ({ expect }) => {
    expect(OWN_ADDRESSES.has('/FEED.txt')).toBe(true)
    const press = (aliases: string) => () =>
      aPress({ 'a.md': anArticle({ aliases }), 'b.md': anArticle({ aliases: '[/b-was]' }) })
    expect(press('[/feed.txt]')).toThrow('/feed.txt')
    expect(press('[/b-was.text]')).toThrow('/b-was')
    expect(press('[/else.txt]')).not.toThrow()
  })

  it('has a gate that every fragment passes', ({ expect }) => {
    const files = { 'a.md': anArticle({ title: 'UNSPEAKABLE' }) }
    expect(() => aPress(files)).toThrow('an unspeakable word')
  })
})

describe('a kind of feed that is added to the register', () => {
  it('has documents, changes, pages and archives', async ({ expect }) => {
    const { ask } = await aSite()
    for (const file of ['rss.xml', 'atom.xml', 'feed.json', 'changes.json?since=0', ''])
      expect((await ask(`/topics/osce/${file}`)).status, file).toBe(200)
    expect((await ask('/topics/osce/rss.xml')).text).toContain(
      '<title>The Wire: All of osce</title>',
    )
    expect((await ask('/topics/osce/archive/2025-01/rss.xml')).status).toBe(200)
    expect((await ask('/topics/osce/archive/')).status).toBe(200)
    expect(await movedTo(ask, '/topics/osce/archive')).toBe('/topics/osce/archive/')
    expect((await ask('/topics/osce/archive/2026-02/')).status).toBe(200)
  })

  it('is led to from other spellings, and may have been meant', async ({ expect }) => {
    const { ask } = await aSite()
    expect(await movedTo(ask, '/Topics/OSCE/rss.xml')).toBe('/topics/osce/rss.xml')
    expect(await movedTo(ask, '/topics/osce')).toBe('/topics/osce/')
    expect(await movedTo(ask, '/topics/osce%20and%20more/')).toBe('/topics/osce/')
    expect(await movedTo(ask, '/topics/')).toBe('/feeds/#topics')
    expect(await movedTo(ask, '/topics')).toBe('/feeds/#topics')
    const { near } = JSON.parse((await ask('/topics/osc/rss.xml')).text)
    expect(near).toEqual([`${BASE}/topics/osce/`])
  })

  it('is announced by every list, page and entry', async ({ expect }) => {
    const { ask } = await aSite()
    for (const path of ['/', '/feeds/']) {
      const { text } = await ask(path)
      expect(text, path).toContain('<h2 id="topics">Topics</h2>')
      expect(text, path).toContain('<a href="/topics/osce/">All of osce</a>')
    }
    expect((await ask('/feeds.opml')).text).toContain('<outline text="Topics" title="Topics">')
    expect((await ask('/articles/hello')).text).toContain('href="/topics/osce/rss.xml"')
    expect((await ask('/articles/hello')).text).toContain('title="The Wire: All of osce (RSS 2.0)"')
    const scheme = `${BASE}/topics/`
    expect((await ask('/rss.xml')).text).toContain(`<category domain="${scheme}">osce</category>`)
    expect((await ask('/atom.xml')).text).toContain(`term="osce" scheme="${scheme}"`)
    const { paths } = JSON.parse((await ask('/openapi.json')).text)
    const [kind] = paths['/{kind}/{name}/rss.xml'].parameters
    expect(kind.schema.enum).toContain('topics')
  })

  it('reserves its folder', ({ expect }) => {
    expect(OWN_ADDRESSES.has('/topics/anything')).toBe(true)
  })
})
