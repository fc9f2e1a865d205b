/** What lives as long as an isolate: what it knows of `head`, and the objects that it remembers. */

import { Current } from './current.ts'
import { Shelf } from './shelf.ts'

export class Isolate {
  readonly current: Current = new Current()
  readonly shelf: Shelf

  /** `cache` is that of the location. */
  constructor(cache: Cache) {
    this.shelf = new Shelf(cache)
  }

  /** Forgets everything, as a new isolate has nothing to remember. */
  forget(): void {
    this.current.forget()
    this.shelf.forget()
  }
}
