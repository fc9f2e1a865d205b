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
    const [name, value] = nameAndValueOf(pair)
    if (pair !== '' && !all.has(name)) all.set(name, value)
  }
  return all
}

/** Leaves some parameters out of a query; the others stay as they are written. */
export function withoutParameters(query: string, names: ParameterNames): string {
  if (query === '' || names.length === 0) return query
  const left = query.split('&').filter((pair) => !names.includes(nameAndValueOf(pair)[0]))
  return left.join('&')
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

function nameAndValueOf(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  if (at < 0) return [decodedPart(pair), '']
  return [decodedPart(pair.slice(0, at)), decodedPart(pair.slice(at + 1))]
}

function decodedPart(text: string): string {
  return percentDecoded(text.replaceAll('+', ' ')).toWellFormed()
}
