/**
 * Old addresses in the one spelling by which both sides know them: what is declared at publish, and
 * what a request asks for. The query counts only as far as an old address has one.
 */

import { percentDecoded } from '../markup/text.ts'

/** The names of the parameters of an old address, in order: `['id', 'lang']`. */
export type ParameterNames = readonly string[]

/** The most sets of parameters that the old addresses of a site may have: each is asked for. */
export const MOST_PARAMETER_SETS = 8

/** Spells a path without what leads to the same page: `index.html`, and a slash at its end. */
export function barePath(path: string): string {
  return path.replace(/\/index\.html?$/i, '/').replace(/(?<=.)\/$/, '')
}

/** Lists the parameters of a query, each once. */
export function parametersOf(query: string): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    const name = decodedPart(at < 0 ? pair : pair.slice(0, at))
    if (pair !== '' && !all.has(name)) all.set(name, at < 0 ? '' : decodedPart(pair.slice(at + 1)))
  }
  return all
}

/** Lists the names of the parameters of a query, in order. */
export function parameterNames(query: string): ParameterNames {
  return [...parametersOf(query).keys()].sort()
}

/** Adds some parameters to a path, in one spelling; undefined if one of them is missing. */
export function withParameters(
  path: string,
  parameters: ReadonlyMap<string, string>,
  names: ParameterNames,
): string | undefined {
  const pairs = names.map((name) => {
    const value = parameters.get(name)
    return value === undefined
      ? undefined
      : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  })
  return pairs.includes(undefined) ? undefined : `${path}?${pairs.join('&')}`
}

function decodedPart(text: string): string {
  return percentDecoded(text.replaceAll('+', ' ')).toWellFormed()
}
