/**
 * `pull`: mirrors a site, or one of its feeds, into a folder with a file for each article. It
 * learns of the site through `changes.json`, as any partner does, and is the example for them. The
 * walk is here; in `mirror/`, `request.ts` asks, `page.ts` decides what is believed of an answer,
 * and `mirror.ts` keeps the folder.
 *
 * After each page the address of the next one is noted, so that a killed pull goes on from there.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { array, object, optional, string } from 'valibot'
import type { Outcome } from '../machine/outcome.ts'
import { type ProgressBar, progressBar } from '../machine/progress.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { type AllowedOrigins, judgeAddress } from '../mirror/address.ts'
import { BOUNDS, type PullBounds } from '../mirror/bounds.ts'
import { type Mirror, openMirror } from '../mirror/mirror.ts'
import { detailOf, type Page, parsePage, tagOf } from '../mirror/page.ts'
import { type Answer, ask } from '../mirror/request.ts'
import { beginWalk, cursorIn, type State } from '../mirror/state.ts'
import { type PullFailure, pullFailed } from '../mirror/words.ts'
import { changesForm, siteForm } from './options.ts'
import { option, verb } from './verb.ts'

export const PULL = verb({
  options: object({
    address: changesForm,
    folder: string(),
    also: option(
      {
        flags: '--also <address>',
        purpose: 'another site to which it may lead; may be given again',
        isRepeated: true,
      },
      optional(array(siteForm)),
    ),
  }),
  run: ({ address: changes, ...options }) => runPull({ changes, ...options }),
})

export type PullOptions = {
  /** The address of a `changes.json`. */
  readonly changes: string
  readonly folder: string
  /** Origins to which the site may lead, beside its own. */
  readonly also?: readonly string[] | undefined
  readonly bounds?: PullBounds
}

/** A walk on its way: what it works with, and what it has done so far. */
type MirrorWalk = {
  readonly changes: string
  readonly mirror: Mirror
  readonly origins: AllowedOrigins
  readonly bounds: PullBounds
  readonly begun: number
  readonly bar: ProgressBar
  /** The addresses that were asked since the walk began, or began anew. */
  readonly asked: Set<string>
  requests: number
  bytes: number
  saved: number
  gone: number
  /** Ends that were reached: after the first, the site is asked once more whether there is news. */
  ends: number
  restarted: boolean
}

export async function runPull({
  changes,
  folder,
  also = [],
  bounds = BOUNDS,
}: PullOptions): Promise<Outcome> {
  const opened = openMirror(folder, changes)
  if (!opened.ok) return pullFailed(opened.failure)
  const mirror = opened.value
  const origins = new Set([changes, ...also].map((address) => new URL(address).origin))
  const [begun, bar] = [performance.now(), progressBar('Pulling')]
  const done = { requests: 0, bytes: 0, saved: 0, gone: 0, ends: 0, restarted: false }
  const walk: MirrorWalk = {
    changes,
    mirror,
    origins,
    bounds,
    begun,
    bar,
    asked: new Set(),
    ...done,
  }
  try {
    const { state, damaged } = mirror.state(changes)
    const end = await goOn(walk, state)
    return end.ok ? describePull(walk, folder, end.value, damaged) : pullFailed(end.failure)
  } finally {
    bar.end()
    mirror.close()
  }
}

/** Asks for page after page, until there is nothing new. */
async function goOn(walk: MirrorWalk, from: State): Promise<Result<State, PullFailure>> {
  for (let state = from; ; ) {
    const answer = await askNext(walk, state)
    if (!answer.ok) return answer
    if (answer.value.status === 304 && state.etag) return ok(state)
    const next = await takeStep(walk, state, answer.value)
    if (!next.ok) return next
    walk.bar.step(walk.saved, walk.saved + 100)
    if (walk.ends === 2 || (walk.ends === 1 && next.value.next === state.next)) return next
    state = next.value
  }
}

/** Asks for the next page: no address twice, and no more than a run may take in. */
async function askNext(
  walk: MirrorWalk,
  { next, etag }: State,
): Promise<Result<Answer, PullFailure>> {
  if (isSpent(walk)) return fail({ reason: 'unfinished', pages: walk.requests })
  const judged = judgeAddress(next, new URL(walk.changes), walk.origins)
  if (!judged.ok) return judged
  const address = judged.value
  if (walk.asked.has(address.href)) return fail({ reason: 'goes-round', address })
  walk.asked.add(address.href)
  const answer = await ask({ address, tag: etag }, walk.origins, walk.bounds)
  walk.requests += 1
  walk.bytes += answer.ok ? answer.value.bytes : 0
  return answer
}

function isSpent({ requests, bytes, begun, bounds }: MirrorWalk): boolean {
  const seconds = (performance.now() - begun) / 1000
  return requests >= bounds.runPages || bytes >= bounds.runBytes || seconds >= bounds.runSeconds
}

/** Takes a step, and notes where the walk is then. */
async function takeStep(
  walk: MirrorWalk,
  state: State,
  answer: Answer,
): Promise<Result<State, PullFailure>> {
  const next = await followAnswer(walk, state, answer)
  return next.ok ? walk.mirror.note(next.value) : next
}

/** Does what an answer asks for, and says where the walk is then. */
async function followAnswer(
  walk: MirrorWalk,
  state: State,
  answer: Answer,
): Promise<Result<State, PullFailure>> {
  const { status, from: address } = answer
  if (status === 410) return startAgain(walk, address)
  if (status !== 200)
    return fail({ reason: 'refused-by-site', address, status, detail: detailOf(answer) })
  const page = parsePage(answer, walk.origins)
  return page.ok ? takeIn(walk, state, page.value, tagOf(answer)) : page
}

/** Walks everything again, once: the site does not keep the edition that is here any more. */
async function startAgain(walk: MirrorWalk, address: URL): Promise<Result<State, PullFailure>> {
  if (walk.restarted) return fail({ reason: 'gone-again', address })
  walk.restarted = true
  walk.asked.clear()
  await sleep(walk.bounds.restartPause * 1000)
  return ok(beginWalk(walk.changes, walk.mirror.held()))
}

/** Takes in a page, and returns the state with the address of the next one. */
function takeIn(
  walk: MirrorWalk,
  { changes, next, unseen: were }: State,
  { items, gone: named, cursor, next: further }: Page,
  etag: string | undefined,
): Result<State, PullFailure> {
  const unseen = new Set(were)
  for (const id of [...items.map((item) => item.id), ...named]) unseen.delete(id)
  // After a walk through everything, articles that no page named do not exist any more.
  const gone = further ? named : [...named, ...unseen]
  const taken = walk.mirror.takeIn(items, gone)
  if (!taken.ok) return taken
  walk.saved += items.length
  walk.gone += gone.length
  if (further) return ok({ changes, next: further.href, ...(were && { unseen: [...unseen] }) })
  walk.ends += 1
  const again = `${changes}?since=${cursor}`
  // An entity-tag belongs to the address that sent it.
  return ok({ changes, next: again, ...(again === next && etag ? { etag } : {}) })
}

function describePull(
  { requests, saved, gone, restarted }: MirrorWalk,
  folder: string,
  { next }: State,
  damaged: boolean,
): Outcome {
  const cursor = cursorIn(next)
  const why = damaged ? 'The note of where the walk was is damaged' : 'The cursor was gone'
  const again = restarted || damaged ? ` ${why}: everything was walked again.` : ''
  const changed = saved + gone === 0 ? 'nothing changed' : `${saved} saved, ${gone} removed`
  const words = `${folder} is edition ${cursor.split('-')[0]}: ${changed}.${again}`
  const data = { folder, cursor, requests, saved, gone, restarted: restarted || damaged }
  return { exit: 'done', words, data }
}
