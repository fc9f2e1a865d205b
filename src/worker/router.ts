/**
 * Hono with the one router that can hold these routes. By default it tries a faster one before, which
 * cannot: every isolate would build that, and throw it away, at its first request.
 */

import { HonoBase } from 'hono/hono-base'
import { TrieRouter } from 'hono/router/trie-router'
import type { HonoEnv } from './serve.ts'

/** Makes routes; `getPath` is how the app that they are joined in reads a request's path. */
export function createRoutes(getPath?: (request: Request) => string): HonoBase<HonoEnv> {
  return new HonoBase<HonoEnv>({ router: new TrieRouter(), ...(getPath ? { getPath } : {}) })
}
