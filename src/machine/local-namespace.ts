/**
 * The namespace in which the emulation keeps the binding EDGEWIRE, read from `wrangler.toml` as
 * wrangler would. Loading wrangler to ask for it takes longer than everything else that a verb does.
 */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { array, object, optional, record, safeParse, string } from 'valibot'
import { parseToml } from '../article/toml.ts'

const BOUND_NAMESPACES = optional(
  array(object({ binding: string(), id: optional(string()), preview_id: optional(string()) })),
)
const SETTINGS = object({
  kv_namespaces: BOUND_NAMESPACES,
  env: optional(record(string(), object({ kv_namespaces: BOUND_NAMESPACES }))),
})

/** Configurations that wrangler reads instead of `wrangler.toml`, wherever they lie above. */
const OTHER_CONFIGURATIONS = ['wrangler.json', 'wrangler.jsonc', '.wrangler/deploy/config.json']

/** The names that are folders, too. Shorter ones could be devices to Windows (`aux`, `com1`). */
const PLAIN_NAME = /^[\w-]{5,100}$/

/**
 * Returns the namespace for a folder; undefined wherever wrangler itself has to be asked: with
 * another configuration, a binding that is not there once, or anything unusual.
 */
export function localNamespace(folder: string): string | undefined {
  if (OTHER_CONFIGURATIONS.some((name) => findAbove(folder, name) !== undefined)) return undefined
  const file = findAbove(folder, 'wrangler.toml')
  const read = safeParse(SETTINGS, file && parseToml(readFileSync(file, 'utf8')))
  if (!read.success) return undefined
  const environment = process.env['CLOUDFLARE_ENV']
  const settings = environment ? read.output.env?.[environment] : read.output
  const [found, second] = (settings?.kv_namespaces ?? []).filter(
    ({ binding }) => binding === 'EDGEWIRE',
  )
  if (!found || second) return undefined
  const name = found.preview_id ?? found.id ?? found.binding
  return PLAIN_NAME.test(name) ? name : undefined
}

/** Finds a file in a folder, or in the nearest one above that has it. */
function findAbove(folder: string, name: string): string | undefined {
  const file = join(folder, name)
  if (existsSync(file)) return file
  const above = dirname(folder)
  return above === folder ? undefined : findAbove(above, name)
}
