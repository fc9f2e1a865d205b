/** The Worker: the reading side. */

import { createApp } from './app.ts'
import { isolate } from './isolate.ts'
import type { Bindings } from './kv.ts'

const worker: ExportedHandler<Bindings> = { fetch: createApp(isolate).fetch }

export default worker
