/** Large files: what is remembered of one that is not kept. */

import type { MediaFacts } from '../edition/facts.ts'
import type { ObjectBeginning, ObjectHeader } from '../edition/object.ts'
import type { ByteRange } from '../http/range.ts'

/** A file by its facts and the place of its bytes in its object. */
export class LargeFile {
  readonly header: ObjectHeader<MediaFacts>
  readonly place: ByteRange

  constructor({ header, body, end }: ObjectBeginning<MediaFacts>) {
    this.header = header
    this.place = { start: body, end }
  }

  /** Bytes of memory that it holds, about. */
  get weight(): number {
    return 2 * this.place.start
  }
}
