/** Addresses that are written down under a key, as they were judged. */

import type { FilePlace } from './place.ts'
import type { Report } from './problem.ts'
import type { AddressVerdict } from './web-address.ts'

/** A place at which an address is written down: its key, for words, and where it stands. */
export type Slot = { readonly key: string; readonly place: () => FilePlace }

/** Returns the address that was judged; undefined after a refusal was reported. */
export function accepted(
  judged: AddressVerdict,
  address: string,
  { key, place }: Slot,
  report: Report,
): string | undefined {
  if (judged.ok) return judged.value
  return void report({
    ...place(),
    reason: 'refused-address',
    key,
    address,
    refusal: judged.failure,
  })
}
