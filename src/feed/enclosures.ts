/** The files that an entry offers for loading: some programs take images from there alone. */

import { type Article, type Attachment, typeOfAddress } from '../article/article.ts'

/** Lists the attachments of an entry, and behind them its image, where the feed asks for that. */
export function enclosuresOf({
  attachments,
  image,
  enclosesImage,
}: Article): readonly Attachment[] {
  if (!image || !enclosesImage) return attachments
  const { url, type = typeOfAddress(url), size } = image
  return [...attachments, { url, type, size, title: undefined, duration: undefined }]
}
