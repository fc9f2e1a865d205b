/**
 * The terminal, and the CI that reads along. Nothing else writes to either.
 *
 * Line breaks, colour and commands for GitHub are edgewire's own: they are structure, and no text
 * can become one. A text may hold whatever a contributor or a server chose, so every character of
 * it that could steer a terminal or a CI is written out.
 */

import { stripVTControlCharacters, styleText } from 'node:util'
import type { FilePlace } from '../article/place.ts'

/** A line of a message: text from anywhere, or what only this program may say. */
export type MessageLine = string | { readonly alarm: string } | { readonly annotation: Annotation }

type Annotation = FilePlace & { readonly level: 'error' | 'notice'; readonly message: string }

/** A message: lines, or a bare text, which is one line whatever is in it. */
export type Message = string | readonly MessageLine[]

type Stream = 'stdout' | 'stderr'

/**
 * The controls of Unicode (C0, DEL, C1), halves of surrogate pairs, line and paragraph separators,
 * and what turns the direction of everything behind it (UAX #9 §2: embeddings, overrides,
 * isolates).
 */
const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu
/**
 * The beginning of a GitHub command, `::name`, at the start of a line, whatever space is before it.
 */
const COMMAND = /^(\s*:):/u
/**
 * The older form of a GitHub command, `##[name]`, anywhere; `##vso[`, `##teamcity[` are the same to
 * others.
 */
const MARKED_COMMAND = /#(?=#[\w.-]*\[)/g

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Writes a text as it may stand in a line: one line, which steers nothing. */
export function visible(text: string): string {
  return text
    .replace(STEERING, (character) => SHORT[character] ?? escapeCharacter(character))
    .replace(COMMAND, '$1\\x3a')
    .replace(MARKED_COMMAND, '\\x23')
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}

/** Writes a value as one JSON text, in which the same characters are escaped as JSON does it. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(STEERING, (character) =>
      character === '\n' ? character : `\\u${hex(character.charCodeAt(0), 4)}`,
    )
    .replace(MARKED_COMMAND, '\\u0023')
}

/** Returns the lines of a message. */
export function messageLines(words: Message): readonly MessageLine[] {
  return typeof words === 'string' ? [words] : words
}

/** Splits what another program said into lines, each of which stays a text. */
export function quoted(text: string): string[] {
  return stripVTControlCharacters(text).trim().split(/\r?\n/)
}

/** Prints a message for a person. */
export function print(words: Message, stream: Stream = 'stdout'): void {
  const { [stream]: out } = process
  out.write(formatMessage(words, out))
}

/** Formats a message as it is printed on a stream, with colour if that shows it. */
export function formatMessage(words: Message, stream: NodeJS.WriteStream): string {
  return messageLines(words)
    .map((line) => `${formatLine(line, stream)}\n`)
    .join('')
}

/** Prints the one object that a program asked for. */
export function printJson(value: unknown): void {
  process.stdout.write(`${formatJson(value)}\n`)
}

function formatLine(line: MessageLine, stream: NodeJS.WriteStream): string {
  if (typeof line === 'string') return visible(line)
  if ('alarm' in line) return styleText('red', visible(line.alarm), { stream })
  return formatAnnotation(line.annotation)
}

/** Writes a workflow command of GitHub, and escapes the characters that have a meaning in one. */
function formatAnnotation({ level, file, line, column, message }: Annotation): string {
  const data = (text: string): string => visible(text).replaceAll('%', '%25')
  const property = (text: string): string =>
    data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::${level} file=${property(file)},line=${line},col=${column}::${data(message)}`
}

/**
 * Keeps libraries from printing: whatever matters of them is thrown, or asked for. Lets a reader of
 * the output leave early, as `| head` does: what a command does, and its exit code, stay the same.
 */
export function ownTerminal(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  const silence = (): void => undefined
  for (const [name, method] of Object.entries(console))
    if (typeof method === 'function' && !/^[A-Z]/.test(name))
      Object.assign(console, { [name]: silence })
  process.removeAllListeners('warning')
}
