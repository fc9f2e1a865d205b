/**
 * Flows: bytes that are read in pieces from where they lie, so that nobody holds all of them. What is
 * slow or gone on one side of a flow never stops the other.
 */

import type { ByteRange } from '../http/range.ts'

/** Bytes of a piece: of smaller ones a file has so many that they cost more than their bytes. */
const PIECE = 256 * 1024

/** A reader that fills a piece before it hands it on (Streams, §4.5.3). */
type PieceReader = {
  readonly read: (
    view: Uint8Array<ArrayBuffer>,
    options: { min: number },
  ) => Promise<{ readonly value?: Uint8Array<ArrayBuffer> | undefined; readonly done: boolean }>
  readonly cancel: () => Promise<void>
}

/** A flow of bytes that is read once, from its beginning. */
export class Flow {
  readonly #reader: PieceReader
  /** The first piece, where it was looked at and not taken yet. */
  #first: Uint8Array<ArrayBuffer> | undefined
  #ended = false

  constructor(stream: ReadableStream) {
    this.#reader = stream.getReader({ mode: 'byob' })
  }

  /** Looks at the first piece without taking it. */
  async peek(): Promise<Uint8Array<ArrayBuffer>> {
    this.#first ??= await this.#read()
    return this.#first
  }

  /** Takes the next piece; it is empty at the end. */
  async next(): Promise<Uint8Array<ArrayBuffer>> {
    const first = this.#first
    this.#first = undefined
    return first ?? (await this.#read())
  }

  /** Takes all bytes; undefined if they are not just so many. */
  async all(length: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = new Uint8Array(length)
    let end = 0
    for (;;) {
      const piece = await this.next()
      if (piece.length === 0) return end === length ? bytes : undefined
      if (end + piece.length > length) return undefined
      bytes.set(piece, end)
      end += piece.length
    }
  }

  /** Lets go of what was not read. */
  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => {})
  }

  async #read(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#ended) return new Uint8Array()
    const { value, done } = await this.#reader.read(new Uint8Array(PIECE), { min: PIECE })
    this.#ended = done
    return value ?? new Uint8Array()
  }
}

/** A drain of a flow: who does not take any more is left alone. */
class Drain {
  readonly #writer: WritableStreamDefaultWriter
  readonly #part: ByteRange
  readonly #gone: Promise<unknown>
  #at = 0
  isOpen = true

  constructor({ writable, part, gone }: Outlet) {
    this.#writer = writable.getWriter()
    this.#part = part
    // Somebody who goes away unheard leaves what was written waiting for ever.
    this.#gone = Promise.race([this.#writer.closed, gone ?? this.#writer.closed]).catch(() => {})
  }

  async write(piece: Uint8Array): Promise<void> {
    const { start, end } = this.#part
    const [from, to] = [start, end].map((one) => Math.max(0, one - this.#at))
    this.#at += piece.length
    const bytes = piece.subarray(from, to)
    if (!this.isOpen) return
    if (bytes.length > 0) await this.#try(this.#writer.write(bytes))
    if (this.isOpen && this.#at >= end) await this.#try(this.#writer.close(), false)
  }

  abort(reason: unknown): void {
    if (this.isOpen) this.#writer.abort(reason).catch(() => {})
    this.isOpen = false
  }

  async #try(work: Promise<void>, goesOn = true): Promise<void> {
    const done = work.then(
      () => goesOn,
      () => false,
    )
    this.isOpen = await Promise.race([done, this.#gone.then(() => false)])
  }
}

/** An outlet of a flow, and the part that goes there; `gone` settles when nobody reads any more. */
export type Outlet = {
  readonly writable: WritableStream
  readonly part: ByteRange
  readonly gone?: Promise<unknown>
}

/** Pours a flow into its outlets, as fast as the slowest of them takes it. */
export async function pour(flow: Flow, outlets: readonly Outlet[]): Promise<void> {
  const drains = outlets.map((outlet) => new Drain(outlet))
  try {
    while (drains.some(({ isOpen }) => isOpen)) {
      const piece = await flow.next()
      if (piece.length === 0) throw new Error('A stored file ends before it should.')
      await Promise.all(drains.map((drain) => drain.write(piece)))
    }
  } catch (error) {
    for (const drain of drains) drain.abort(error)
    throw error
  } finally {
    await flow.cancel()
  }
}
