/**
 * YAML with places: a value, and where in the file each part of it stands.
 *
 * The only importer of the YAML library. Whatever the text is, it is read in steps that grow with
 * its length and no faster, or not at all.
 */

import {
  Composer,
  type CST,
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type Pair,
  Parser,
  stringify,
  visit,
} from 'yaml'
import { fail, ok, type Result } from '../markup/result.ts'
import type { FilePlace } from './place.ts'
import type { Problem } from './problem.ts'
import { badEscapeIn, type Fault } from './yaml-escapes.ts'

/** The path of a value: keys, and places in lists. */
export type KeyPath = readonly (string | number)[]

export type Yaml = {
  readonly value: unknown
  /**
   * Returns the place of the value at a path; where it is absent, of the nearest thing around it.
   * Entries of a map may be numbered: a name is not always spelled as it was written.
   */
  readonly placeOf: (path: KeyPath) => FilePlace
  readonly placeOfKey: (path: KeyPath) => FilePlace
  /** Lists the values without quotes that end at a comment on their line. */
  readonly ends: () => readonly EndAtComment[]
}

/** A value that ends at a comment: its place, the key that it belongs to, and the comment. */
export type EndAtComment = {
  readonly place: FilePlace
  readonly key: string
  readonly comment: string
}

/**
 * Lists and keys within each other: the library's functions call themselves as deep as they are.
 */
const DEEPEST = 30

/** Uses of anchors: each of them looks through all anchors. */
const MOST_ALIASES = 100

/** Faults that are told of a text: what follows the first is often a part of it. */
const MOST_FAULTS = 20

/** How much a text may have, in characters and in what YAML tells apart: words, signs, spaces. */
export type Limits = { readonly length: number; readonly lexemes: number }

/** Parses YAML that begins at `line` of a file. */
export function parseYaml(
  text: string,
  file: string,
  limits: Limits,
  line = 1,
): Result<Yaml, readonly Problem[]> {
  const lines = new LineCounter()
  const placeAt = (offset: number): FilePlace => {
    const position = lines.linePos(offset)
    return { file, line: position.line + line - 1, column: position.col }
  }
  if (text.length > limits.length) {
    const size = { length: text.length, most: limits.length }
    return fail([{ file, line, column: 1, reason: 'yaml-too-large', ...size }])
  }
  const read = composeDocument(text, lines, limits.lexemes)
  if (!read.ok) {
    const told = read.failure.slice(0, MOST_FAULTS)
    return fail(told.map(({ at, detail }) => ({ ...placeAt(at), reason: 'yaml' as const, detail })))
  }
  const { document, value } = read.value
  const placeOf = (path: KeyPath): FilePlace => {
    for (let length = path.length; length > 0; length--) {
      const node = nodeAt(document, path.slice(0, length))
      const range =
        node && typeof node === 'object' && 'range' in node ? (node.range as number[]) : undefined
      if (range?.[0] !== undefined) return placeAt(range[0])
    }
    return { file, line, column: 1 }
  }
  const placeOfKey = (path: KeyPath): FilePlace => {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    const pair = isMap(parent)
      ? parent.items.find((item) => keyOfPair(item) === path.at(-1))
      : undefined
    const key = pair?.key
    return isScalar(key) && key.range ? placeAt(key.range[0]) : placeOf(path)
  }
  const ends = (): EndAtComment[] => endsIn(document, text, placeAt)
  return ok({ value, placeOf, placeOfKey, ends })
}

type ReadDocument = { readonly document: Document; readonly value: unknown }

function composeDocument(
  text: string,
  lines: LineCounter,
  most: number,
): Result<ReadDocument, readonly Fault[]> {
  const tokens = tokensOf(text, lines, most)
  if (!tokens.ok) return fail([tokens.failure])
  // The library compares each key with all others: here, that is done with a set.
  const composer = new Composer({ schema: 'core', uniqueKeys: false, logLevel: 'error' })
  const [document, second] = composer.compose(tokens.value, true, text.length)
  if (!document) return fail([{ at: 0, detail: 'there is none' }])
  const faults = document.errors.map(({ pos, message }) => ({
    at: pos[0],
    detail: message.replace(/\s+/g, ' ').replace(/\.$/, ''),
  }))
  if (second) faults.push({ at: second.range[0], detail: 'there is more than one document' })
  faults.push(...faultsOf(document))
  if (faults.length > 0) return fail(faults)
  try {
    return ok({ document, value: document.toJS({ maxAliasCount: MOST_ALIASES }) })
  } catch (error) {
    // Aliases that multiply, or that name no anchor, are found out only when they are followed.
    return fail([{ at: 0, detail: error instanceof Error ? error.message : String(error) }])
  }
}

/** Reads the tokens of a text. One with too many of anything is not even parsed to its end. */
function tokensOf(text: string, lines: LineCounter, most: number): Result<CST.Token[], Fault> {
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let [lexemes, errors] = [0, 0]
  const keep = (token: CST.Token): void => {
    tokens.push(token)
    if (token.type === 'error') errors++
  }
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    const fault = badEscapeIn(lexeme, parser.offset)
    for (const token of parser.next(lexeme)) keep(token)
    if (fault) return fail(fault)
    if (errors >= MOST_FAULTS) return ok(tokens)
    if (parser.stack.length > DEEPEST)
      return fail({ at: parser.offset, detail: `it is nested more than ${DEEPEST} deep` })
    if (++lexemes > most) return fail({ at: parser.offset, detail: 'it has too many parts' })
  }
  for (const token of parser.end()) keep(token)
  return ok(tokens)
}

/**
 * Finds faults that the library passes over, or takes too many steps to find: keys twice, and many
 * aliases.
 */
function faultsOf(document: Document): Fault[] {
  const faults: Fault[] = []
  let aliases = 0
  visit(document, {
    Alias(_, { range }) {
      aliases++
      if (aliases > MOST_ALIASES)
        faults.push({ at: range?.[0] ?? 0, detail: `it has more than ${MOST_ALIASES} aliases` })
      return aliases > MOST_ALIASES ? visit.BREAK : undefined
    },
    Map(_, { items }) {
      faults.push(...faultsOfKeys(items))
    },
  })
  return faults
}

function faultsOfKeys(items: readonly Pair[]): Fault[] {
  const keys = new Set<string>()
  return items.flatMap(({ key }) => {
    const at = isNode(key) ? (key.range?.[0] ?? 0) : 0
    if (!isScalar(key)) return [{ at, detail: 'a key has to be a word' }]
    const name = String(key.value)
    if (keys.has(name)) return [{ at, detail: 'Map keys must be unique' }]
    keys.add(name)
    return []
  })
}

/** Finds what stands at a path. A number at which there is a map means one of its entries. */
function nodeAt(document: Document, path: KeyPath): unknown {
  return path.reduce<unknown>((node, step) => {
    if (isMap(node) && typeof step === 'number') return node.items[step]?.value
    return isCollection(node) ? node.get(step, true) : undefined
  }, document.contents)
}

function endsIn(
  document: Document,
  text: string,
  placeAt: (offset: number) => FilePlace,
): EndAtComment[] {
  const ends: EndAtComment[] = []
  visit(document, {
    Scalar(position, { type, range }, path) {
      const [start, end] = range ?? []
      if (position === 'key' || type !== 'PLAIN' || start === undefined || end === undefined) return
      const [, comment] = /^[ \t]+(#[^\r\n]*)/.exec(text.slice(end, end + MOST_COMMENT)) ?? []
      if (start === end || comment === undefined) return
      const pair = path.findLast(isPair)
      ends.push({ place: placeAt(start), key: String(pair && keyOfPair(pair)), comment })
    },
  })
  return ends
}

/** Characters of a comment that are looked at: more than a message shows. */
const MOST_COMMENT = 200

function keyOfPair(item: Pair): unknown {
  return isScalar(item.key) ? item.key.value : item.key
}

/** Writes a value as YAML on one line, for messages. */
export function formatOnOneLine(value: unknown): string {
  const style = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false } as const
  return stringify(value, style).trim()
}

/** Writes the front matter of a new file: lists on one line, long texts uncut. */
export function formatFrontMatter(value: Readonly<Record<string, unknown>>): string {
  return stringify(value, { lineWidth: 0, flowCollectionPadding: false })
}
