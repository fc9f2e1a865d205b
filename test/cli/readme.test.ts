import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { FRONT_MATTER } from '../../src/article/front-matter.ts'
import { SERVED } from '../../src/article/media.ts'
import { SITE } from '../../src/article/site.ts'
import { OPENAPI, OPML, ROBOTS, SITEMAP } from '../../src/edition/names.ts'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import { FEED_TYPES } from '../../src/feed/feed-types.ts'
import { run } from '../support/command.ts'

const ROOT = join(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** The first cells of the table under a heading, as they are written in code. */
function firstCells(heading: string): string[] {
  const section = README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  return Array.from(section.matchAll(/^\| `([^`]+)` \|/gm), (match) => match[1] ?? '')
}

function source(path: string): string {
  return readFileSync(join(ROOT, 'src', path), 'utf8')
}

describe('the README', () => {
  it('opens with the two commands', ({ expect }) => {
    expect(
      README.split('\n')
        .slice(2, 5)
        .map((line) => line.replace(/ +#.*/, '')),
    ).toEqual(['```sh', 'npm ci && npm start', 'npm ci && npm test'])
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain('\nnpm ci && npm test\n')
  })

  it('has every key of front matter, in their order, and no other', ({ expect }) => {
    expect(firstCells('Front matter')).toEqual(Object.keys(FRONT_MATTER.entries))
  })

  it('has every key of site.yaml, in their order, and no other', ({ expect }) => {
    expect(firstCells('site.yaml')).toEqual(Object.keys(SITE.entries))
  })

  it('names the endings of the files that are served', ({ expect }) => {
    const list = /no others: ([^.]*)\./.exec(README)?.[1]?.split(/,\s+/)
    expect(list).toEqual(SERVED)
  })

  it('has the keys and the object types of the store', ({ expect }) => {
    const cells = firstCells('Storage schema')
    expect(cells.slice(0, 2)).toEqual([HEAD_KEY, objectKey('<digest>')])
    const written = readdirSync(join(ROOT, 'src/compile'))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        Array.from(
          source(`compile/${file}`).matchAll(/writeObject\(\s*'([a-z]+)'/g),
          (match) => match[1] ?? '',
        ),
      )
    expect(cells.slice(2).toSorted()).toEqual([...new Set(written)].sort())
  })

  it('has every route of the Worker', ({ expect }) => {
    const feeds = Object.values(FEED_TYPES).map(({ file }) => `/${file}`)
    const routes = [
      'articles',
      'changes',
      'feeds',
      'files',
      'health',
      'media',
      'news',
      'pages',
    ].flatMap((file) =>
      Array.from(
        source(`worker/${file}.ts`).matchAll(/\.get\(\s*'(\/[^']+)'/g),
        (match) => match[1] ?? '',
      ),
    )
    const addresses: Readonly<Record<string, readonly string[]>> = {
      '/:path{': feeds,
      '/:folder{': ['/'],
      '/:file{': [OPML, ROBOTS, SITEMAP, OPENAPI],
      '/:kind{': ['/:kind/:name/changes.json'],
      '/articles/': ['/articles/:id', '/articles/:id.json', '/articles/:id.atom'],
    }
    const expanded = routes.flatMap((route) => {
      const start = Object.keys(addresses).find((one) => route.startsWith(one))
      return addresses[start ?? ''] ?? [route]
    })
    expect(firstCells('HTTP contract').toSorted()).toEqual(expanded.toSorted())
    expect(source('worker/app.ts').match(/app\.route\(/g)).toHaveLength(8)
  })

  it('has every verb of the command line', async ({ expect }) => {
    const { stdout } = await run(['--help'])
    const verbs = Array.from(
      (stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}(\w+) /gm),
      (match) => match[1],
    ).filter((verb) => verb !== 'help')
    expect(firstCells('Commands')).toEqual(verbs)
  })

  it('has every reason of a problem document', ({ expect }) => {
    const reasons = Array.from(
      source('http/problem-document.ts').matchAll(/readonly reason: '([\w-]+)'/g),
      (match) => match[1] ?? '',
    )
    expect(reasons.length).toBeGreaterThan(5)
    for (const reason of reasons) expect(README).toContain(`\`${reason}\``)
  })
})
