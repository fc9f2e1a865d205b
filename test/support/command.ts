/** The real command line, as a person runs it. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { anArticle, type Files, SITE } from './corpus.ts'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/cli/main.ts')
/** The project's own configuration, from wherever it is run. */
const WRANGLER = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8').replace(
  'main = "',
  `main = "${ROOT}/`,
)

export type Finished = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const folders: string[] = []
const running = new Set<ChildProcess>()

/** Registered for every test file that makes projects: no command outlives its folder. */
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A project of its own; `content/site.yaml` and one article are there unless given. */
export function aProject(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'edgewire-test-'))
  folders.push(folder)
  save(folder, {
    'wrangler.toml': WRANGLER,
    'content/site.yaml': SITE,
    'content/hello.md': anArticle(),
    ...files,
  })
  return folder
}

export function save(folder: string, files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
}

/** The command is started often, and wrangler is large. */
const COMPILED = join(tmpdir(), 'edgewire-test-compile-cache')

type Env = Readonly<Record<string, string>>

/** Starts the command in a folder, by default that of the project itself. */
export function start(args: readonly string[], env: Env = {}, cwd: string = ROOT): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** The last command that was run in a folder. */
const last = new Map<string, Promise<unknown>>()

/** Runs a command; in one folder one after the other, since the local KV is one database. */
export function run(args: readonly string[], env: Env = {}, cwd: string = ROOT): Promise<Finished> {
  const before = last.get(cwd) ?? Promise.resolve()
  const ended = before.then(() => finished(start(args, env, cwd)))
  last.set(cwd, ended)
  return ended
}

/** Waits for a command to end. */
export async function finished(child: ChildProcess): Promise<Finished> {
  const output = collect(child)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, ...output }
}

/** What a command has printed so far. */
export function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (data: Buffer) => {
    output.stdout += data.toString()
  })
  child.stderr?.on('data', (data: Buffer) => {
    output.stderr += data.toString()
  })
  return output
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, 'localhost', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Waits until something holds: for what another process does. Fails after two minutes. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 120_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It never came to pass: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
