/**
 * The machine, as far as the pure rooms need it. They never reach for it themselves:
 * whoever calls them passes it in, so that the same input gives the same edition everywhere.
 */

/** SHA-256 of bytes, as 43 characters of base64url. */
export type Digest = string

export type Platform = {
  /** Returns the SHA-256 of bytes, as base64url without padding. */
  readonly digest: (bytes: Uint8Array) => Digest
  /**
   * Packs bytes as gzip (RFC 1952), without a name and without a time, so that it is repeatable on
   * one machine.
   */
  readonly gzip: (bytes: Uint8Array) => Uint8Array
  /** Unpacks gzip of so many bytes; undefined if these are other bytes. */
  readonly gunzip: (bytes: Uint8Array, size: number) => Uint8Array | undefined
  /**
   * Returns the absolute form of a URL reference against a base, ASCII only; undefined if it is
   * none.
   */
  readonly resolve: (reference: string, base: string) => string | undefined
  /**
   * Writes code as HTML in which each part says in a class what it is; undefined where the language
   * is not known.
   */
  readonly highlight: (code: string, language: string) => string | undefined
}

/** A memory of earlier results, by the digest of all that each was made from. */
export type Memo = {
  readonly recall: (key: Digest) => string | undefined
  readonly remember: (key: Digest, text: string) => void
}
