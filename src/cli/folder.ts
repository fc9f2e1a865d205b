/** The folder that a command works in. */

import { statSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Makes a path absolute. A working directory that was removed is told at once: in one, Node never
 * ends making folders by a relative path, and by an absolute one it would make it again, empty.
 */
export function inProject(path: string): string {
  let folder: string | undefined
  try {
    folder = process.cwd()
    const [here, there] = [statSync('.'), statSync(folder)]
    if (here.ino === there.ino && here.dev === there.dev) return resolve(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  throw Object.assign(new Error('The working directory is gone.'), { code: 'GONE', path: folder })
}
