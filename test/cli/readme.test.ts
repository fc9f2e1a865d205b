import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TrieRouter } from 'hono/router/trie-router'
import { describe, it } from 'vitest'
import { FRONT_MATTER } from '../../src/article/front-matter.ts'
import { SERVED } from '../../src/article/media.ts'
import { SITE } from '../../src/article/site.ts'
import { OPENAPI, OPML, ROBOTS, SITEMAP } from '../../src/edition/names.ts'
import { parseObject, StoredObject } from '../../src/edition/object.ts'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import { FEED_TYPES } from '../../src/feed/feed-types.ts'
import type { HttpProblem } from '../../src/http/problem-document.ts'
import { createApp } from '../../src/worker/app.ts'
import { Isolate } from '../../src/worker/isolate.ts'
import { run } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { edgeCache } from '../support/model-kv.ts'
import { publishTo } from '../support/publishing.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The text of a document. */
function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The first cells of the table under a heading of a document, as they are written in code. */
function firstCells(document: string, heading: string): string[] {
  const sections = read(document).split(/^## /m)
  const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? ''
  return Array.from(section.matchAll(/^\| `([^`]+)` \|/gm), (match) => match[1] ?? '')
}

/** The reasons of problem documents: the compiler refuses one too many, and one too few. */
const REASONS: Readonly<Record<HttpProblem['reason'], true>> = {
  'not-found': true,
  retracted: true,
  'method-not-allowed': true,
  'precondition-failed': true,
  'invalid-cursor': true,
  'unknown-cursor': true,
  unpublished: true,
  unavailable: true,
  internal: true,
}

/** The types of the objects that are written for a site with something of everything. */
async function typesOfObjects(): Promise<Set<string>> {
  const store = aStore()
  await publishTo(store, {
    'a.md': anArticle({ published: '2025-01-01T00:00:00Z', attachments: '[{ src: a.txt }]' }),
    'a.txt': 'A file.',
    'gone.md': anArticle({ status: 'retracted' }),
  })
  const objects = Array.from(store.values).filter(([key]) => key !== HEAD_KEY)
  return new Set(
    objects.map(([key, bytes]) => {
      const object = parseObject(bytes)
      if (!(object instanceof StoredObject)) throw new Error(`${key} is ${object}.`)
      return object.header.type
    }),
  )
}

describe('the documents', () => {
  it('open with the two commands', ({ expect }) => {
    expect(
      read('README.md')
        .split('\n')
        .slice(2, 5)
        .map((line) => line.replace(/ +#.*/, '')),
    ).toEqual(['```sh', 'npm ci && npm start', 'npm ci && npm test'])
    expect(read('.ci/run')).toContain('\nnpm ci && npm test\n')
  })

  it('have every key of front matter, in their order, and no other', ({ expect }) => {
    expect(firstCells('src/article/README.md', 'Front matter')).toEqual(
      Object.keys(FRONT_MATTER.entries),
    )
  })

  it('have every key of site.yaml, in their order, and no other', ({ expect }) => {
    expect(firstCells('src/article/README.md', 'site.yaml')).toEqual(Object.keys(SITE.entries))
  })

  it('name the endings of the files that are served', ({ expect }) => {
    const list = /no others: ([^.]*)\./.exec(read('src/article/README.md'))?.[1]?.split(/,\s+/)
    expect(list).toEqual(SERVED)
  })

  it('have the keys and the object types of the store', async ({ expect }) => {
    const cells = firstCells('src/edition/README.md', 'Storage schema')
    expect(cells.slice(0, 2)).toEqual([HEAD_KEY, objectKey('<digest>')])
    expect(cells.slice(2).toSorted()).toEqual([...(await typesOfObjects())].toSorted())
  })

  it('have every route of the Worker', ({ expect }) => {
    const documented = firstCells('src/worker/README.md', 'Addresses')
    const routes = createApp(new Isolate(edgeCache())).routes.map(({ path }) => path)
    const router = new TrieRouter<string>()
    for (const route of routes) router.add('GET', route, route)
    const reached = documented.map((address) => {
      const sample = address.replace(':kind', 'tags').replaceAll(/:\w+/g, 'x')
      const matched = router.match('GET', sample)[0].map(([route]) => route)
      expect(matched, address).not.toEqual([])
      return matched
    })
    expect([...new Set(reached.flat())].toSorted()).toEqual(routes.toSorted())
    // What one route serves under several names.
    const feeds = Object.values(FEED_TYPES).map(({ file }) => `/${file}`)
    const named = [...feeds, OPML, ROBOTS, SITEMAP, OPENAPI]
    expect(documented).toEqual(expect.arrayContaining(named))
  })

  it('have every verb of the command line', async ({ expect }) => {
    const { stdout } = await run(['--help'])
    const verbs = Array.from(
      (stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}(\w+) /gm),
      (match) => match[1],
    ).filter((verb) => verb !== 'help')
    expect(firstCells('src/cli/README.md', 'Commands')).toEqual(verbs)
  })

  it('have every reason of a problem document', ({ expect }) => {
    const contract = read('src/worker/README.md')
    for (const reason of Object.keys(REASONS)) expect(contract).toContain(`\`${reason}\``)
  })
})
