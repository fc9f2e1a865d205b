/**
 * edgewire's own Worker, with one address more that makes the isolate forget: a new isolate, and the
 * first look at a new edition, at will.
 */

import { createApp } from '../../../src/worker/app.ts'
import type { Bindings } from '../../../src/worker/kv.ts'
import { isolate } from '../../../src/worker/this-isolate.ts'

const app = createApp(isolate)

const worker: ExportedHandler<Bindings> = {
  fetch(request, env, context) {
    if (!request.url.endsWith('/forget')) return app.fetch(request, env, context)
    isolate.forget()
    return new Response(null, { status: 204 })
  },
}

export default worker
