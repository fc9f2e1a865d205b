/** The routes of the Worker, a line each. */

import { ALLOW } from '../http/problem-document.ts'
import { COMMON_HEADERS, problemResponse } from './answer.ts'
import { articles } from './articles.ts'
import { changes } from './changes.ts'
import { answerElsewhere, answerMoved } from './elsewhere.ts'
import { feeds } from './feeds.ts'
import { files } from './files.ts'
import { health } from './health.ts'
import type { Isolate } from './isolate.ts'
import type { Bindings } from './kv.ts'
import { media } from './media.ts'
import { news } from './news.ts'
import { pages } from './pages.ts'
import { answerBroken } from './problem-page.ts'
import { createRoutes } from './router.ts'
import { serveReading } from './serve.ts'
import { routedPath } from './spelling.ts'

/** The app: it answers requests, and has a list of its routes. */
export type RequestHandler = {
  readonly fetch: (
    request: Request,
    bindings: Bindings,
    context: ExecutionContext,
  ) => Response | Promise<Response>
  readonly routes: ReturnType<typeof createRoutes>['routes']
}

/** Makes the app of an isolate. It has no middleware: a poll passes through one handler only. */
export function createApp(isolate: Isolate): RequestHandler {
  const app = createRoutes(routedPath)
  app.route('/', pages)
  app.route('/', feeds)
  app.route('/', articles)
  app.route('/', changes)
  app.route('/', media)
  app.route('/', files)
  app.route('/', news)
  app.route('/', health)
  app.notFound((c) => {
    const { method } = c.req
    if (method === 'OPTIONS') return c.body(null, 204, PREFLIGHT)
    if (method !== 'GET' && method !== 'HEAD')
      return problemResponse({ reason: 'method-not-allowed', method })
    return serveReading(
      c,
      async (reading) => (await answerMoved(c, reading)) ?? answerElsewhere(c, reading),
    )
  })
  app.onError(async (error, c) => {
    console.error(error)
    try {
      return await serveReading(c, (reading) => answerBroken(c, reading))
    } catch {
      // What failed once may fail again: then nothing of the request is looked at any more.
      return problemResponse({ reason: 'internal' })
    }
  })
  return {
    async fetch(request, bindings, context) {
      const response = await app.fetch(request, { ...bindings, isolate }, context)
      return request.headers.has('A-IM') ? toOneself(response) : response
    },
    routes: app.routes,
  }
}

/**
 * Keeps an answer to its client: a cache that held it would revalidate it with a tag of its own, and
 * hand on a delta (RFC 3229 §10.4.1). So what depends on the program that asks is never stored either.
 */
function toOneself(response: Response): Response {
  const { headers } = response
  headers.set('Cache-Control', (headers.get('Cache-Control') ?? '').replace('public', 'private'))
  return response
}

/**
 * The answer to a browser that asks what it may send to another origin: any field. Only credentials
 * need to be named (Fetch, CORS-unsafe request headers), and nobody has any here.
 */
const PREFLIGHT = {
  ...COMMON_HEADERS,
  Allow: ALLOW,
  'Access-Control-Allow-Methods': ALLOW,
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Max-Age': '86400',
  'Cache-Control': 'public, max-age=86400',
}
