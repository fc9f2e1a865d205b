/** Old addresses: of articles, and of the documents of feeds, with a query or without. */

import type { Context } from 'hono'
import { barePath, parametersOf, withParameters } from '../article/old-address.ts'
import type { ArticleFacts, RegisterFacts } from '../edition/facts.ts'
import { aliasName } from '../edition/names.ts'
import { LONGEST_QUERY } from './addresses.ts'
import { type Absence, isFailure } from './failure.ts'
import { lookUp, type Reading } from './reading.ts'
import type { HonoEnv } from './serve.ts'

/** Finds the path to which an old one leads; undefined for any other. */
export async function findMoved(
  path: string,
  reading: Reading,
): Promise<string | undefined | Absence> {
  const name = barePath(path)
  const found = await lookUp<ArticleFacts & RegisterFacts>('documents', aliasName(name), reading)
  if (!found || isFailure(found)) return found
  const { header, facts } = found.object
  switch (header.type) {
    case 'article':
    case 'retraction':
      return `/articles/${facts.id}`
    case 'register':
      return facts.addresses?.[name]
    default:
      return undefined
  }
}

/**
 * Finds the path to which an old address leads by its query. Only parameters that old addresses of
 * this edition have are looked up: any other query costs nothing.
 */
export async function findMovedByQuery(
  c: Context<HonoEnv>,
  path: string,
  reading: Reading,
): Promise<string | undefined | Absence> {
  const { url } = c.req
  const sets = reading.facts.site.parameters ?? []
  const at = url.indexOf('?')
  if (at < 0 || sets.length === 0 || url.length - at > LONGEST_QUERY) return undefined
  const parameters = parametersOf(url.slice(at + 1))
  for (const names of sets) {
    const name = withParameters(barePath(path), parameters, names)
    const found = name === undefined ? undefined : await findMoved(name, reading)
    if (found !== undefined) return found
  }
  return undefined
}
