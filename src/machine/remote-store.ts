/**
 * The deployed KV, through wrangler's own commands, so that the operator's login, token and choice
 * of account just work. Every call takes over a second, so there are few, and large ones.
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
import { HEAD_KEY, type TidyStore } from '../edition/store.ts'
import { clock } from './platform.ts'
import { StoreError } from './store-refusal.ts'
import {
  type Namespace,
  type Pause,
  persist,
  wrangler,
  wranglerFinds,
  wranglerWrite,
} from './wrangler-command.ts'

/** Keys in one bulk read, which may bring 25 MB; and bulk reads that go at the same time. */
const KEYS_A_READ = 100
const READS_AT_ONCE = 4

/** The answer of `wrangler kv bulk get`: a value by key, bare or with its metadata. */
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

/** Metadata of a value: the instant of its writing, from which `prune` knows its age. */
const METADATA = optional(nullable(object({ written: optional(number()) })))
const LISTED = array(object({ name: string(), metadata: METADATA }))

export type RemoteStore = TidyStore & {
  /** Tells which namespace it is; undefined if wrangler does not tell. */
  readonly whose: () => Promise<Namespace | undefined>
  readonly close: () => Promise<void>
}

type Values = InferOutput<typeof BULK_ANSWER>

/**
 * Opens the deployed KV. It reads text only: editions, leaves and articles are, and a publisher
 * reads nothing else.
 */
export function openRemoteStore(pause: Pause): RemoteStore {
  const folder = mkdtempSync(join(tmpdir(), 'edgewire-remote-'))
  let files = 0
  let most = KEYS_A_READ
  let found: Promise<{ readonly namespace: Namespace | undefined; head?: Values }> | undefined
  /** Runs a command of wrangler's that takes its input from a file. */
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
  /** Reads `head` once, and learns in which namespace it lies: all later calls name that one. */
  const find = async (): ReturnType<typeof findOnce> => {
    found ??= findOnce()
    return found
  }
  const findOnce = async (): Promise<{ namespace: Namespace | undefined; head?: Values }> => {
    const command = (args: readonly string[]): ReturnType<typeof wranglerFinds> =>
      wranglerFinds(args, join(folder, 'wrangler.log'))
    const { printed, namespace } = await run(command, ['bulk', 'get'], [HEAD_KEY])
    return { namespace, head: parse(BULK_ANSWER, JSON.parse(printed)) }
  }
  const read = async (keys: readonly string[]): Promise<Values> => {
    const { namespace } = await find()
    const command = (args: readonly string[]): Promise<string> => wrangler(args, namespace)
    return parse(BULK_ANSWER, JSON.parse(await run(command, ['bulk', 'get'], keys)))
  }
  /** Reads some keys; if that is too much for one answer, halves them, and all later slices too. */
  const readSlice = async (keys: readonly string[]): Promise<Values> => {
    try {
      return await read(keys)
    } catch (error) {
      const isTooLarge = error instanceof StoreError && error.refusal.reason === 'too-large'
      if (!isTooLarge || keys.length === 1) throw error
      const half = Math.ceil(keys.length / 2)
      most = Math.min(most, half)
      return { ...(await readSlice(keys.slice(0, half))), ...(await readSlice(keys.slice(half))) }
    }
  }
  const readAll = async (keys: readonly string[]): Promise<Values> => {
    const values: Values = {}
    for (let from = 0; from < keys.length; ) {
      const group = slicesOf(keys.slice(from, from + READS_AT_ONCE * most), most)
      from += READS_AT_ONCE * most
      Object.assign(values, ...(await Promise.all(group.map(readSlice))))
    }
    return values
  }
  const write = async (verb: readonly string[], input: unknown): Promise<void> => {
    const { namespace } = await find()
    await run((args) => wranglerWrite(args, namespace), verb, input)
  }
  return {
    whose: async () => (await find()).namespace,
    async get(keys) {
      const first = await find()
      // The `head` that `find` has read is used once; every later read asks again.
      const { head } = first
      if (keys.includes(HEAD_KEY)) delete first.head
      const known = keys.includes(HEAD_KEY) && head ? head : {}
      const asked = keys.filter((key) => !Object.hasOwn(known, key))
      const values = { ...known, ...(await readAll(asked)) }
      const encoder = new TextEncoder()
      return keys.map((key) => {
        const text = values[key]
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
      await write(['bulk', 'put'], body)
      stored?.(pairs.map(([key]) => key))
    },
    async list() {
      const { namespace } = await find()
      const args = ['key', 'list', '--prefix', 'o/']
      const printed = await persist(() => wrangler(args, namespace), pause)
      return parse(LISTED, JSON.parse(printed)).map(({ name, metadata }) => ({
        key: name,
        written: metadata?.written,
      }))
    },
    async remove(keys) {
      if (keys.length > 0) await write(['bulk', 'delete', '--force'], keys)
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
