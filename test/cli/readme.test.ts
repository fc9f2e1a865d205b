import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { folderOfKind } from '../../src/article/feed-kinds.ts'
import { FRONT_MATTER } from '../../src/article/front-matter.ts'
import { FEED_KINDS } from '../../src/article/kinds.ts'
import { SERVED } from '../../src/article/media.ts'
import { SITE } from '../../src/article/site.ts'
import { OPENAPI, OPML, ROBOTS, SITEMAP } from '../../src/edition/names.ts'
import { parseObject, StoredObject } from '../../src/edition/object.ts'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import { FEED_TYPES, SINGLE_TYPES } from '../../src/feed/feed-types.ts'
import { REASONS } from '../../src/http/problem-document.ts'
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
    const routes = createApp(new Isolate(edgeCache())).routes.filter(
      ({ method }) => method === 'GET',
    )
    const forms = Object.keys(SINGLE_TYPES).map((form) => `/articles/:id.${form}`)
    const addresses: Readonly<Record<string, readonly string[]>> = {
      '/:path{': Object.values(FEED_TYPES).map(({ file }) => `/${file}`),
      '/:folder{': ['/'],
      '/:file{': [OPML, ROBOTS, SITEMAP, OPENAPI],
      '/:kind{': ['/:kind/:name/changes.json'],
      '/articles/': ['/articles/:id', ...forms],
    }
    const expanded = routes.flatMap(({ path }) => {
      const start = Object.keys(addresses).find((one) => path.startsWith(one))
      return addresses[start ?? ''] ?? [path]
    })
    expect(firstCells('src/worker/README.md', 'Addresses').toSorted()).toEqual(expanded.toSorted())
  })

  it('have every kind of feed', ({ expect }) => {
    const folders = firstCells('src/feed/README.md', 'Addresses').map((cell) =>
      cell.replace(/<.*$/, ''),
    )
    expect(folders).toEqual([...FEED_KINDS.map(folderOfKind), '…/archive/'])
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
    for (const reason of REASONS) expect(contract).toContain(`\`${reason}\``)
  })
})
