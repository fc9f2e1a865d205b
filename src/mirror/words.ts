/** The failures of a pull, and the words for them, in which a long text of the site is cut. */

import { countOf } from '../article/finding.ts'
import { type EXIT, failed, type Outcome } from '../machine/outcome.ts'

export type PullFailure =
  | { readonly reason: 'no-folder'; readonly folder: string }
  | { readonly reason: 'other-folder'; readonly folder: string; readonly changes: string }
  | { readonly reason: 'foreign-file'; readonly file: string }
  | { readonly reason: 'folder-replaced'; readonly folder: string }
  | { readonly reason: 'busy'; readonly folder: string; readonly pid: number }
  | { readonly reason: 'other-site'; readonly from: URL; readonly to: URL }
  | {
      readonly reason: 'no-way'
      readonly from: URL
      readonly text: string
      readonly fault: 'address' | 'scheme' | 'password' | 'downgrade' | 'question'
    }
  | { readonly reason: 'redirects'; readonly address: URL; readonly most: number }
  | { readonly reason: 'no-answer' | 'too-slow' | 'garbled'; readonly address: URL }
  | { readonly reason: 'too-large'; readonly address: URL; readonly most: number }
  | { readonly reason: 'come-back'; readonly address: URL; readonly seconds: number }
  | {
      readonly reason: 'refused-by-site'
      readonly address: URL
      readonly status: number
      readonly detail: string
    }
  | { readonly reason: 'not-edgewire'; readonly from: URL; readonly fault: string }
  | { readonly reason: 'gone-again' | 'goes-round'; readonly address: URL }
  | { readonly reason: 'unfinished'; readonly pages: number }

const MIRROR_STAYS = 'What was taken in before stays'
const RUN_AGAIN = `${MIRROR_STAYS}: run it again.`

/** Says what is wrong, and what to do. */
function describePullFailure(failure: PullFailure): string {
  switch (failure.reason) {
    case 'no-folder':
      return `${failure.folder} is no folder, and none can be made there: choose another place.`
    case 'other-folder':
      return `${failure.folder} holds something else than a mirror of ${failure.changes}: choose another folder.`
    case 'foreign-file':
      return `${failure.file} was not written by pull, and would be overwritten or removed: move it out of the mirror, and run it again.`
    case 'folder-replaced':
      return `${failure.folder} was replaced by something else meanwhile: nothing was written there. Run it again when nobody moves it.`
    case 'busy':
      return `Another pull (process ${failure.pid}) is at work in ${failure.folder}: wait for it, and run it again.`
    case 'other-site':
      return `${shown(failure.from)} leads to another site, ${shown(failure.to.origin)}, and that is not followed unasked. If you trust it, say: --also ${shown(failure.to.origin)}. If the site is your own, it was published for another address: publish it with --base ${shown(failure.from.origin)}. ${MIRROR_STAYS}.`
    case 'no-way':
      return `${shown(failure.from)} leads to ${shown(failure.text)}, and ${FAULTS[failure.fault]}. ${MIRROR_STAYS}.`
    case 'redirects':
      return `${shown(failure.address)} redirects more than ${failure.most} times. ${MIRROR_STAYS}.`
    case 'no-answer':
      return `${shown(failure.address)} does not answer. ${RUN_AGAIN}`
    case 'too-slow':
      return `${shown(failure.address)} answers too slowly, or not at all. ${RUN_AGAIN}`
    case 'garbled':
      return `${shown(failure.address)} answers with something that cannot be unpacked or read. ${RUN_AGAIN}`
    case 'too-large':
      return `${shown(failure.address)} answers with more than ${failure.most} bytes, which no edgewire does. ${MIRROR_STAYS}.`
    case 'come-back':
      return `${shown(failure.address)} asks to be left alone for ${longTime(failure.seconds)}: run it again then. ${MIRROR_STAYS}.`
    case 'refused-by-site':
      return `${shown(failure.address)} answers ${failure.status}.${failure.detail ? ` It says: ${shown(failure.detail)}` : ''} ${RUN_AGAIN}`
    case 'not-edgewire':
      return `${shown(failure.from)} is no changes.json of edgewire: ${shown(failure.fault)}. ${MIRROR_STAYS}.`
    case 'gone-again':
      return `${shown(failure.address)} does not know the edition that it led to itself, and everything was begun anew once already. ${MIRROR_STAYS}: run it again later, and if it stays so, tell the site.`
    case 'goes-round':
      return `${shown(failure.address)} was asked in this walk already: the site leads in a circle. ${MIRROR_STAYS}.`
    case 'unfinished':
      return `The site leads on after ${countOf(failure.pages, 'page')}, which is as much as one run takes in. Run it again: it goes on where it stopped.`
  }
}

const FAULTS: Readonly<Record<(PullFailure & { reason: 'no-way' })['fault'], string>> = {
  address: 'that is no address',
  scheme: 'only https and http are asked',
  password: 'an address with a name or a password in it is not asked',
  downgrade: 'from https nobody is followed to http',
  question: 'that is not the next page of the same walk',
}

/** Returns the outcome of a failure. */
export function pullFailed(failure: PullFailure): Outcome {
  const facts = Object.entries(failure).map(([name, fact]) => [
    name,
    typeof fact === 'number' ? fact : shown(fact),
  ])
  return failed(
    { ...Object.fromEntries(facts), reason: failure.reason },
    describePullFailure(failure),
    exitOfPull(failure),
  )
}

function exitOfPull({ reason }: PullFailure): Exclude<keyof typeof EXIT, 'done'> {
  switch (reason) {
    case 'no-folder':
    case 'other-folder':
    case 'foreign-file':
    case 'folder-replaced':
    case 'other-site':
      return 'refused'
    case 'busy':
    case 'unfinished':
      return 'unfinished'
    default:
      return 'unreachable'
  }
}

const MOST_SHOWN = 300

/**
 * Cuts what a site said to a length that a person reads. The terminal keeps it from steering
 * anything.
 */
function shown(said: string | URL): string {
  const text = String(said)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN).toWellFormed()}…` : text
}

function longTime(seconds: number): string {
  if (seconds < 7200) return countOf(Math.ceil(seconds / 60), 'minute')
  const hours = Math.ceil(seconds / 3600)
  return hours < 48
    ? countOf(hours, 'hour')
    : hours < 24_000
      ? countOf(Math.ceil(hours / 24), 'day')
      : 'years'
}
