/**
 * YAML with places: a value, and where in the file each part of it stands.
 *
 * The only importer of the YAML library and the one place where valibot's issues become problems.
 */

import {
  type BaseIssue,
  type ErrorMessage,
  type GenericSchema,
  type InferOutput,
  type ObjectEntries,
  type StrictObjectIssue,
  type StrictObjectSchema,
  safeParse,
  strictObject,
} from 'valibot'
import { isMap, isScalar, LineCounter, type Pair, parseDocument, stringify } from 'yaml'
import type { Finding, Place, Problem } from './problem.ts'
import { nearest } from './text.ts'

type Path = readonly (string | number)[]

export type Yaml = {
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** Where the value at a path stands; where it is absent, the nearest thing around it. */
  readonly placeOf: (path: Path) => Place
  readonly placeOfKey: (path: Path) => Place
}

/** Parses YAML that begins at `line` of a file. */
export function parseYaml(text: string, file: string, line = 1): Yaml {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' })
  const placeAt = (offset: number): Place => {
    const position = lines.linePos(offset)
    return { file, line: position.line + line - 1, column: position.col }
  }
  const placeOf = (path: Path): Place => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      const range =
        node && typeof node === 'object' && 'range' in node ? (node.range as number[]) : undefined
      if (range?.[0] !== undefined) return placeAt(range[0])
    }
    return { file, line, column: 1 }
  }
  const placeOfKey = (path: Path): Place => {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    const pair = isMap(parent)
      ? parent.items.find((item) => keyOf(item) === path.at(-1))
      : undefined
    const key = pair?.key
    return isScalar(key) && key.range ? placeAt(key.range[0]) : placeOf(path)
  }
  const problems = document.errors.map((error) => ({
    ...placeAt(error.pos[0]),
    reason: 'yaml' as const,
    detail: error.message.replace(/\s+/g, ' ').replace(/\.$/, ''),
  }))
  if (problems.length > 0) return { value: undefined, problems, placeOf, placeOfKey }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problems, placeOf, placeOfKey }
  } catch (error) {
    // Aliases that multiply, or that name no anchor, are found out only when they are followed.
    const detail = error instanceof Error ? error.message : String(error)
    const problem = { file, line, column: 1, reason: 'yaml' as const, detail }
    return { value: undefined, problems: [problem], placeOf, placeOfKey }
  }
}

/** Checks a value against a schema: the value it stands for, or every problem it has. */
export function checked<S extends GenericSchema>(
  schema: S,
  yaml: Yaml,
): { readonly value: InferOutput<S> } | { readonly problems: readonly Problem[] } {
  const result = safeParse(schema, yaml.value)
  if (result.success) return { value: result.output }
  return { problems: result.issues.map((issue) => problemOf(issue, yaml)) }
}

/** An object with these keys and no others; its messages name the known keys, or what is missing. */
export function keyed<E extends ObjectEntries>(
  entries: E,
): StrictObjectSchema<E, ErrorMessage<StrictObjectIssue>> {
  return strictObject(entries, (issue) => {
    if (issue.expected === 'never') return Object.keys(entries).join(' ')
    if (issue.expected === 'Object')
      return `keys with values, such as ${Object.keys(entries).slice(0, 3).join(', ')}`
    const missing = entries[issue.expected.slice(1, -1)]
    return missing && 'message' in missing ? String(missing.message) : 'a value'
  })
}

function problemOf(issue: BaseIssue<unknown>, yaml: Yaml): Problem {
  const path = (issue.path ?? []).map((step) => step.key as string | number)
  const key = path.join('.')
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const near = nearest(String(path.at(-1)), issue.message.split(' '))
    return { ...yaml.placeOfKey(path), reason: 'unknown-key', key, near }
  }
  const finding: Finding =
    issue.type === 'strict_object' && issue.received === 'undefined' && key !== ''
      ? { reason: 'missing-key', key, expected: issue.message }
      : {
          reason: 'invalid-value',
          key: key || 'the YAML',
          expected: issue.message,
          found: found(issue.input),
        }
  return { ...yaml.placeOf(path), ...finding }
}

function found(input: unknown): string {
  if (input === null || input === undefined) return 'empty'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a set of keys'
  const text = String(input)
  return text.trim() === '' ? 'empty' : `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``
}

function keyOf(item: Pair): unknown {
  return isScalar(item.key) ? item.key.value : item.key
}

/** Front matter as it is written into a new file: lists on one line, long texts uncut. */
export function formatFrontMatter(value: Readonly<Record<string, unknown>>): string {
  return stringify(value, { lineWidth: 0, flowCollectionPadding: false })
}
