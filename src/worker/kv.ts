/**
 * Workers KV, as the Worker reads it. The only file here that names it; nothing here writes.
 */

import type { ReadFailure } from './failure.ts'

/** The bindings of `wrangler.toml`. */
export type Bindings = { readonly EDGEWIRE: KVNamespace }

/** Seconds that a location may keep `head`: the least that KV takes. */
export const HEAD_TTL = 30
/** Seconds that a location may keep an object, which never changes: a year. */
export const OBJECT_TTL = 31_536_000

/** The failure of a KV that cannot say now whether a key is there. */
export type Unreachable = ReadFailure<'unreachable'>
export const UNREACHABLE: Unreachable = { reason: 'unreachable' }

/** Reads a value; undefined if there is none. KV keeps a miss as long as a hit: `ttl` seconds. */
export async function readKey(
  { EDGEWIRE }: Bindings,
  key: string,
  ttl: number,
): Promise<Uint8Array<ArrayBuffer> | undefined | Unreachable> {
  try {
    const value = await EDGEWIRE.get(key, { type: 'arrayBuffer', cacheTtl: ttl })
    return value ? new Uint8Array(value) : undefined
  } catch (error) {
    console.error('KV read failed', key, error)
    return UNREACHABLE
  }
}
