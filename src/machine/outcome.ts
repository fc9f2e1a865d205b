/** The outcome of a command: for a person, for a program, and for a shell. */

import { type Message, messageLines, print, printJson } from './terminal.ts'

/**
 * Exit codes. `refused`: content, the ledger or the store's state forbids it. `usage`: no such verb
 * or option. `unreachable`: the store, the site or this disk failed. `unfinished`: run it again.
 */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3, unfinished: 4 } as const

export type Outcome = {
  readonly exit: keyof typeof EXIT
  /** For a person: on the standard output, or, where something is wrong, on the other one. */
  readonly words: Message
  /** For a program, as one JSON object. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Returns the outcome of a failure: its reason and facts, and the words for them. */
export function failed(
  failure: { readonly reason: string },
  words: Message,
  exit: Exclude<keyof typeof EXIT, 'done'> = 'refused',
): Outcome {
  const message = messageLines(words)
    .filter((line) => typeof line === 'string')
    .join('\n')
  return { exit, words, data: { failure: { ...failure, message } } }
}

let isAnswered = false

/**
 * Prints an outcome, and sets the code with which the process ends. A program gets one object; what
 * goes wrong after it was printed is told to a person.
 */
export function tell({ exit, words, data }: Outcome, json: boolean): void {
  if (json && !isAnswered) printJson({ ok: exit === 'done', ...data })
  else print(words, exit === 'done' ? 'stdout' : 'stderr')
  isAnswered = true
  process.exitCode = EXIT[exit]
}
