/** The Worker: the reading side. */

import { createApp } from './app.ts'
import type { Bindings } from './kv.ts'
import { isolate } from './this-isolate.ts'

const worker: ExportedHandler<Bindings> = { fetch: createApp(isolate).fetch }

export default worker
