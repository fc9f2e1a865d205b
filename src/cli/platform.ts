/** The machine, as the pure layers ask for it. */

import { createHash } from 'node:crypto'
import { constants, gzipSync } from 'node:zlib'
import type { Platform } from '../article/platform.ts'

export const platform: Platform = {
  digest: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
  gzip: (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
  resolve: (reference, base) =>
    URL.canParse(reference, base) ? new URL(reference, base).href : undefined,
}

/** Whole seconds since the epoch. */
export function clock(): number {
  return Math.floor(Date.now() / 1000)
}
