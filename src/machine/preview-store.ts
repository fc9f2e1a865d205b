/**
 * The stores of previews. They hold what nobody may read yet: only this user can look into them,
 * beside the compile cache, and they are gone afterwards.
 */

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { WORK } from './compile-cache.ts'

const PREVIEWS = join(WORK, 'previews')

export type PreviewStore = { readonly state: string; readonly remove: () => void }

/** Makes a store for this process, and removes those whose process has ended. */
export function openPreviewStore(): PreviewStore {
  mkdirSync(PREVIEWS, { recursive: true })
  for (const name of readdirSync(PREVIEWS)) if (!isUsed(name)) remove(join(PREVIEWS, name))
  // mkdtemp(3) makes it for its owner alone (0700).
  const state = mkdtempSync(join(PREVIEWS, `${process.pid}-`))
  return { state, remove: () => remove(state) }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function isUsed(name: string): boolean {
  const pid = Number.parseInt(name, 10)
  // If the id is this process's own, the store belonged to an earlier process with that id.
  if (!(pid > 0) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
