/** The world around HTML while it is judged. */

import type { OnLoss } from './loss.ts'
import type { TakeName } from './parts.ts'

/** The world around the HTML: what addresses stand for, and who hears of what is wrong. */
export type Surroundings = {
  /** Returns what an address becomes; undefined removes it. `at` is its offset in the HTML. */
  readonly rewrite: (reference: string, kind: 'link' | 'media', at: number) => string | undefined
  /** Returns the size of the image at an address, if it is known. */
  readonly sizeOf: (src: string) => Size | undefined
  /** Hears of every image that says nothing to a blind reader. */
  readonly onImageWithoutAlt: (src: string, at: number) => void
  /** Hears of what is in the HTML, and not in what is made of it. */
  readonly onLoss: OnLoss
}

/** The surroundings of one reading of a text. */
export type HtmlReading = Surroundings & { readonly takeName: TakeName }

type Size = { readonly width?: number | undefined; readonly height?: number | undefined }
