import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { compilerVersion } from '../../src/machine/compiler-version.ts'
import { aProject } from '../support/command.ts'

/** A project with a template, and a file for each of these. */
function versionWith(
  files: Readonly<Record<string, string>>,
  versions: object = { yaml: '1.0.0' },
) {
  const root = aProject()
  const all = { 'src/page/template.ts': 'a', ...files }
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies: versions }))
  return compilerVersion(root)
}

describe('the version of the compiler', () => {
  const plain = versionWith({})

  it.for([
    ['a file', { 'src/page/other.ts': 'b' }],
    ['a file one folder deeper', { 'src/page/news/front.ts': 'b' }],
    ['a file three folders deeper', { 'src/compile/a/b/c/front.ts': 'b' }],
    ['a room', { 'src/podcast/feed.ts': 'b' }],
    ['another text', { 'src/page/template.ts': 'b' }],
  ] as const)('is another with %s', ([, files], { expect }) => {
    expect(versionWith(files)).not.toBe(plain)
  })

  it('changes when text moves to another file', ({ expect }) => {
    expect(versionWith({ 'src/page/a.ts': 'xy' })).not.toBe(versionWith({ 'src/page/b.ts': 'xy' }))
    const [one, two] = [
      { 'src/page/a.ts': 'xy', 'src/page/b.ts': 'z' },
      { 'src/page/a.ts': 'x', 'src/page/b.ts': 'yz' },
    ]
    expect(versionWith(one)).not.toBe(versionWith(two))
  })

  it('changes with the version of a library', ({ expect }) => {
    expect(versionWith({}, { yaml: '1.0.1' })).not.toBe(plain)
  })

  it('stays the same when only files change that compile nothing', ({ expect }) => {
    const files = { 'src/worker/app.ts': 'b', 'src/cli/a/b.ts': 'b', 'src/page/README.md': 'b' }
    expect(versionWith(files)).toBe(plain)
  })
})
