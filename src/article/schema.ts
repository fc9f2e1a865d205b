/**
 * Schemas of what people write, and the one place where valibot's issues become problems.
 *
 * Objects have keys that are known, or names that somebody chose; nothing of either is dropped.
 */

import {
  array,
  type BaseIssue,
  check,
  custom,
  type ErrorMessage,
  type GenericSchema,
  type InferInput,
  type InferOutput,
  maxLength,
  type ObjectEntries,
  type OutputDataset,
  object,
  pipe,
  type StrictObjectIssue,
  type StrictObjectSchema,
  safeParse,
  strictObject,
  transform,
} from 'valibot'
import { fail, ok, type Result } from '../markup/result.ts'
import { nearest } from '../markup/text.ts'
import { type TranslatedKeys, translateKeys } from './foreign-keys.ts'
import type { Vocabulary } from './foreign-words.ts'
import { LONGEST_ID } from './id.ts'
import type { Finding, Problem } from './problem.ts'
import type { Yaml } from './yaml.ts'

/** Problems that are told of one value: more than a person mends in one go. */
const MOST_ISSUES = 100

/**
 * Checks a value against a schema, each part of it until the first fault: the value it stands for,
 * or the problems it has.
 */
export function validate<S extends GenericSchema>(
  schema: S,
  yaml: Yaml,
): Result<InferOutput<S>, readonly Problem[]> {
  const result = safeParse(schema, yaml.value, { abortPipeEarly: true })
  if (result.success) return ok(result.output)
  const issues = result.issues.slice(0, MOST_ISSUES)
  return fail(issues.map((issue) => problemOf(issue, yaml)))
}

/**
 * Makes the form of an object with these keys and no others; its messages name the key that was
 * meant, or the one that is missing. What stands under a key of another system is judged as what is
 * meant. valibot's own stops at the first key that it does not know.
 */
export function keyed<E extends ObjectEntries>(
  entries: E,
  vocabulary: Vocabulary = { meant: {} },
): StrictObjectSchema<E, ErrorMessage<StrictObjectIssue>> {
  const known = Object.keys(entries)
  const form = strictObject(entries, (issue): string => {
    if (issue.expected === 'never') return known.join(' ')
    if (issue.expected === 'Object')
      return `keys with values, such as ${known.slice(0, 3).join(', ')}`
    return expectationOf(entries[issue.expected.slice(1, -1)])
  })
  const run: (typeof form)['~run'] = (dataset, config) => {
    const { value, written, told } = translateKeys(dataset.value, { known, vocabulary })
    const read = form['~run']({ ...dataset, value }, config)
    const first = read.issues?.find(({ expected, path }) => expected === 'never' && !path?.[1])
    const [step] = first?.path ?? []
    const others = Object.keys(first && step ? Object(value) : {}).filter(
      (key) => !known.includes(key) && key !== step?.key,
    )
    const issues = others.map((key) => ({ ...first, input: key, path: [{ ...step, key }] }))
    read.issues?.push(...(issues as unknown as typeof read.issues))
    return told.length === 0 ? read : withForeignKeys(read, { value, written, told })
  }
  return { ...form, '~run': run }
}

/** Adds the foreign keys of an object to what was read of it; its issues name keys as written. */
function withForeignKeys<Read extends OutputDataset<unknown, BaseIssue<unknown>>>(
  read: Read,
  { value, written, told }: TranslatedKeys,
): Read {
  for (const { path } of read.issues ?? []) {
    const [step] = path ?? []
    if (step) Object.assign(step, { key: written.get(String(step.key)) ?? step.key })
  }
  const base = { kind: 'schema', type: FOREIGN_KEY, expected: null } as const
  const issues = told.map(({ key, advice }) => {
    const step = { type: 'object', origin: 'key', input: value, key, value: undefined }
    return { ...base, input: key, received: key, message: advice, path: [step] }
  })
  return { ...read, typed: false, issues: [...issues, ...(read.issues ?? [])] }
}

const FOREIGN_KEY = 'foreign_key'

/** Returns what the form of a key that is missing expects. */
function expectationOf(form: ObjectEntries[string] | undefined): string {
  if (!form || !('message' in form)) return 'a value'
  const { message } = form
  return typeof message === 'function' ? String(message({ input: undefined })) : String(message)
}

/**
 * Values by names that somebody chose. valibot's own records drop some names without a word, such
 * as `constructor`; here each is an entry of a list until all are checked.
 */
export function recordOf<V extends GenericSchema>(
  name: GenericSchema<string, string>,
  value: V,
  expected: string,
) {
  type Entry = RecordEntry<InferOutput<V>>
  // The compiler cannot know that a value of this generic kind is not optional.
  const plain = object({ name, value }) as unknown as GenericSchema<
    RecordEntry<InferInput<V>>,
    Entry
  >
  const entry: GenericSchema<RecordEntry<InferInput<V>>, Entry> = pipe(
    plain,
    transform((one) => new RecordEntry(one.name, one.value)),
  )
  return pipe(
    custom<object>(isNames, expected),
    transform((given) =>
      Object.entries(given).map(([key, one]) => new RecordEntry<InferInput<V>>(key, one)),
    ),
    array(entry),
    maxLength(MOST_RECORD_ENTRIES, `at most ${MOST_RECORD_ENTRIES} of them`),
    check((all: Entry[]) => areDistinct(all), 'each name once'),
    transform(
      (all): Readonly<Record<string, InferOutput<V>>> =>
        Object.fromEntries(all.map((one) => [one.name, one.value])),
    ),
  )
}

function areDistinct(all: readonly RecordEntry<unknown>[]): boolean {
  return new Set(all.map(({ name }) => name)).size === all.length
}

/** The most sections, tags or authors that a site may describe. */
const MOST_RECORD_ENTRIES = 5000

class RecordEntry<T> {
  readonly name: string
  readonly value: T

  constructor(name: string, value: T) {
    this.name = name
    this.value = value
  }
}

function isNames(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

/** Returns the path of an issue in the YAML: an entry of names is no step of its own. */
function pathOfIssue({ path }: BaseIssue<unknown>): (string | number)[] {
  return (path ?? []).flatMap(({ key, input, value }) => {
    if (input instanceof RecordEntry) return []
    return [value instanceof RecordEntry ? value.name : (key as string | number)]
  })
}

function problemOf(issue: BaseIssue<unknown>, yaml: Yaml): Problem {
  const path = pathOfIssue(issue)
  const key = path.map((step) => shortened(String(step))).join('.')
  if (issue.type === FOREIGN_KEY)
    return { ...yaml.placeOfKey(path), reason: 'foreign-key', key, advice: issue.message }
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const word = String(path.at(-1))
    const near = word.length > LONGEST_ID ? [] : nearest(word, issue.message.split(' '))
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
  if (Array.isArray(input) && !(input[0] instanceof RecordEntry)) return 'a list'
  if (typeof input === 'object') return 'a set of keys'
  const text = String(input)
  return text.trim() === '' ? 'empty' : `\`${shortened(text)}\``
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
