/** Old addresses: of articles, and of the documents of feeds, with a query or without. */

import {
  barePath,
  type ParameterNames,
  parametersOf,
  withParameters,
} from '../article/old-address.ts'
import type { ArticleFacts, RegisterFacts } from '../edition/facts.ts'
import { aliasName } from '../edition/names.ts'
import { LONGEST_QUERY } from './addresses.ts'
import { type Absence, isFailure } from './failure.ts'
import { lookUp, type Reading } from './reading.ts'
import { spellingsOf, writtenPath, writtenQuery } from './spelling.ts'

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

/** The path to which an old address leads, and the parameters by which it was found. */
export type Moved = { readonly path: string; readonly taken: ParameterNames }

/**
 * Finds the path to which an old address leads by its query. Only parameters that old addresses of
 * this edition have are looked up: any other query costs nothing.
 */
export async function findMovedByQuery(
  url: string,
  reading: Reading,
): Promise<Moved | undefined | Absence> {
  const sets = reading.facts.site.parameters ?? []
  const query = writtenQuery(url)
  if (query === '' || sets.length === 0 || query.length > LONGEST_QUERY) return undefined
  const parameters = parametersOf(query)
  const paths = [...spellingsOf(writtenPath(url))]
  for (const [path, taken] of paths.flatMap((path) =>
    sets.map((taken) => [path, taken] as const),
  )) {
    const name = withParameters(path, parameters, taken)
    const found = name && (await findMoved(name, reading))
    if (found) return isFailure(found) ? found : { path: found, taken }
  }
  return undefined
}
