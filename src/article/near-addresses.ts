/** Web addresses that were probably meant: by a reference without a scheme, or with a wrong one. */

import { nearest } from '../markup/text.ts'
import { mediaTypeOf } from './media.ts'

/** Endings of files that look like those of hosts. */
const ENDINGS = new Set(
  (
    '7z asp aspx bmp css doc docx gz heic htm html ico js jsp markdown md mdx mkv mov odp ods odt ' +
    'php ppt pptx psd rar rtf tar tgz tif tiff toml ts tsx webmanifest woff woff2 xhtml xls xlsx ' +
    'xml yaml yml'
  ).split(' '),
)

const NEAR_HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]+)(?::\d+)?$/iu

/** A scheme whose colon was forgotten or mistyped, up to what it stands for. */
const MISTYPED = /^[a-z]{3,6}[;,.]?\/{2,}(?=[^/])/i

/** Writes the full address for which a reference to a file was probably meant. */
export function withScheme(reference: string): string | undefined {
  const mistyped = MISTYPED.exec(reference)?.[0]
  if (mistyped !== undefined) return `https://${reference.slice(mistyped.length)}`
  const [first = '', ...rest] = reference.split(/(?=[/?#])/)
  const at = first.indexOf('@')
  if (at > 0 && isHost(first.slice(at + 1)) && (rest[0] ?? '?').startsWith('?'))
    return `mailto:${reference}`
  return isHost(first) ? `https://${reference}` : undefined
}

function isHost(text: string): boolean {
  const ending = NEAR_HOST.exec(text)?.[1]?.toLowerCase()
  if (ending === undefined) return false
  return /^www\./i.test(text) || !(ENDINGS.has(ending) || mediaTypeOf(text) !== undefined)
}

/** Writes the addresses that a wrong scheme was probably meant to begin. */
export function addressesNear(address: string): string[] {
  const [, scheme = '', rest = ''] = /^\s*([a-z][a-z0-9+.-]*)(:.*)$/is.exec(address) ?? []
  const near = nearest(scheme.toLowerCase(), ['https', 'http', 'mailto', 'tel'], 1)
  return near.filter((name) => name !== scheme.toLowerCase()).map((name) => name + rest)
}
