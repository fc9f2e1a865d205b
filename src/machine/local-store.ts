/**
 * Workers KV on this machine: the same files that `wrangler dev` reads. They are opened directly
 * where they are known to be as they should, and by wrangler's emulation everywhere else.
 */

import { type LocalStore, openEmulatedStore } from './emulated-store.ts'
import { inProject } from './folder.ts'
import { openKvFiles } from './kv-files.ts'
import { localNamespace } from './local-namespace.ts'
import { emulatorVersion } from './wrangler.ts'

/** The folder in which wrangler keeps local data by default. */
export const LOCAL_STATE = '.wrangler/state'

/** Opens the local KV under a state folder of wrangler's. */
export async function openLocalStore(folder: string): Promise<LocalStore> {
  const state = inProject(folder)
  const namespace = localNamespace(process.cwd())
  const files =
    namespace === undefined ? undefined : openKvFiles(state, namespace, emulatorVersion())
  return files ?? openEmulatedStore(state)
}
