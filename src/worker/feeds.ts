/** Feed documents: `rss.xml`, `atom.xml` and `feed.json` of every feed's folder, and of its archives. */

import type { DirectoryEntry } from '../edition/directory.ts'
import type { ArchiveFacts, ArchivesFacts, FeedFacts } from '../edition/facts.ts'
import { archiveFolder, archivesName } from '../edition/names.ts'
import type { StoredObject } from '../edition/object.ts'
import type { FeedType } from '../feed/feed-types.ts'
import { fieldsOf } from '../http/field.ts'
import type { Link } from '../http/link.ts'
import { isNavigation, NAVIGATION_FIELD } from '../http/navigation.ts'
import type { HttpProblem } from '../http/problem-document.ts'
import { ALL_TYPES, FEED_FILE } from './addresses.ts'
import { answerWith, type Content } from './answer.ts'
import { feedDelta } from './deltas.ts'
import { entryAt } from './entry-at.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import { lookUp, type Reading } from './reading.ts'
import { redirectToPage } from './redirect.ts'
import { createRoutes } from './router.ts'
import { serveFound } from './serve-found.ts'

/** The parameter of a link that saves a document: to some browsers it is a navigation like any other. */
const SAVES = /[?&]download(?:[=&]|$)/

/** The folder of a month in an archive. */
const ARCHIVE = /\/archive\/[^/]+\/$/

export const feeds = createRoutes()

feeds.get(`/:path{(?:.+/)?(?:${FEED_FILE})}`, (c) => {
  const { path, url } = c.req
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const type = ALL_TYPES.find(({ file }) => folder + file === path)
  return serveFound(
    c,
    (reading) => entryAt(path, reading),
    (entry, reading) => {
      if (!type) return undefined
      const saves = SAVES.test(url)
      const mayBeShown = !saves && reading.facts.site.pages
      if (mayBeShown && isNavigation(fieldsOf(c.req.raw.headers))) return redirectToPage(c, folder)
      return answerWith(c.req.raw, reading, {
        mediaType: type.mediaType,
        tag: `${entry.object}.${type.name}`,
        changed: entry.changed,
        // Archives have no deltas.
        vary: [
          ...(ARCHIVE.test(folder) ? [] : ['A-IM']),
          ...(mayBeShown ? [NAVIGATION_FIELD] : []),
        ],
        ...(saves
          ? { headers: { 'Content-Disposition': `attachment; filename="${type.file}"` } }
          : {}),
        async delta() {
          const feed = await reading.object<FeedFacts>(entry)
          return isFailure(feed) ? undefined : feedDelta(c.req.raw, reading, { entry, feed }, type)
        },
        body: () => readFeed(path, entry, type, reading),
      })
    },
  )
})

async function readFeed(
  path: string,
  entry: DirectoryEntry,
  type: FeedType,
  reading: Reading,
): Promise<Content | Absence | HttpProblem> {
  const feed = await reading.object<FeedFacts | ArchiveFacts>(entry)
  if (isFailure(feed)) return MISSING
  // Anybody may ask for these addresses under any name.
  if (!/^(?:feed|archive)$/.test(feed.header.type)) return { reason: 'not-found', path, near: [] }
  const part = feed.part(type.name)
  const links = part && (await documentLinks(reading, path.slice(0, -type.file.length), type, feed))
  return !links || isFailure(links) ? MISSING : { ...part, links }
}

async function documentLinks(
  reading: Reading,
  folder: string,
  type: FeedType,
  { header, facts }: StoredObject<FeedFacts | ArchiveFacts>,
): Promise<Link[] | Absence> {
  const { base, pages, home } = reading.facts.site
  const page = pages ? base + folder : home
  const to = (rel: string, at: string): Link => ({ href: base + at + type.file, rel })
  // Other formats are in pages, and in every document: nobody looks for them here.
  const self = to('self', folder)
  const previous = facts.previous ? [to('prev-archive', facts.previous)] : []
  if (header.type !== 'archive')
    return [self, { href: page, rel: 'alternate', type: 'text/html' }, ...previous]
  const { feed, period } = facts as ArchiveFacts
  const next = await archiveAfter(reading, feed, period)
  if (isFailure(next)) return MISSING
  return [self, to('current', feed), ...previous, ...(next ? [to('next-archive', next)] : [])]
}

/** Finds the folder of the next archive: a closed document cannot name it without changing. */
async function archiveAfter(
  reading: Reading,
  feed: string,
  period: string,
): Promise<string | undefined | Absence> {
  const list = await lookUp<ArchivesFacts>('documents', archivesName(feed), reading)
  if (!list || isFailure(list)) return list
  const { periods } = list.object.facts
  const next = periods[periods.indexOf(period) + 1]
  return next && `${archiveFolder(feed)}${next}/`
}
