/** What a command comes to: for a person, for a program, and for a shell. */

/**
 * Exit codes. `refused`: content, the ledger or the store's state forbids it. `usage`: no such verb
 * or option. `unreachable`: the store, the site or this disk failed. `unfinished`: run it again.
 */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3, unfinished: 4 } as const

export type Outcome = {
  readonly exit: keyof typeof EXIT
  /** For a person: on the standard output, or, where something is wrong, on the other one. */
  readonly words: string
  /** For a program, as one JSON object. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Something failed: its reason and facts, and the words for them. */
export function failed(
  failure: { readonly reason: string },
  words: string,
  exit: Exclude<keyof typeof EXIT, 'done'> = 'refused',
): Outcome {
  return { exit, words, data: { failure: { ...failure, message: words } } }
}

/** Prints an outcome, and sets the code with which the process ends. */
export function tell({ exit, words, data }: Outcome, json: boolean): void {
  if (json) console.log(JSON.stringify({ ok: exit === 'done', ...data }, undefined, 2))
  else if (exit === 'done') console.log(words)
  else console.error(words)
  process.exitCode = EXIT[exit]
}
