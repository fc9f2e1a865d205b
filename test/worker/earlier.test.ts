import { env, exports } from 'cloudflare:workers'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, it, vi } from 'vitest'
import { type Names, splitNames } from '../../src/edition/directory.ts'
import { type Edition, loadEdition, loadObject } from '../../src/edition/edition.ts'
import type { SiteFacts } from '../../src/edition/facts.ts'
import { PAGE_SHELL, SHELL } from '../../src/edition/names.ts'
import { type WrittenObject, writeObject } from '../../src/edition/object.ts'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import { anArticle, NOW, platform } from '../support/corpus.ts'
import { emptyKv, kvStore, newIsolate, publishFiles } from '../support/kv-store.ts'

/** A part as it is stored, and its size before compression. */
type Part = { readonly name: string; readonly content: Uint8Array; readonly size?: number }

/** An object of parts as they are stored: compressed ones too. */
function framed(parts: readonly Part[]): WrittenObject {
  const sources = parts.map(({ name, content, size }) =>
    size === undefined ? { name, content } : { name, content: gunzipSync(content), gzip: true },
  )
  return writeObject('page', {}, sources, platform)
}

async function partsOf(digest: string): Promise<Part[]> {
  const object = await loadObject(kvStore, digest)
  return (object?.header.parts ?? []).flatMap(({ name, size }) => {
    const content = object?.part(name)?.bytes
    return content ? [{ name, content, ...(size === undefined ? {} : { size }) }] : []
  })
}

/** The documents of an edition as edgewire wrote them before: pages with one part, one shell. */
async function earlier({ documents }: Edition): Promise<[Names, WrittenObject[]]> {
  const written: WrittenObject[] = []
  const names = new Map(documents)
  const keep = (name: string, parts: readonly Part[]): void => {
    const object = framed(parts)
    written.push(object)
    names.set(name, { object: object.digest, changed: NOW })
  }
  for (const [name, { object }] of documents) {
    if (!name.endsWith('#page')) continue
    names.delete(name)
    const folder = name.slice(0, -'#page'.length)
    const page = (await partsOf(object)).find((part) => part.name === folder)
    if (page) keep(`${folder}index.html`, [{ ...page, name: 'html' }])
  }
  const digests = [SHELL, PAGE_SHELL].map((name) => documents.get(name)?.object ?? '')
  const shells = (await Promise.all(digests.map(partsOf))).flat()
  names.delete(PAGE_SHELL)
  keep(
    SHELL,
    shells.filter(({ name }) => !/^(?:not-found|broken)/.test(name)),
  )
  return [names, written]
}

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('an edition that an earlier edgewire published', () => {
  it('is served by a Worker that was deployed over it', async ({ expect }) => {
    vi.setSystemTime((NOW + 1) * 1000)
    const { current } = await publishFiles({ 'a.md': anArticle({ tags: '[t]' }) })
    const edition = await loadEdition(kvStore, current.edition)
    if ('missing' in edition) throw new Error('missing')
    const [names, objects] = await earlier(edition)
    const leaves = splitNames(names).map(({ prefix, facts }) => {
      const leaf = writeObject('leaf', facts, [], platform)
      objects.push(leaf)
      return { prefix, object: leaf.digest, changed: NOW }
    })
    const { hosts: _, ...site } = edition.facts.site as SiteFacts
    const facts = { ...edition.facts, site, documents: leaves }
    const old = writeObject('edition', facts, [], platform)
    const timeline = [{ at: current.at, number: current.number, edition: old.digest }]
    const head = new TextEncoder().encode(JSON.stringify({ schema: 1, site: site.tag, timeline }))
    await kvStore.put([...objects, old].map(({ digest, bytes }) => [objectKey(digest), bytes]))
    await env.EDGEWIRE.put(HEAD_KEY, head)
    newIsolate()
    for (const path of ['/', '/tags/t/', '/articles/a', '/rss.xml', '/articles/a.json']) {
      const response = await exports.default.fetch(`https://wire.example.org${path}`)
      expect(response.status, path).toBe(200)
      await response.arrayBuffer()
    }
    // It has no page for what is not there: a person is told what a program is.
    const headers = { Accept: 'text/html' }
    const nothing = await exports.default.fetch('https://wire.example.org/none', { headers })
    expect(nothing.status).toBe(404)
    expect(await nothing.json()).toMatchObject({ reason: 'not-found' })
  })
})
