/** A feed document in all formats: its envelope, its entries, and what a delta is joined of. */

import { beginningOf, type Instant } from '../article/instant.ts'
import type { TombstoneFacts } from '../edition/facts.ts'
import type { PartSource } from '../edition/object.ts'
import type { FormatName } from '../feed/feed-types.ts'
import type { Channel, Format, History, Tombstone } from '../feed/format.ts'
import { FORMATS, joinDocument } from '../feed/formats.ts'
import { createJudge } from '../feed/judge.ts'
import type { FeedPlan } from './feed-plans.ts'
import type { Malformed } from './findings.ts'
import { type Entry, type Fragments, fragmentsWithin, openEntries } from './fragments.ts'
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
export function documentInputsOf({ entries, ...document }: FeedDocument): unknown[] {
  return [document, entries.map(({ facts }) => facts)]
}

/** The parts of a feed object, and what its facts say of them. */
type DocumentParts = {
  readonly parts: readonly PartSource[]
  /** The ids of entries that went out shortened. */
  readonly shortened: readonly string[]
  /** Counts the bytes of a tombstone in each format. */
  readonly lengths: (index: number) => Lengths
  readonly malformed: readonly Malformed[]
}

type Lengths = TombstoneFacts['lengths']

/** Writes the parts of a feed object: the whole document, and what a delta is joined of. */
export function makeDocument(document: FeedDocument, press: Press): DocumentParts {
  const channel = channelOf(document, press)
  const entries = openEntries(document.entries, press)
  const forms = FORMATS.map((format): Form => {
    const fragments = fragmentsWithin(format, entries, press)
    return { format, envelope: format.envelope(channel), ...fragments }
  })
  const tombstones = new Map(
    forms.map(({ format, envelope }) => [format.name, envelope.tombstones]),
  )
  const lengthIn = (name: FormatName, index: number): number =>
    new TextEncoder().encode(tombstones.get(name)?.[index] ?? '').length
  return {
    parts: forms.flatMap(writeForm),
    shortened: [...new Set(forms.flatMap(({ shortened }) => shortened))],
    lengths: (index) =>
      Object.fromEntries(FORMATS.map(({ name }) => [name, lengthIn(name, index)])) as Lengths,
    malformed: forms.flatMap((form) => [...form.malformed, ...refuseEnvelope(form, document)]),
  }
}

/** A document in one format. */
type Form = Fragments & {
  readonly format: Format
  readonly envelope: ReturnType<Format['envelope']>
}

/** Writes the parts of a document in one format. */
function writeForm({ format, envelope, texts }: Form): PartSource[] {
  const { name } = format
  return [
    { name, content: joinDocument(format, envelope, texts), gzip: true },
    { name: `${name}-head`, content: envelope.head },
    { name: `${name}-tombstones`, content: envelope.tombstones.join('') },
    { name: `${name}-opening`, content: envelope.opening },
    { name: `${name}-tail`, content: envelope.tail },
  ]
}

/** Judges what stands around fragments: each of them has passed the gate by itself. */
function refuseEnvelope({ format, envelope }: Form, { folder }: FeedDocument): Malformed[] {
  const detail = format.refuse(joinDocument(format, envelope, []), createJudge())
  return detail ? [{ document: folder + format.file, detail }] : []
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
    tag,
    id: `tag:${tag}:${name}`,
    title,
    description,
    language,
    page: pages ? base + document.folder : home,
    folder: base + document.folder,
    // A feed that never had an entry is as old as the site's tag says: no document tells the time.
    updated: latest(changes) ?? instantOfTag(tag),
    published: latest(entries.map(({ facts }) => facts.published)),
    ttl,
    icon,
    logo,
    copyright,
    license,
    tombstones,
    history,
  }
}

function latest(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : instants.reduce((a, b) => Math.max(a, b))
}

function instantOfTag(tag: string): Instant {
  return beginningOf(tag.split(',')[1] ?? '')
}
