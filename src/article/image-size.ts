/**
 * How large an image is, read from its first bytes, so that a page keeps room for it. The only
 * importer of the library that knows the formats.
 */

import { imageSize } from 'image-size'

/** Pixels, as they are shown: a photograph may be stored lying on its side. */
export type ImageSize = { readonly width: number; readonly height: number }

/** The library's names for formats that it does not call by their media type. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
}

/** EXIF 2.3 §4.6.4 A: from here on, the rows of an image are its columns. */
const TURNED = 5

/**
 * Reads the size of an image; undefined for what is none, is broken, or is not what its type says.
 */
export function imageSizeOf(bytes: Uint8Array, type: string): ImageSize | undefined {
  const name = FORMAT_NAMES[type] ?? /^image\/(.*)$/.exec(type)?.[1]
  if (name === undefined) return undefined
  try {
    const found = imageSize(bytes)
    const isSize = [found.width, found.height].every((n) => Number.isSafeInteger(n) && n > 0)
    if (found.type !== name || !isSize) return undefined
    const { width, height, orientation = 1 } = found
    return orientation < TURNED ? { width, height } : { width: height, height: width }
  } catch {
    // A broken image is served as it is; nothing is known of its size.
    return undefined
  }
}
