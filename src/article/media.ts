/**
 * Files that are published with an edition, and the types under which they are served.
 *
 * The table is an allow-list: nothing that a browser would execute is in it. SVG is, as an image,
 * and is served under a policy that runs nothing.
 */

import { imageSizeOf } from './image-size.ts'
import type { Digest, Platform } from './platform.ts'

export type Media = {
  readonly digest: Digest
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** Pixels of an image, if they can be read. */
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** `/media/<digest>/<name>`, percent-encoded. */
  readonly path: string
  /**
   * Reads the file again: an edition can have more of them than memory. Undefined if it changed.
   */
  readonly load: () => Uint8Array | undefined
}

/** KV stores 25 MiB in a value; what is left is for the object's header. */
export const MOST_MEDIA_BYTES: number = 25 * 1024 * 1024 - 4096

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  csv: 'text/csv; charset=utf-8',
  epub: 'application/epub+zip',
  flac: 'audio/flac',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  zip: 'application/zip',
}

/** The endings that are served, for messages. */
export const SERVED: readonly string[] = Object.keys(MEDIA_TYPES)

/** Returns the media type of a file name; undefined if such files are not served. */
export function mediaTypeOf(name: string): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(MEDIA_TYPES, ending) ? MEDIA_TYPES[ending] : undefined
}

/** Returns the ending of the files of a media type; undefined if such files are not served. */
export function endingOf(type: string): string | undefined {
  return SERVED.find((ending) => MEDIA_TYPES[ending] === type)
}

/** A file as it was read; `reread` reads it again. */
type MediaFile = {
  readonly file: string
  readonly type: string
  readonly bytes: Uint8Array
  readonly reread: () => Uint8Array | undefined
}

/** Makes the media of a file: addressed by what it contains. */
export function mediaFileOf({ file, type, bytes, reread }: MediaFile, platform: Platform): Media {
  const name = (file.split('/').at(-1) ?? file).normalize('NFC').toWellFormed()
  const digest = platform.digest(bytes)
  return {
    digest,
    name,
    type,
    size: bytes.length,
    ...imageSizeOf(bytes, type),
    path: `/media/${digest}/${encodeURIComponent(name)}`,
    load: () => {
      const again = reread()
      return again && platform.digest(again) === digest ? again : undefined
    },
  }
}
