/** What lives as long as an isolate: what it knows of `head`, and the objects that it remembers. */

import { PAGE, type PageLimits } from '../edition/walk.ts'
import { Current } from './current.ts'
import { Misses } from './misses.ts'
import { Shelf } from './shelf.ts'

export class Isolate {
  readonly current: Current = new Current()
  readonly shelf: Shelf
  readonly misses: Misses = new Misses()
  /** How much a page of changes may read. */
  readonly page: PageLimits

  /** `cache` is that of the location. */
  constructor(cache: Cache, page: PageLimits = PAGE) {
    this.shelf = new Shelf(cache)
    this.page = page
  }

  /** Forgets everything, as a new isolate has nothing to remember. */
  forget(): void {
    this.current.forget()
    this.shelf.forget()
    this.misses.clear()
  }
}
