/**
 * The command, as it is started: what was compiled once is not compiled again. A command loads
 * wrangler, and its own TypeScript, in a second that no one has to wait for twice.
 *
 * JavaScript, because the cache has to be there before anything that it would keep.
 */

import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./main.ts')
