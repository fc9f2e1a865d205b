/** Products: the objects that an edition is made of, each with what was found wrong while it was made. */

import type { Digest } from '../article/platform.ts'
import type { WrittenObject } from '../edition/object.ts'
import { type Findings, type Malformed, NOTHING_FOUND } from './findings.ts'

/** An object as it is written, and what no parser would accept of it. */
export type Rendering = WrittenObject & { readonly malformed?: readonly Malformed[] }

/** An object that is made, or known already. */
export type Product = { readonly digest: Digest; readonly findings: Findings }

/** A document of an edition: its name, and its object. */
export type NamedProduct = readonly [name: string, product: Product]

/** Makes the product of an object with which nothing is wrong. */
export function soundProduct(digest: Digest): Product {
  return { digest, findings: NOTHING_FOUND }
}
