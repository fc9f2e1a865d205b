/** A site that is served by `start`, for what follows it from outside: readers and caches. */

import { aProject, collect, type Finished, freePort, run, save, start, until } from './command.ts'
import type { Files } from './corpus.ts'

export type ServedSite = {
  readonly base: string
  readonly port: number
  /** Saves files, and waits until a document of the site says what it should. */
  readonly change: (files: Files, path: string, says: (text: string) => boolean) => Promise<void>
  /** Runs a command in the site's folder while it is served. */
  readonly run: (...args: readonly string[]) => Promise<Finished>
  /** Waits until a document says what it should. */
  readonly wait: (path: string, says: (text: string) => boolean) => Promise<void>
  readonly close: () => Promise<void>
}

export async function serveSite(files: Files): Promise<ServedSite> {
  const folder = aProject(files)
  const port = await freePort()
  const server = start(['start'], { PORT: String(port) }, folder)
  const output = collect(server)
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const isUp = (): boolean => output.stdout.includes('Watching')
  await until(() => isUp() || server.exitCode !== null, 'the server starts')
  if (!isUp()) throw new Error(`The server ended: ${output.stderr}`)
  const base = `http://localhost:${port}`
  const wait: ServedSite['wait'] = (path, says) =>
    until(async () => says(await (await fetch(base + path)).text()), `${path} is served`)
  return {
    base,
    port,
    wait,
    async change(changed, path, says) {
      save(folder, changed)
      await wait(path, says)
    },
    run: (...args) => run(args, {}, folder),
    async close() {
      server.kill('SIGTERM')
      await closed
    },
  }
}
