/**
 * The deployed KV, through wrangler's own commands, so that the operator's login, token and choice
 * of account just work. Every call takes over a second: few, large ones.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  array,
  type InferOutput,
  nullable,
  number,
  object,
  optional,
  parse,
  pipe,
  record,
  string,
  transform,
  union,
} from 'valibot'
import type { TidyStore } from '../edition/store.ts'
import { clock } from './platform.ts'
import { type Pause, persist, wrangler, wranglerWrite } from './wrangler-command.ts'

/** Keys in one bulk read, and how many of those go at once. */
const MOST_KEYS = 100
const AT_ONCE = 4

/** What `wrangler kv bulk get` prints: a value by key, bare or with its metadata. */
const BULK_ANSWER = record(
  string(),
  nullable(
    union([
      string(),
      pipe(
        object({ value: nullable(string()) }),
        transform(({ value }) => value),
      ),
    ]),
  ),
)

/** What is noted beside a value, so that `prune` knows its age. */
const METADATA = optional(nullable(object({ written: optional(number()) })))
const LISTED = array(object({ name: string(), metadata: METADATA }))

export type RemoteStore = TidyStore & { readonly close: () => Promise<void> }

/** Reads only what is text: editions, leaves and articles are, and a publisher reads no others. */
export function openRemoteStore(pause: Pause): RemoteStore {
  const folder = mkdtempSync(join(tmpdir(), 'edgewire-remote-'))
  let files = 0
  /** Runs something of wrangler's with a file for its input. */
  const run = async <Result>(
    command: (args: readonly string[]) => Promise<Result>,
    verb: readonly string[],
    input: unknown,
  ): Promise<Result> => {
    files += 1
    const file = join(folder, `${files}.json`)
    writeFileSync(file, JSON.stringify(input))
    try {
      return await persist(() => command([...verb, file]), pause)
    } finally {
      rmSync(file)
    }
  }
  const readSlice = async (keys: readonly string[]): Promise<InferOutput<typeof BULK_ANSWER>> =>
    parse(BULK_ANSWER, JSON.parse(await run(wrangler, ['bulk', 'get'], keys)))
  return {
    async get(keys) {
      const slices = slicesOf(keys, MOST_KEYS)
      const found: InferOutput<typeof BULK_ANSWER> = {}
      for (const group of slicesOf(slices, AT_ONCE))
        Object.assign(found, ...(await Promise.all(group.map(readSlice))))
      const encoder = new TextEncoder()
      return keys.map((key) => {
        const text = found[key]
        return typeof text === 'string' ? encoder.encode(text) : undefined
      })
    },
    async put(pairs, stored) {
      const metadata = { written: clock() }
      const body = pairs.map(([key, value]) => ({
        key,
        value: Buffer.from(value).toString('base64'),
        base64: true,
        metadata,
      }))
      await run(wranglerWrite, ['bulk', 'put'], body)
      stored?.(pairs.map(([key]) => key))
    },
    async list() {
      const printed = await persist(() => wrangler(['key', 'list', '--prefix', 'o/']), pause)
      return parse(LISTED, JSON.parse(printed)).map(({ name, metadata }) => ({
        key: name,
        written: metadata?.written,
      }))
    },
    async remove(keys) {
      if (keys.length > 0) await run(wranglerWrite, ['bulk', 'delete', '--force'], keys)
    },
    async close() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function slicesOf<Item>(items: readonly Item[], length: number): Item[][] {
  const count = Math.ceil(items.length / length)
  return Array.from({ length: count }, (_, n) => items.slice(n * length, (n + 1) * length))
}
