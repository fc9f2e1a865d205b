/** The folder that a command works in. */

import { statSync } from 'node:fs'
import { resolve } from 'node:path'

/** Tells whether the working directory was removed, or another lies in its place. */
export function isFolderGone(): boolean {
  try {
    const [here, there] = [statSync('.'), statSync(process.cwd())]
    return here.ino !== there.ino || here.dev !== there.dev
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

/**
 * Makes a path absolute, and throws if the working directory was removed. In such a directory Node
 * never finishes making folders by a relative path, and by an absolute path makes it again, empty.
 */
export function inProject(path: string): string {
  if (isFolderGone())
    throw Object.assign(new Error('The working directory is gone.'), { code: 'GONE' })
  return resolve(path)
}
