/**
 * Web addresses: the one place where a text becomes one. It is parsed as browsers parse it (WHATWG
 * URL), judged as it was parsed, and written as it was judged; nothing changes it afterwards.
 */

import { fail, ok, type Result } from '../markup/result.ts'
import type { Platform } from './platform.ts'

/** The ends that an address can serve: a page to be read, a link in a text, or something loaded. */
export type Use = 'page' | 'link' | 'media'

/** The schemes of each use. Whatever else there is runs, or lies on the reader's own machine. */
const SCHEMES = {
  page: ['http', 'https'],
  link: ['http', 'https', 'mailto', 'tel', 'xmpp', 'geo'],
  media: ['http', 'https'],
} as const satisfies Readonly<Record<Use, readonly string[]>>

/** Longer ones do not pass through what lies between a reader and a server. */
export const LONGEST_URL = 4096

/** The reasons for which an address is refused; `scheme` says which are allowed. */
export type Refusal =
  | { readonly why: 'unreadable' | 'too-long' | 'credentials' | 'no-such-host' | 'other-host' }
  | { readonly why: 'scheme'; readonly use: Use; readonly allowed: readonly string[] }

/** An address as it is to be written, or why it is refused. */
export type AddressVerdict = Result<string, Refusal>

/** Parses, judges and writes an address; what is no full one is completed by `base`. */
export function judgeUrl(
  text: string,
  use: Use,
  base: string,
  { resolve }: Platform,
): AddressVerdict {
  if (text.length > LONGEST_URL) return fail({ why: 'too-long' })
  const parsed = resolve(text, base)
  if (parsed === undefined) return fail({ why: 'unreadable' })
  // RFC 3986 has no place for these, and some parsers leave them as they are.
  const url = parsed.replace(/[\s"<>\\^`{|}]/g, encodeURIComponent)
  if (url.length > LONGEST_URL) return fail({ why: 'too-long' })
  const [, scheme = '', authority] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?/.exec(url) ?? []
  const allowed: readonly string[] = SCHEMES[use]
  if (!allowed.includes(scheme)) return fail({ why: 'scheme', use, allowed })
  if (!/^https?$/.test(scheme)) return ok(url)
  if (authority?.includes('@')) return fail({ why: 'credentials' })
  return HOST.test(authority ?? '') ? ok(url) : fail({ why: 'no-such-host' })
}

/** Names that DNS can have, and addresses in brackets (RFC 3986 §3.2.2); with a port. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::\d+)?$/

const FULL_ADDRESS = /^https?:\/\/[^\s<>"{}|\\^`/?#]+(?:[/?#][^\s<>"{}|\\^`]*)?$/i

/** Judges what has to be a full address: nothing is completed, or read into it. */
export function judgeFull(text: string, platform: Platform): AddressVerdict {
  const judged = judgeUrl(text, 'page', 'about:blank', platform)
  return judged.ok && !FULL_ADDRESS.test(text) ? fail({ why: 'unreadable' }) : judged
}

/**
 * Returns the path of an address of the site `base`; undefined where it is on another host. So is a
 * path that begins with two slashes, alone: browsers take what follows them for a host.
 */
export function pathWithin(url: string, base: string): string | undefined {
  const path = url.startsWith(`${base}/`) ? url.slice(base.length) : undefined
  return path?.startsWith('//') ? undefined : path
}

/** The kinds of reference, told apart as a browser would: it takes a backslash for a slash. */
export type ReferenceKind = 'full' | 'of-a-host' | 'of-the-site' | 'file'

/** Tells the kind of a reference. */
export function referenceKindOf(reference: string): ReferenceKind {
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return 'full'
  if (/^[/\\]{2}/.test(reference)) return 'of-a-host'
  return /^[/\\]/.test(reference) ? 'of-the-site' : 'file'
}

/**
 * Strips a reference of the characters that browsers leave out before they look at it (WHATWG URL
 * §4.4).
 */
export function strippedReference(reference: string): string {
  const text = reference.replace(/[\t\n\r]/g, '')
  let [start, end] = [0, text.length]
  while (start < end && text.charCodeAt(start) <= SPACE) start++
  while (end > start && text.charCodeAt(end - 1) <= SPACE) end--
  return text.slice(start, end)
}

const SPACE = 0x20

/**
 * Spells a path in the one way of all that mean the same: each step decoded, in Unicode's composed
 * form (NFC), and encoded again. Of a step that decodes to no text, the codes are in capitals
 * (RFC 3986 §6.2.2.1).
 */
export function plainPath(path: string): string {
  return path
    .split('/')
    .map((step) => spelledStep(step, (text) => text))
    .join('/')
}

/** Spells a path in that way, and in small letters. */
export function lowerPath(path: string): string {
  return path
    .split('/')
    .map((step) => spelledStep(step, (text) => text.toLowerCase()))
    .join('/')
}

function spelledStep(step: string, spell: (text: string) => string): string {
  try {
    return encodeURIComponent(spell(decodeURIComponent(step)).normalize('NFC'))
  } catch {
    return step.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
  }
}
