/** The Worker: the reading side. */

import { app } from './app.ts'
import type { Bindings } from './kv.ts'

const worker: ExportedHandler<Bindings> = { fetch: app.fetch }

export default worker
