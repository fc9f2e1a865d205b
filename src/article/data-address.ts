/** Addresses that hold a file themselves (RFC 2397): what they hold is published as a file. */

import { fail, ok, type Result } from '../markup/result.ts'
import { cut } from './finding.ts'
import { endingOf, type Media, MOST_MEDIA_BYTES, mediaFileOf, SERVED } from './media.ts'
import type { Platform } from './platform.ts'
import type { Finding } from './problem.ts'

/** A file that an address holds. */
type DataFile = {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** Types that are shown or played; a text would be a page of its own. */
const SHOWN_TYPES = /^(?:image|audio|video)\//

/** Tells whether an address holds a file itself. */
export function isDataAddress(address: string): boolean {
  return /^data:/i.test(address)
}

/** Makes the media of an address that holds a file. */
export function mediaOfData(address: string, platform: Platform): Result<Media, Finding> {
  const data = readDataAddress(address)
  if (!data) return fail({ reason: 'unserved-data', address, served: SERVED })
  const { type, name, bytes } = data
  const most = MOST_MEDIA_BYTES
  if (bytes.length > most)
    return fail({ reason: 'file-too-large', target: cut(address), bytes: bytes.length, most })
  return ok(
    mediaFileOf(
      { file: name, type, bytes, reread: () => readDataAddress(address)?.bytes },
      platform,
    ),
  )
}

/** Reads the file in an address; undefined for one that is not served, or not whole. */
function readDataAddress(address: string): DataFile | undefined {
  const [, head = '', body = ''] = /^data:([^,]*),(.*)$/is.exec(address.replace(/#.*$/s, '')) ?? []
  const type = head.split(';')[0]?.trim().toLowerCase() ?? ''
  const ending = SHOWN_TYPES.test(type) ? endingOf(type) : undefined
  const plain = percentBytes(body)
  const bytes = /;\s*base64\s*$/i.test(head) ? base64Bytes(plain) : plain
  if (ending === undefined || bytes === undefined || bytes.length === 0) return undefined
  return { name: `${type.split('/')[0]}.${ending}`, type, bytes }
}

/** Decodes percent-encoded bytes (WHATWG URL §1.3). */
function percentBytes(text: string): Uint8Array {
  const encoded = new TextEncoder().encode(text)
  const bytes = new Uint8Array(encoded.length)
  let length = 0
  for (let at = 0; at < encoded.length; at++) {
    const hex =
      encoded[at] === PER_CENT ? String.fromCharCode(...encoded.slice(at + 1, at + 3)) : ''
    const isByte = /^[0-9a-f]{2}$/i.test(hex)
    bytes[length++] = isByte ? Number.parseInt(hex, 16) : (encoded[at] ?? 0)
    if (isByte) at += 2
  }
  return bytes.slice(0, length)
}

const PER_CENT = 0x25

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map(Array.from(ALPHABET, (sign, value) => [sign.charCodeAt(0), value]))

/** Decodes base64 (WHATWG Infra §6), and base64url; undefined for what is neither. */
function base64Bytes(encoded: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder()
    .decode(encoded)
    .replace(/\s/g, '')
    .replace(/={1,2}$/, '')
  if (!/^[\w+/-]*$/.test(text) || text.length % 4 === 1) return undefined
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  const bytes = new Uint8Array(Math.floor((plain.length * 3) / 4))
  let bits = 0
  let length = 0
  for (let at = 0; at < plain.length; at++) {
    bits = ((bits << 6) | (VALUES.get(plain.charCodeAt(at)) ?? 0)) & 0xffff
    const free = (at % 4) * 2
    if (at % 4 > 0) bytes[length++] = (bits >> (6 - free)) & 0xff
  }
  return bytes
}
