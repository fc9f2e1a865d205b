/**
 * Results: what was asked for, or why there is none. Whatever is expected to fail returns one, and
 * whoever asked looks which it is before using either; what nobody expects is thrown.
 */

export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure }

/** Makes the result of what went well. */
export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value }
}

/** Makes the result of what failed; `failure` says why. */
export function fail<Failure>(failure: Failure): Result<never, Failure> {
  return { ok: false, failure }
}
