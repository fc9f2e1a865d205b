/** What the Worker under test is bound to, and what it exports. */

import type worker from '../src/worker/index.ts'
import type { Bindings } from '../src/worker/kv.ts'

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {}
    interface GlobalProps {
      mainModule: { default: typeof worker }
    }
  }
}
