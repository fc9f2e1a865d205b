/**
 * `start`: runs everything on this machine. Publishes content/ to the local KV, serves it as
 * wrangler would, and publishes again whatever is saved.
 */

import { createServer } from 'node:net'
import { join } from 'node:path'
import { type InferOutput, object, optional } from 'valibot'
import { FOLDER_GONE } from '../machine/breakdown.ts'
import { takeCare } from '../machine/caretaker.ts'
import { LOCAL_STATE } from '../machine/local-store.ts'
import { takeLock } from '../machine/lock.ts'
import { failed, type Outcome, tell } from '../machine/outcome.ts'
import { clock } from '../machine/platform.ts'
import { openPreviewStore } from '../machine/preview-store.ts'
import { lineage, untilStopped } from '../machine/stopping.ts'
import { print, quoted } from '../machine/terminal.ts'
import { watchContent } from '../machine/watching.ts'
import { inWorkshop, START_LOCK, type Workshop } from '../machine/workshop.ts'
import { loadWrangler } from '../machine/wrangler.ts'
import { COMMON, instantForm, wholeFrom } from './options.ts'
import { type ContentOptions, publishPreview } from './publish.ts'
import { serving } from './start-words.ts'
import { option, toggle, verb } from './verb.ts'

const OPTIONS = object({
  ...COMMON,
  port: option(
    { flags: '--port <number>', purpose: 'the port to listen on', env: 'PORT' },
    optional(wholeFrom(1, 65_535), '8787'),
  ),
  drafts: toggle('--drafts', 'show drafts too'),
  at: option(
    { flags: '--at <instant>', purpose: 'show the site as it stands at an instant' },
    optional(instantForm),
  ),
})

type StartOptions = InferOutput<typeof OPTIONS>

export const START = verb({
  options: OPTIONS,
  run: runStart,
})

/** The Worker of previews, which is not deployed, and answers this machine alone. */
const PREVIEW_WORKER = join(import.meta.dirname, '../worker/preview.ts')

/**
 * Serves until the server is told to stop, and returns undefined then, since what it serves was
 * told when it began; returns an outcome if it could not start.
 */
async function runStart(options: StartOptions): Promise<Outcome | undefined> {
  const { port, drafts, at } = options
  if (await isTaken(port)) {
    const words = `Port ${port} is taken: stop what uses it, or choose another with PORT=8788 npm start.`
    return failed({ reason: 'port-taken' }, words)
  }
  // A preview has a store of its own: what it shows must not become part of the site's history.
  return drafts === true || at !== undefined ? startPreview(options) : startHere(options)
}

async function startPreview(options: StartOptions): Promise<Outcome | undefined> {
  const { state, remove } = openPreviewStore()
  try {
    return await serveStore(state, PREVIEW_WORKER, options)
  } finally {
    remove()
  }
}

async function startHere(options: StartOptions): Promise<Outcome | undefined> {
  const lock = takeLock(START_LOCK, addressOf(options.port))
  if (!lock.ok) {
    const { pid, base } = lock.failure
    const words = `Another \`start\` (process ${pid}, ${base}) publishes to this store: use that one, or stop it.`
    return failed({ reason: 'started-already' }, words)
  }
  try {
    return await serveStore(LOCAL_STATE, undefined, options)
  } finally {
    lock.value.release()
  }
}

function addressOf(port: number): string {
  return `http://localhost:${port}`
}

/** Serves a store. With another Worker than the deployed one, the store is removed afterwards. */
async function serveStore(
  state: string,
  entrypoint: string | undefined,
  options: StartOptions,
): Promise<Outcome | undefined> {
  const caretaker = takeCare(entrypoint === undefined ? undefined : join(process.cwd(), state))
  try {
    const ended = await inWorkshop({ state }, (workshop) =>
      publishAndServe(workshop, state, entrypoint, options),
    )
    return ended.exit === 'done' ? undefined : ended
  } finally {
    caretaker.dismiss()
  }
}

async function publishAndServe(
  workshop: Workshop,
  state: string,
  entrypoint: string | undefined,
  { content, port, drafts, at, json = false }: StartOptions,
): Promise<Outcome> {
  const line = lineage()
  const { unstable_startWorker: startWorker } = await loadWrangler()
  const base = addressOf(port)
  const options: ContentOptions = {
    content,
    base,
    drafts,
    now: () => at ?? clock(),
    ahead: at === undefined ? undefined : 0,
  }
  const publishAgain = async (): Promise<void> => say(await publishPreview(workshop, options), json)
  await publishAgain()
  const worker = await startWorker({
    ...(entrypoint === undefined ? {} : { entrypoint }),
    dev: {
      server: { hostname: 'localhost', port },
      persist: state,
      // `remote = true` in wrangler.toml is meant for other commands: this store stays local.
      remote: false,
      logLevel: 'error',
      structuredLogsHandler: tellOfWorker,
      inspector: false,
      watch: true,
    },
  })
  worker.raw.on('buildFailed', ({ cause }: { cause: Error }) => tellOfWorker(cause))
  await worker.ready
  const stopped = untilStopped(line)
  tell(serving(base, content, at), json)
  const unwatch = watchContent(content, publishAgain)
  if ((await stopped) === 'folder-gone') {
    // An orderly end would wait for files that are gone, so the caretaker ends the rest.
    tell(FOLDER_GONE, json)
    process.exit()
  }
  await unwatch()
  await worker.dispose()
  return { exit: 'done', words: [], data: {} }
}

/** Prints what came of a publish. After a failure, what was published before is still served. */
function say({ exit, words }: Outcome, json: boolean): void {
  print(words, exit === 'done' && !json ? 'stdout' : 'stderr')
}

/** Prints what goes wrong in the Worker, which nobody would hear otherwise. */
function tellOfWorker({ level, message }: { level?: string; message: string }): void {
  if (level === undefined || level === 'error') print(quoted(`The Worker: ${message}`), 'stderr')
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(true))
    probe.listen(port, 'localhost', () => probe.close(() => resolve(false)))
  })
}
