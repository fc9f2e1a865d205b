/** The watch over content/ while `start` serves it. */

import { realpathSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { describeBreakdown } from './breakdown.ts'
import { print } from './terminal.ts'

/** Milliseconds without a change, after which a burst of them is over. */
const BURST = 100
/**
 * Milliseconds between two looks at which folder is there: no event tells of another one in its
 * place.
 */
const FOLDER_PAUSE = 500

/**
 * Publishes after every burst of changes, one publish at a time; the returned function ends that.
 */
export function watchContent(
  content: string,
  publishAgain: () => Promise<void>,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let waiting: NodeJS.Timeout | undefined
  const changed = (): void => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      running = running
        .then(publishAgain)
        .catch((error: unknown) => print(describeBreakdown(error).words, 'stderr'))
    }, BURST)
  }
  let place = findFolder(content)
  let watcher = watchFolder(place.path, changed)
  const looking = setInterval(() => {
    const now = findFolder(content)
    if (now.identity === place.identity) return
    void watcher.close()
    place = now
    watcher = watchFolder(place.path, changed)
    changed()
  }, FOLDER_PAUSE)
  return async () => {
    clearInterval(looking)
    clearTimeout(waiting)
    await watcher.close()
    await running
  }
}

type WatchedFolder = {
  /** The folder itself, which the operator may have named by a link. */
  readonly path: string
  /** The mark that tells it from another folder in its place; empty where there is none. */
  readonly identity: string
}

function findFolder(content: string): WatchedFolder {
  try {
    const path = realpathSync(content)
    // The inode of a removed folder is soon given to another one.
    const { dev, ino, birthtimeMs } = statSync(path)
    return { path, identity: `${path}:${dev}:${ino}:${birthtimeMs}` }
  } catch {
    // It does not exist, or cannot be reached: the next publish says which.
    return { path: content, identity: '' }
  }
}

function watchFolder(folder: string, changed: () => void): FSWatcher {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    // Files that are not read are not watched.
    ignored: (path) => path !== folder && basename(path).startsWith('.'),
  })
  return watcher.on('all', changed)
}
