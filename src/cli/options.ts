/** Values of options as texts, and the options that several verbs have. */

import { optional, pipe, rawTransform, string } from 'valibot'
import { isId, LONGEST_ID } from '../article/id.ts'
import { parseInstant } from '../article/instant.ts'
import { judgeFull } from '../article/web-address.ts'
import { platform } from '../machine/platform.ts'
import { option, toggle } from './verb.ts'

/** Returns the form of a text that is read as something else; `message` is for one that cannot be. */
function optionText<T>(parse: (text: string) => T | undefined, message: string) {
  return pipe(
    string(message),
    rawTransform(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value)
      if (value !== undefined) return value
      addIssue({ message })
      return NEVER
    }),
  )
}

/** Returns the form of a whole number within bounds. */
export function wholeFrom(least: number, most: number) {
  return optionText(
    (text) => wholeIn(text, least, most),
    `Expected a number from ${least} to ${most}.`,
  )
}

function wholeIn(text: string, least: number, most: number): number | undefined {
  const number = Number(text)
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined
}

export const quotaForm = optionText(
  (text) =>
    text === 'none' ? Number.POSITIVE_INFINITY : wholeIn(text, 1, Number.MAX_SAFE_INTEGER),
  `Expected a number from 1 to ${Number.MAX_SAFE_INTEGER}.`,
)

/** The number of an edition, as an argument. */
export const editionForm = optionText(
  (text) => (/^[1-9]\d*$/.test(text) ? Number(text) : undefined),
  'is not the number of an edition.',
)

export const idForm = optionText(
  (text) => (isId(text) ? text : undefined),
  `Expected lower-case letters, digits and hyphens, ${LONGEST_ID} at most.`,
)

export const instantForm = optionText((text) => {
  const instant = parseInstant(text)
  return instant.ok ? instant.value : undefined
}, 'Expected an instant with an offset, such as 2026-12-24T18:00:00+01:00.')

/** The address of a whole site. */
export const siteForm = optionText((text) => {
  const address = judgedAddress(text)
  return address?.href === `${address?.origin}/` ? address?.origin : undefined
}, 'Expected an address without a path: https://news.example.org.')

/**
 * The address of the `changes.json` to mirror: of the whole site if its root is given, of one feed if
 * its folder is.
 */
export const changesForm = optionText((text) => {
  const address = judgedAddress(text)
  if (!address) return undefined
  const { origin, pathname } = address
  return `${origin}${pathname.replace(/changes\.json$/, '').replace(/\/?$/, '/')}changes.json`
}, 'is not the address of a site or of a feed.')

/** Reads an address by the rules of content/: nothing is dropped from it or read into it. */
function judgedAddress(text: string): URL | undefined {
  const judged = judgeFull(text, platform)
  return judged.ok ? new URL(judged.value) : undefined
}

/** The options that stand before any verb as well as behind it. */
export const COMMON = {
  content: option(
    { flags: '--content <folder>', purpose: 'where the articles are' },
    optional(string(), 'content'),
  ),
  json: toggle('--json', 'say everything as one JSON object'),
}

export const REMOTE = toggle('--remote', 'in the deployed KV; otherwise on this machine')

export const BASE = option(
  { flags: '--base <address>', purpose: 'the address of the site, not the one in site.yaml' },
  optional(siteForm),
)

export const CLOCK_WAS_WRONG = toggle(
  '--clock-was-wrong',
  'the last publish was dated by a clock that was ahead',
)
