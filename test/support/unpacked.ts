/** Answers as a program reads them: what came packed is unpacked. */

import { gunzipSync } from 'node:zlib'

/** Unpacks the bytes of an answer, if they are packed. */
export function unpacked(bytes: Uint8Array, headers: Headers): Uint8Array {
  return headers.get('Content-Encoding') === 'gzip' ? gunzipSync(bytes) : bytes
}

export async function textOf(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  return new TextDecoder().decode(unpacked(bytes, response.headers))
}
