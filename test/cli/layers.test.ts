import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** A file of each room that others may want. */
const DOOR: Readonly<Record<string, string>> = {
  markup: '../markup/markup.ts',
  article: '../article/article.ts',
  feed: '../feed/rss.ts',
  page: '../page/layout.ts',
  edition: '../edition/object.ts',
  changes: '../changes/change.ts',
  compile: '../compile/compile.ts',
  publish: '../publish/publish.ts',
  http: '../http/link.ts',
  worker: '../worker/kv.ts',
  machine: '../machine/local-store.ts',
  mirror: '../mirror/mirror.ts',
  cli: '../cli/check.ts',
}

/** Of which rooms each may know: every other pair is forbidden. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  markup: [],
  article: ['markup'],
  feed: ['markup', 'article'],
  page: ['markup', 'article', 'feed'],
  edition: ['markup', 'article', 'feed'],
  changes: ['markup', 'article', 'feed', 'edition', 'http'],
  compile: ['markup', 'article', 'feed', 'page', 'edition', 'changes'],
  publish: ['markup', 'article', 'edition', 'changes', 'compile'],
  http: [],
  worker: ['edition', 'changes', 'http'],
  machine: [
    'markup',
    'article',
    'feed',
    'page',
    'edition',
    'changes',
    'compile',
    'publish',
    'http',
  ],
  mirror: ['markup', 'article', 'feed', 'page', 'edition', 'changes', 'http', 'machine'],
  cli: [
    'markup',
    'article',
    'feed',
    'page',
    'edition',
    'changes',
    'compile',
    'publish',
    'http',
    'machine',
    'mirror',
  ],
}

const ROOMS = Object.keys(DOOR)
const isKnown = (room: string, other: string): boolean => MAY_KNOW[room]?.includes(other) ?? false
const pairs = ROOMS.flatMap((room) => ROOMS.map((other) => [room, other] as const)).filter(
  ([room, other]) => room !== other,
)
const doorsOf = (wanted: boolean): [room: string, target: string][] =>
  pairs
    .filter(([room, other]) => isKnown(room, other) === wanted)
    .map(([room, other]) => [room, DOOR[other] ?? ''])

const FORBIDDEN: readonly [layer: string, target: string][] = [
  ...doorsOf(false),
  ['page', 'feed'],
  ['edition', 'hono'],
  ['compile', 'feed'],
  ['worker', 'node:fs'],
  ['worker', '../article/corpus.ts'],
  ['worker', '../article/kinds.ts'],
  ['worker', '../feed/envelope.ts'],
  ['worker', '../markup/sanitise.ts'],
  ['worker', '../../article/corpus.ts'],
  ['markup', '../../article/corpus.ts'],
  ['feed', '../../worker/kv.ts'],
  ['worker', 'parse5'],
  ['cli', 'hono'],
]

const ALLOWED: readonly [layer: string, target: string][] = [
  ...doorsOf(true),
  ['worker', '../article/instant.ts'],
  ['worker', '../article/feed-kinds.ts'],
  ['worker', '../feed/xml.ts'],
  ['worker', '../markup/escape.ts'],
  ['cli', 'node:fs'],
]

const PURE = ['article', 'feed', 'page', 'edition', 'changes', 'compile', 'publish', 'http']
const AMBIENT = [
  'Date.now()',
  'new Date()',
  'Math.random()',
  'performance.now()',
  'crypto.randomUUID()',
]

/** A tree with one file for each case, under the project's own linter settings. */
const tree = mkdtempSync(join(tmpdir(), 'edgewire-layers-'))
let said = ''

function write(layer: string, name: string, code: string): void {
  mkdirSync(join(tree, 'src', layer), { recursive: true })
  writeFileSync(join(tree, 'src', layer, `${name}.ts`), code)
}

const importing = (target: string): string =>
  `import { some } from '${target}'\n\nexport const a = some\n`

beforeAll(() => {
  cpSync(join(ROOT, '.biome.jsonc'), join(tree, '.biome.jsonc'))
  cpSync(join(ROOT, 'test/lint'), join(tree, 'test/lint'), { recursive: true })
  for (const [index, [layer, target]] of FORBIDDEN.entries())
    write(layer, `forbidden-${index}`, importing(target))
  for (const [index, [layer, target]] of ALLOWED.entries())
    write(layer, `allowed-${index}`, importing(target))
  for (const layer of PURE) {
    for (const [index, call] of AMBIENT.entries())
      write(layer, `ambient-${index}`, `export const a = ${call}\n`)
  }
  const args = ['lint', '--colors=off', '--max-diagnostics=none', '.']
  const { stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/biome'), args, {
    cwd: tree,
    encoding: 'utf8',
  })
  said = stdout + stderr
})

afterAll(() => rmSync(tree, { recursive: true, force: true }))

/** The rules that a file of the tree breaks. */
function rulesOf(layer: string, name: string): string[] {
  const pattern = new RegExp(`^src/${layer}/${name}\\.ts:\\S+ (\\S+)`, 'gm')
  return Array.from(said.matchAll(pattern), (match) => match[1] ?? '')
}

const IMPORT_RULES = /noRestrictedImports|noNodejsModules/

describe('the layers', () => {
  it.for(FORBIDDEN.map(([layer, target], index) => ({ layer, target, index })))(
    'forbid that $layer/ imports $target',
    ({ layer, index }, { expect }) => {
      expect(rulesOf(layer, `forbidden-${index}`).join()).toMatch(IMPORT_RULES)
    },
  )

  it.for(ALLOWED.map(([layer, target], index) => ({ layer, target, index })))(
    'allow that $layer/ imports $target',
    ({ layer, index }, { expect }) => {
      expect(rulesOf(layer, `allowed-${index}`).join()).not.toMatch(IMPORT_RULES)
    },
  )

  it.for(PURE)('keep clock and dice out of %s/', (layer, { expect }) => {
    for (const index of AMBIENT.keys())
      expect(rulesOf(layer, `ambient-${index}`)).toContain('plugin')
  })
})
