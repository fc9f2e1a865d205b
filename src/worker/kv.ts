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
/** `Cache-Control` of an object in the location's cache. */
export const FOR_EVER: string = `public, max-age=${OBJECT_TTL}, immutable`

/** The failure of a KV that cannot say now whether a key is there. */
export type Unreachable = ReadFailure<'unreachable'>
export const UNREACHABLE: Unreachable = { reason: 'unreachable' }

/** Reads a value; undefined if there is none. KV keeps a miss as long as a hit: `ttl` seconds. */
export function readKey(
  { EDGEWIRE }: Bindings,
  key: string,
  ttl: number,
): Promise<Uint8Array<ArrayBuffer> | undefined | Unreachable> {
  return reached(key, async () => {
    const value = await EDGEWIRE.get(key, { type: 'arrayBuffer', cacheTtl: ttl })
    return value ? new Uint8Array(value) : undefined
  })
}

/** Opens a value, to be read as it comes; undefined if there is none. */
export function openKey(
  { EDGEWIRE }: Bindings,
  key: string,
  ttl: number,
): Promise<ReadableStream | undefined | Unreachable> {
  return reached(
    key,
    async () => (await EDGEWIRE.get(key, { type: 'stream', cacheTtl: ttl })) ?? undefined,
  )
}

async function reached<Value>(
  key: string,
  read: () => Promise<Value>,
): Promise<Value | Unreachable> {
  try {
    return await read()
  } catch (error) {
    console.error('KV read failed', key, error)
    return UNREACHABLE
  }
}
