/** The bindings of a Worker whose KV is a function: what it gives comes as it is asked for. */

import type { Bindings } from '../../src/worker/kv.ts'

/** Reads a value, for a location that may keep it for `ttl` seconds; undefined if there is none. */
export type ReadValue = (
  key: string,
  ttl: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>

export function bindingsOver(read: ReadValue): Bindings {
  const get = async (
    key: string,
    { type, cacheTtl }: { type: 'arrayBuffer' | 'stream'; cacheTtl: number },
  ) => {
    const value = (await read(key, cacheTtl))?.slice()
    if (!value) return null
    return type === 'stream' ? new Blob([value]).stream() : value.buffer
  }
  return { EDGEWIRE: { get } as unknown as KVNamespace }
}
