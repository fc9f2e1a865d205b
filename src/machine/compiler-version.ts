/** The version of the compiler: a new one finds nothing that an older one remembered. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '../article/platform.ts'
import { platform } from './platform.ts'

/** Rooms of `src/` that have no part in how a source is rendered. */
const ELSEWHERE: ReadonlySet<string> = new Set(['cli', 'http', 'machine', 'mirror', 'worker'])

/**
 * Digests everything that decides how a source is rendered: the code, at any depth, and the exact
 * versions of the libraries, which `package.json` names. `root` is the folder of the project.
 */
export function compilerVersion(root: string): Digest {
  const source = join(root, 'src')
  const rooms = readdirSync(source, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !ELSEWHERE.has(entry.name),
  )
  const files = rooms.flatMap(({ name }) =>
    readdirSync(join(source, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(name, file)),
  )
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const read = files.toSorted().map((file) => [file, readFileSync(join(source, file), 'utf8')])
  return platform.digest(Buffer.from(JSON.stringify([dependencies, read])))
}
