/** The members of a JSON object that may be anything; none, if it is no such thing. */

const decoder = new TextDecoder()

export function membersOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(decoder.decode(bytes)) ?? {}
  } catch {
    return {}
  }
}

/** Tells whether a value is an integer from 0 to `most`. */
export function isWholeNumber(
  value: unknown,
  most: number = Number.MAX_SAFE_INTEGER,
): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
}
