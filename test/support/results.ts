/** Results of what has to succeed. */

import type { Result } from '../../src/markup/result.ts'

/** Returns the value of a result; throws its failure, if it is one. */
export function must<Value>(result: Result<Value, unknown>): Value {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.failure))
}
