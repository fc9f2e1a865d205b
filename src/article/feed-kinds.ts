/**
 * The register of kinds of feed by name. How feeds of a kind come about is apart (`kinds.ts`), because
 * the Worker finds feeds, and makes none. A kind that is not there does not compile.
 */

/** The kinds that have a folder, called as the kind is, in the order in which people are shown them. */
export const FOLDER_KINDS = ['sections', 'tags', 'authors', 'languages', 'feeds'] as const

export type FolderKind = (typeof FOLDER_KINDS)[number]

/** `everything` is the kind of the site's own feed, at its root. */
export type FeedKind = 'everything' | FolderKind

/** Returns the folder of a kind. */
export function folderOfKind(kind: FeedKind): string {
  return kind === 'everything' ? '/' : `/${kind}/`
}
