/**
 * Expected failures: values with a reason, as problems are, and never exceptions. Whoever cannot
 * go on hands one on, and `serve.ts` puts into words what is left when no edition can be read.
 */

export type ReadFailure<Reason extends string = string> = { readonly reason: Reason }

/** The failure to read here and now what an edition names. */
export type Absence = ReadFailure<'missing'>

export const MISSING: Absence = { reason: 'missing' }

/** Tells whether a value is a failure. */
export function isFailure(value: unknown): value is ReadFailure {
  return value instanceof Object && 'reason' in value
}
