/** The isolate in which this code runs. */

import { Isolate } from './isolate.ts'

export const isolate: Isolate = new Isolate(caches.default)
