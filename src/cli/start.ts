/**
 * `start`: the whole house on this machine. Publishes content/ to the local KV, serves it as
 * wrangler would, and publishes again whatever is saved.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watch } from 'chokidar'
import { formatInstant, type Instant } from '../article/instant.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { LOCAL_STATE } from './local-store.ts'
import { takeLock } from './lock.ts'
import { failed, type Outcome } from './outcome.ts'
import { clock } from './platform.ts'
import { type ContentOptions, publishPreview } from './publish.ts'
import { inWorkshop, START_LOCK, type Workshop } from './workshop.ts'
import { loadWrangler } from './wrangler.ts'

export type StartOptions = {
  readonly content: string
  readonly port: number
  readonly drafts?: boolean | undefined
  /** Shows the site as it stands at this instant. */
  readonly at?: Instant | undefined
}

/** Resolves when the server was told to stop, or where it could not start. */
export async function runStart(options: StartOptions): Promise<Outcome> {
  const { port, drafts, at } = options
  if (await isTaken(port)) {
    const words = `Port ${port} is taken: stop what uses it, or choose another with PORT=8788 npm start.`
    return failed({ reason: 'port-taken' }, words)
  }
  // A preview has a store of its own: what it shows must not become part of the site's history.
  const preview = drafts === true || at !== undefined
  if (preview) {
    const state = mkdtempSync(join(tmpdir(), 'edgewire-preview-'))
    const outcome = await inWorkshop({ state }, (workshop) => serve(workshop, state, options))
    rmSync(state, { recursive: true, force: true })
    return outcome
  }
  const lock = takeLock(START_LOCK, addressOf(port))
  if ('holder' in lock) {
    const { pid, base } = lock.holder
    const words = `Another \`start\` (process ${pid}, ${base}) publishes to this store: use that one, or stop it.`
    return failed({ reason: 'started-already' }, words)
  }
  const outcome = await inWorkshop({}, (workshop) => serve(workshop, LOCAL_STATE, options))
  lock.release()
  return outcome
}

function addressOf(port: number): string {
  return `http://localhost:${port}`
}

async function serve(
  workshop: Workshop,
  state: string,
  { content, port, drafts, at }: StartOptions,
): Promise<Outcome> {
  const { unstable_startWorker: startWorker } = await loadWrangler()
  const base = addressOf(port)
  const options: ContentOptions = {
    content,
    base,
    drafts,
    now: () => at ?? clock(),
    ahead: at === undefined ? undefined : 0,
  }
  const publishAgain = async (): Promise<void> => say(await publishPreview(workshop, options))
  await publishAgain()
  const worker = await startWorker({
    dev: {
      server: { hostname: 'localhost', port },
      persist: state,
      // `remote = true` in wrangler.toml is meant for others: what is local stays here.
      remote: false,
      logLevel: 'error',
      inspector: false,
      watch: true,
    },
  })
  await worker.ready
  printAddresses(base, content, at)
  const stop = watchContent(content, publishAgain)
  await untilStopped()
  await stop()
  await worker.dispose()
  return { exit: 'done', words: '', data: {} }
}

/** What came of a publish: where something is wrong, what was published before is still served. */
function say({ exit, words }: Outcome): void {
  if (exit === 'done') console.log(words)
  else console.error(words)
}

function printAddresses(base: string, content: string, at: Instant | undefined): void {
  console.log(
    `\nServing ${base}/${at === undefined ? '' : ` as it stands at ${formatInstant(at)}`}`,
  )
  for (const { title, file } of Object.values(FEED_TYPES))
    console.log(`  ${title.padEnd(14)} ${base}/${file}`)
  console.log(`Watching ${content}/ — save a file to publish it, Ctrl-C to stop.`)
}

/** Publishes after every burst of changes, one publish at a time. */
function watchContent(content: string, publishAgain: () => Promise<void>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let waiting: NodeJS.Timeout | undefined
  const watcher = watch(content, { ignoreInitial: true })
  watcher.on('all', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      running = running.then(publishAgain).catch((error: unknown) => console.error(error))
    }, 100)
  })
  return async () => {
    clearTimeout(waiting)
    await watcher.close()
    await running
  }
}

/** Waits for Ctrl-C. wrangler's own handlers would end the process before the house is shut. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.removeAllListeners(signal)
      process.once(signal, () => resolve())
    }
  })
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(true))
    probe.listen(port, 'localhost', () => probe.close(() => resolve(false)))
  })
}
