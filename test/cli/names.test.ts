import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** Top-level declarations. */
const DECLARED = /^(?:export )?(?:async )?(?:function\*?|const|let|type|interface|class)\s+(\w+)/gm

/** Names that mean the same wherever they stand: one for each format, verb, or runtime. */
const SHARED: readonly string[] = [
  'DAY_SECONDS',
  'OPTIONS',
  'decoder',
  'encoder',
  'envelope',
  'fragment',
  'parseJson',
]

it('means one thing by a name', () => {
  const files = new Map<string, string[]>()
  for (const file of globSync('src/**/*.ts', { cwd: ROOT }))
    for (const [, name = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(DECLARED))
      files.set(name, [...(files.get(name) ?? []), file])
  expect(files.size).toBeGreaterThan(1000)
  const doubled = [...files].filter(([, all]) => all.length > 1).map(([name]) => name)
  expect(doubled.toSorted()).toEqual(SHARED)
})
