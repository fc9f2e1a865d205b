/** Members of an edition: articles as they were rendered, and the tombstones of retracted ones. */

import type { Listing } from '../article/article.ts'
import type { ArticleLink, OwnLink } from '../article/body.ts'
import type { Media } from '../article/media.ts'
import type { Digest } from '../article/platform.ts'
import type { Tombstone } from '../feed/format.ts'
import type { Findings } from './findings.ts'

/** An article as an object: what lists and feeds need beside its fragments. */
export type Rendition = {
  readonly article: Listing
  readonly object: Digest
  /** The summary, or the beginning of the text. */
  readonly summary: string | undefined
  /** Every file that it names. */
  readonly media: readonly Media[]
  readonly links: readonly ArticleLink[]
  readonly ownLinks: readonly OwnLink[]
  /** The names of the parts of its text. */
  readonly parts: ReadonlySet<string>
  /** Everything that was found in it. */
  readonly findings: Findings
}

/** An article in a feed, or the tombstone that keeps its place. */
export type Member = {
  readonly article: Listing
  readonly object: Digest
  readonly rendered: Rendition | undefined
  readonly tombstone: Tombstone | undefined
  /** The folders of feeds in which a retracted article was seen, whatever it says of itself now. */
  readonly seenIn: readonly string[]
  /** Everything that was found in its object. */
  readonly findings: Findings
}
