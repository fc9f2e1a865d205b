/**
 * The Worker of `start --drafts` and `start --at`, which show what nobody may read yet. It answers
 * this machine alone, and tells a browser to give nothing to the pages of others. It is not
 * deployed: nothing that is imports it.
 */

import { createApp } from './app.ts'
import type { Bindings } from './kv.ts'
import { isolate } from './this-isolate.ts'

/** The names of the machine itself. Another one that leads here is somebody's trick (DNS rebinding). */
const OWN_NAMES = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** The status of a request that was meant for somebody else (RFC 9110 §15.5.20). */
const MISDIRECTED = 421

const { fetch: answer } = createApp(isolate)

const preview: ExportedHandler<Bindings> = {
  async fetch(request, bindings, context) {
    if (!OWN_NAMES.test(new URL(request.url).hostname))
      return new Response('A preview answers on localhost only.\n', { status: MISDIRECTED })
    const original = await answer(request, bindings, context)
    const guarded = new Response(original.body, original)
    for (const name of [...guarded.headers.keys()])
      if (name.startsWith('access-control-')) guarded.headers.delete(name)
    // Fetch, Cross-Origin-Resource-Policy header: images and scripts are asked for without CORS.
    guarded.headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    return guarded
  },
}

export default preview
