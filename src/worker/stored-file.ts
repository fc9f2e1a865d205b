/**
 * Files as they are sent: at hand, or, where one is too large to be remembered, as it comes. The cache
 * of a location cuts a part out by itself. What has to come from KV goes into that cache too, from the
 * same read.
 */

import type { MediaFacts } from '../edition/facts.ts'
import type { ObjectHeader, StoredObject } from '../edition/object.ts'
import type { ByteRange } from '../http/range.ts'
import type { Edge } from './edge.ts'
import { type Flow, pour } from './flow.ts'
import { FOR_EVER } from './kv.ts'
import type { LargeFile } from './large-file.ts'
import type { FoundFile } from './proof.ts'

/** A file that can be sent. */
export type StoredFile = {
  readonly header: ObjectHeader<MediaFacts>
  readonly length: number
  /** Reads a part of it, once; undefined if that cannot be had now. */
  readonly read: (part: ByteRange) => Promise<BodyInit | undefined>
  /** Lets go of a file of which nothing was read. */
  readonly close: () => void
}

/** Returns the file of an object that is at hand; undefined if it has none. */
export function fileAtHand(object: StoredObject<MediaFacts>): StoredFile | undefined {
  const bytes = object.part('file')?.bytes
  if (!bytes) return undefined
  return {
    header: object.header,
    length: bytes.length,
    read: async ({ start, end }) => bytes.subarray(start, end) as Uint8Array<ArrayBuffer>,
    close() {},
  }
}

/** The places of a large file's object. */
export type FileSource = {
  /** The path under which the location's cache has it. */
  readonly path: string
  readonly edge: Edge
  /** Opens it in KV. */
  readonly stored: () => Promise<FoundFile | undefined>
}

/** Returns a large file; `flow` is that of its object, if it is open already. */
export function fileThatFlows(large: LargeFile, source: FileSource, flow?: Flow): StoredFile {
  const { header, place } = large
  let unread = flow
  return {
    header,
    length: place.end - place.start,
    read({ start, end }) {
      unread = undefined
      return readPart({ start: place.start + start, end: place.start + end }, large, source, flow)
    },
    close: () => void unread?.cancel(),
  }
}

/** Reads a part of a large file's object. */
async function readPart(
  part: ByteRange,
  { place }: LargeFile,
  { path, edge, stored }: FileSource,
  open: Flow | undefined,
): Promise<ReadableStream | undefined> {
  const client = new FixedLengthStream(part.end - part.start)
  const cached = open ? undefined : await edge.open(path, part)
  if (cached?.isPart && cached.length === place.end) return cached.stream.pipeThrough(client)
  if (cached) edge.later(() => cached.stream.cancel())
  const found = open ? { flow: open } : await stored()
  if (!found || !('flow' in found)) return undefined
  const copy = new FixedLengthStream(place.end)
  const kept = edge.write(path, copy.readable, FOR_EVER)
  const poured = pour(found.flow, [
    { writable: client.writable, part },
    { writable: copy.writable, part: { start: 0, end: place.end }, gone: kept },
  ])
  edge.later(async () => {
    const done = await Promise.allSettled([poured, kept])
    // A cache may keep what broke off.
    if (done.some(({ status }) => status === 'rejected')) await edge.remove(path)
    await poured
  })
  return client.readable
}
