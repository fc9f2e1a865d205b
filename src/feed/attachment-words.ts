/** Attachments in words: what each is called, of which kind, how large and how long it is. */

import type { Attachment } from '../article/article.ts'
import { splitSuffix } from '../article/relative-path.ts'
import { cleanLine, percentDecoded } from '../markup/text.ts'
import { bareType } from './feed-types.ts'

/** Names an attachment: by its title, or by the last step of its address, as people read it. */
export function attachmentName({ title, url }: Attachment): string {
  if (title !== undefined) return title
  const [address] = splitSuffix(url)
  const steps = address.split('/').slice(3)
  return cleanLine(percentDecoded(steps.findLast((step) => step !== '') ?? url))
}

/** Says what an attachment is: `audio/mpeg, 1.2 MB, 30:00`. */
export function aboutAttachment({ type, size, duration }: Attachment): string {
  return [bareType(type), size && inBytes(size), duration && inMinutes(duration)]
    .filter((part) => part)
    .join(', ')
}

function inBytes(size: number): string {
  return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`
}

/** Writes seconds as a clock does: `1:05:09`, or `0:42`. */
function inMinutes(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const [hours, ...rest] = parts[0] === 0 ? parts.slice(1) : parts
  return [hours, ...rest.map((part) => String(part).padStart(2, '0'))].join(':')
}
