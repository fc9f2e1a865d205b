/**
 * `pull`: mirrors a site, or one of its feeds, into a folder, an article a file. It knows of the
 * site what any partner does, through `changes.json`, and is the example for them.
 *
 * Where the next page is, is noted after each page was taken in: killed at any point, it goes on.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { array, type InferOutput, is, object, optional, safeParse, string } from 'valibot'
import { CHANGES, type ChangesPage, PROBLEM } from '../edition/contract.ts'
import { failed, type Outcome } from './outcome.ts'
import { progressBar } from './progress.ts'

const STATE = object({
  /** What is mirrored. */
  changes: string(),
  /** The address to ask next: of the next page, or with the cursor of the edition that is here. */
  next: string(),
  /** The tag of what that address said last. */
  etag: optional(string()),
  /** While everything is walked again: articles that were here and have not been seen yet. */
  unseen: optional(array(string())),
})
type State = InferOutput<typeof STATE>

const STATE_FILE = '.edgewire.json'
const ATTEMPTS = 6
/** Seconds, whatever a server asks for. */
const LONGEST_PAUSE = 60

/** What was done; `restarted`: everything was walked again. */
type Told = { requests: number; saved: number; gone: number; restarted: boolean }

/** `changes` is the address of a `changes.json`. */
export async function runPull(changes: string, folder: string): Promise<Outcome> {
  mkdirSync(folder, { recursive: true })
  let state = readState(folder, changes)
  if (!state) {
    const words = `${folder} holds something else than a mirror of ${changes}: choose another folder.`
    return failed({ reason: 'other-folder' }, words)
  }
  const told: Told = { requests: 0, saved: 0, gone: 0, restarted: false }
  const bar = progressBar('Pulling')
  try {
    for (;;) {
      told.requests += 1
      const answer = await ask(state)
      if (answer === 'not-modified') return describe(told, folder, state)
      if (answer !== 'start-again' && 'exit' in answer) return answer
      const before = state
      state =
        answer === 'start-again'
          ? startAgain(folder, changes, told)
          : takeIn(folder, state, answer, told)
      save(folder, STATE_FILE, state)
      bar.step(told.saved, told.saved + 100)
      if (state.next === before.next) return describe(told, folder, state)
    }
  } finally {
    bar.end()
  }
}

/** The state of a mirror; undefined where the folder is not empty, and none of this site. */
function readState(folder: string, changes: string): State | undefined {
  const files = readdirSync(folder)
  if (files.length === 0) return beginning(changes)
  if (!files.includes(STATE_FILE)) return undefined
  const { success, output } = safeParse(STATE, read(join(folder, STATE_FILE)))
  // A state that is damaged costs a walk through everything.
  if (!success) return { ...beginning(changes), unseen: heldIn(folder) }
  return output.changes === changes ? output : undefined
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function beginning(changes: string): State {
  return { changes, next: `${changes}?since=0` }
}

function startAgain(folder: string, changes: string, told: Told): State {
  told.restarted = true
  return { ...beginning(changes), unseen: heldIn(folder) }
}

function heldIn(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /^[a-z0-9-]+\.json$/.test(file))
  return files.map((file) => file.slice(0, -'.json'.length))
}

type Page = { readonly body: ChangesPage; readonly etag: string | undefined }

/** Asks for the next page, as late and as often as the server says. */
async function ask({
  next,
  etag,
}: State): Promise<Page | 'not-modified' | 'start-again' | Outcome> {
  const headers = { Accept: 'application/feed+json', ...(etag ? { 'If-None-Match': etag } : {}) }
  const response = await persist(() => fetch(next, { headers }))
  switch (response?.status) {
    case 200:
      return readPage(response)
    case 304:
      return 'not-modified'
    case 410:
      return 'start-again'
    default:
      return refused(next, response)
  }
}

/** Asks again what failed for a reason that passes. */
async function persist(request: () => Promise<Response>): Promise<Response | undefined> {
  for (let [attempt, pause] = [1, 1]; ; attempt += 1, pause *= 2) {
    const response = await request().catch(() => undefined)
    const isFinal = response && response.status !== 503 && response.status !== 429
    if (isFinal || attempt === ATTEMPTS) return response
    const asked = Number(response?.headers.get('Retry-After') ?? 0)
    await setTimeout(Math.min(asked || pause, LONGEST_PAUSE) * 1000)
  }
}

async function readPage(response: Response): Promise<Page | Outcome> {
  const body: unknown = await response.json().catch(() => undefined)
  if (is(CHANGES, body)) return { body, etag: response.headers.get('ETag') ?? undefined }
  const words = `${response.url} is no changes.json of edgewire. What was taken in before stays.`
  return failed({ reason: 'not-edgewire' }, words, 'unreachable')
}

async function refused(next: string, response: Response | undefined): Promise<Outcome> {
  const problem: unknown = await response?.json().catch(() => undefined)
  const detail = is(PROBLEM, problem) ? ` ${problem.detail}` : ''
  const said = response ? `answers ${response.status}.${detail}` : 'does not answer.'
  const words = `${next} ${said} What was taken in before stays: run it again.`
  return failed({ reason: response ? 'refused-by-site' : 'no-answer' }, words, 'unreachable')
}

/** Takes in a page, and says where the next one is. To do it twice does no harm. */
function takeIn(folder: string, state: State, { body, etag }: Page, told: Told): State {
  const { retracted = [], removed = [], left = [], cursor } = body._edgewire
  const unseen = new Set(state.unseen)
  for (const item of body.items) {
    const { id } = item._edgewire
    save(folder, `${id}.json`, item)
    unseen.delete(id)
  }
  const gone = [...retracted, ...removed, ...left].map(({ article }) => article)
  // After a walk through everything, what was not named is not there any more.
  if (!body.next_url) gone.push(...unseen)
  for (const id of gone) rmSync(join(folder, `${id}.json`), { force: true })
  told.saved += body.items.length
  told.gone += gone.length
  const { changes } = state
  if (body.next_url) {
    return { changes, next: body.next_url, ...(state.unseen && { unseen: [...unseen] }) }
  }
  const next = `${changes}?since=${cursor}`
  // A tag belongs to the address that said it.
  return { changes, next, ...(next === state.next && etag ? { etag } : {}) }
}

/** Never half a file: it is written beside its place, and moved there. */
function save(folder: string, file: string, value: unknown): void {
  const beside = join(folder, `.${file}.part`)
  writeFileSync(beside, `${JSON.stringify(value)}\n`)
  renameSync(beside, join(folder, file))
}

function describe(
  { requests, saved, gone, restarted }: Told,
  folder: string,
  { next }: State,
): Outcome {
  const cursor = new URL(next).searchParams.get('since') ?? ''
  const again = restarted ? ['The cursor was gone: everything was walked again.'] : []
  const changed = saved + gone === 0 ? 'nothing changed' : `${saved} saved, ${gone} removed`
  const words = [...again, `${folder} is edition ${cursor.split('-')[0]}: ${changed}.`]
  return { exit: 'done', words, data: { folder, cursor, requests, saved, gone, restarted } }
}
