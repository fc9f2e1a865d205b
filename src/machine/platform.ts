/** The platform that the pure rooms take as an argument, made of Node. */

import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import type { Platform } from '../article/platform.ts'
import { highlight } from './highlighter.ts'

export const platform: Platform = {
  digest: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
  gzip: (bytes) => gzipSync(bytes, { level: constants.Z_DEFAULT_COMPRESSION }),
  gunzip(bytes, size) {
    try {
      return gunzipSync(bytes, { maxOutputLength: Math.max(1, size) })
    } catch {
      // The bytes are cut off, garbled, or more than `size`.
      return undefined
    }
  },
  resolve: (reference, base) => URL.parse(reference, base)?.href,
  highlight,
}

/** Returns the present instant, in whole seconds since 1970. */
export function clock(): number {
  return Math.floor(Date.now() / 1000)
}

/**
 * Collects garbage when it is a fifth of what is in use, and not when it is several times as much:
 * 100,000 articles fit into 1 GiB, at no cost that could be measured.
 */
export function beFrugal(): void {
  setFlagsFromString('--heap-growing-percent=20')
}
