/** Permanent ids: a guid stays as it was written, and Atom gets an IRI that is made of it. */

/** An absolute IRI (RFC 3987 §2.2), in the part that every validator takes. */
const IRI = /^[a-z][a-z0-9+.-]*:(?:[^\s\p{Cc}\p{Cs}<>"{}|\\^`[\]%]|%[0-9a-f]{2})+$/iu

/**
 * Returns the id of an entry in Atom, where it has to be an IRI (RFC 4287 §4.2.6): the guid itself,
 * or one that is made of it and never changes (RFC 4151). No article's own id has a slash there.
 */
export function iriOf(guid: string, tag: string): string {
  return IRI.test(guid) ? guid : `tag:${tag}:guid/${encodeURIComponent(guid)}`
}
