/** A feed document in all formats: its envelope, its entries, and what a delta is joined of. */

import type { Instant } from '../article/instant.ts'
import type { PartSource } from '../edition/object.ts'
import type { FormatName } from '../feed/feed-types.ts'
import type { Channel, History, Tombstone } from '../feed/format.ts'
import { FORMATS, joinDocument } from '../feed/formats.ts'
import { refuse } from '../feed/gate.ts'
import type { FeedPlan } from './feed-plans.ts'
import { type Entry, fragmentsWithin, openEntries } from './fragments.ts'
import type { Press } from './press.ts'

/** A document of a feed before it is written: its entries, and where it stands among the others. */
export type FeedDocument = {
  readonly plan: FeedPlan
  readonly folder: string
  readonly entries: readonly Entry[]
  readonly tombstones: readonly Tombstone[]
  /** Folders, root-relative. */
  readonly current: string | undefined
  readonly previous: string | undefined
  readonly complete: boolean
}

/** Lists everything that a document is made of, beside the site. */
export function inputsOf({ entries, ...document }: FeedDocument): unknown[] {
  return [document, entries.map(({ facts }) => facts)]
}

/** The parts of a feed object, and what its facts say of them. */
type DocumentParts = {
  readonly parts: readonly PartSource[]
  /** The ids of entries that went out shortened. */
  readonly shortened: readonly string[]
  /** Counts the bytes of a tombstone in each format. */
  readonly lengths: (index: number) => Record<FormatName, number>
}

/** Writes the parts of a feed object: the whole document, and what a delta is joined of. */
export function makeDocument(document: FeedDocument, press: Press): DocumentParts {
  const { malformed } = press
  const channel = channelOf(document, press)
  const entries = openEntries(document.entries, press)
  const shortened = new Set<string>()
  const tombstones = new Map<FormatName, readonly string[]>()
  const parts = FORMATS.flatMap((format): PartSource[] => {
    const { name } = format
    const envelope = format.envelope(channel)
    tombstones.set(name, envelope.tombstones)
    const fragments = fragmentsWithin(format, entries, press, (id) => shortened.add(id))
    const content = joinDocument(format, envelope, fragments)
    // Every fragment has passed the gate by itself; what is left is what stands around them.
    const detail = refuse(name, joinDocument(format, envelope, []))
    if (detail) malformed.push({ document: document.folder + format.file, detail })
    return [
      { name, content, gzip: true },
      { name: `${name}-head`, content: envelope.head },
      { name: `${name}-tombstones`, content: envelope.tombstones.join('') },
      { name: `${name}-opening`, content: envelope.opening },
      { name: `${name}-tail`, content: envelope.tail },
    ]
  })
  const lengthIn = (name: FormatName, index: number): number =>
    new TextEncoder().encode(tombstones.get(name)?.[index] ?? '').length
  const lengths: DocumentParts['lengths'] = (index) => ({
    rss: lengthIn('rss', index),
    atom: lengthIn('atom', index),
    json: lengthIn('json', index),
  })
  return { parts, shortened: [...shortened], lengths }
}

function channelOf(
  { plan, entries, tombstones, ...document }: FeedDocument,
  { corpus }: Press,
): Channel {
  const { title, description, language, name } = plan
  const { base, ttl, icon, logo, copyright, license, tag, pages, home } = corpus.site
  const changes = [...entries.map(({ facts }) => facts.updated), ...tombstones.map(({ at }) => at)]
  const history: History = {
    current: document.current && base + document.current,
    previous: document.previous && base + document.previous,
    complete: document.complete,
  }
  return {
    id: `tag:${tag}:${name}`,
    title,
    description,
    language,
    page: pages ? base + name : home,
    folder: base + document.folder,
    // A feed that never had an entry is as old as the site's tag says: no document tells the time.
    updated: changes.length > 0 ? changes.reduce((a, b) => Math.max(a, b)) : beginningOf(tag),
    ttl,
    icon,
    logo,
    copyright,
    license,
    tombstones,
    history,
  }
}

function beginningOf(tag: string): Instant {
  const [year = 1970, month = 1, day = 1] = (tag.split(',')[1] ?? '').split('-').map(Number)
  return Date.UTC(year, month - 1, day) / 1000
}
