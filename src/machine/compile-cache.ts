/**
 * The compile cache on disk: `.edgewire/cache.db`. It can be deleted whenever nothing is being
 * published. What comes out of it is checked: an object by its digest, a text by a digest of itself
 * and of the key that it stands under.
 */

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type CompileCache, isWhole } from '../compile/compile-cache.ts'
import { type CacheFile, openCacheFile } from './cache-file.ts'
import { compilerVersion } from './compiler-version.ts'
import { inProject } from './folder.ts'
import { platform } from './platform.ts'
import { isDamaged } from './sqlite.ts'
import { print } from './terminal.ts'

export type OpenCache = CompileCache & {
  /** Throws everything away, and begins with nothing. */
  readonly renew: () => void
  readonly close: () => void
}

/** The folder in which the project keeps files that can be lost. */
export const WORK = '.edgewire'

/** The folder of the project, with its code. */
const PROJECT = join(import.meta.dirname, '../..')

const DAY_SECONDS = 86_400

/** The error for an entry of the cache that is not what was put there. */
class DamagedCache extends Error {
  override readonly name = 'DamagedCache'
  readonly code = 'DAMAGED'
}

/** Opens the cache in a folder, which is made if it does not exist. */
export function openCache(work: string, now: number): OpenCache {
  const folder = inProject(work)
  const day = Math.floor(now / DAY_SECONDS)
  const version = compilerVersion(PROJECT)
  let opened: CacheFile | undefined
  const open = (): CacheFile => {
    mkdirSync(folder, { recursive: true })
    return openCacheFile(join(folder, 'cache.db'), day)
  }
  const file = (): CacheFile => {
    opened ??= open()
    return opened
  }
  const renew = (): void => {
    opened?.abandon()
    opened = undefined
    for (const end of ['', '-wal', '-shm'])
      rmSync(join(folder, `cache.db${end}`), { force: true, recursive: true })
  }
  const checkOf = (key: string, text: string): string =>
    platform.digest(Buffer.from(JSON.stringify([key, text])))
  try {
    guarded(file)
  } catch (error) {
    if (!(error instanceof DamagedCache)) throw error
    sayDamaged(folder)
    renew()
    file()
  }
  return {
    recall: (key) =>
      guarded(() => {
        const row = file().text(version + key)
        if (row && row.check !== checkOf(version + key, row.text)) throw new DamagedCache()
        return row?.text
      }),
    remember: (key, text) =>
      guarded(() => file().putText(version + key, text, checkOf(version + key, text))),
    object: (digest) =>
      guarded(() => {
        const bytes = file().object(digest)
        if (bytes ? !isWhole(bytes, digest, platform) : file().size(digest) !== undefined)
          throw new DamagedCache()
        return bytes
      }),
    sizeOf: (digest) =>
      guarded(() => {
        const size = file().size(digest)
        if (size !== undefined && !(Number.isSafeInteger(size) && size > 0))
          throw new DamagedCache()
        return size
      }),
    keep: ({ digest, bytes }) => guarded(() => file().putObject(digest, bytes)),
    renew,
    close() {
      try {
        opened?.close()
      } catch (error) {
        if (!isDamaged(error)) throw error
        sayDamaged(folder)
        renew()
      }
    },
  }
}

/**
 * Does some work; if the cache turns out to be damaged, throws it away and does the work again.
 * Damage is found before it is used, so that nothing of the first attempt was made from it.
 */
export async function withWholeCache<Result>(
  cache: Pick<OpenCache, 'renew'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DamagedCache)) throw error
    sayDamaged(WORK)
    cache.renew()
    return work()
  }
}

function sayDamaged(folder: string): void {
  print(`The compile cache in ${folder} is damaged: it is thrown away, and made anew.`, 'stderr')
}

function guarded<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw isDamaged(error) ? new DamagedCache() : error
  }
}
