/** The routes of the Worker, a line each. */

import { Hono } from 'hono'
import { ALLOW } from '../http/problem-document.ts'
import { COMMON_HEADERS, problemResponse } from './answer.ts'
import { articles } from './articles.ts'
import { changes } from './changes.ts'
import { elsewhere } from './elsewhere.ts'
import { feeds } from './feeds.ts'
import { files } from './files.ts'
import { health } from './health.ts'
import type { Isolate } from './isolate.ts'
import { media } from './media.ts'
import { news } from './news.ts'
import { pages } from './pages.ts'
import { bareProblem, brokenPage } from './problem-page.ts'
import { type App, serve } from './serve.ts'

/** The app of an isolate. */
export function createApp(isolate: Isolate): Hono<App> {
  const app = new Hono<App>()
  app.use(async (c, next) => {
    const { method } = c.req
    if (method === 'OPTIONS') return c.body(null, 204, PREFLIGHT)
    if (method !== 'GET' && method !== 'HEAD')
      return problemResponse({ reason: 'method-not-allowed', method })
    c.set('isolate', isolate)
    return next()
  })
  app.route('/', pages)
  app.route('/', feeds)
  app.route('/', articles)
  app.route('/', changes)
  app.route('/', media)
  app.route('/', files)
  app.route('/', news)
  app.route('/', health)
  app.notFound((c) => serve(c, (reading) => elsewhere(c, reading)))
  app.onError(async (error, c) => {
    console.error(error)
    try {
      return await serve(c, (reading) => brokenPage(c, reading))
    } catch {
      // What failed once may fail again: then without a design.
      return bareProblem(c, { reason: 'internal' })
    }
  })
  return app
}

/** A browser asks before it sends conditions to another origin (Fetch, CORS preflight). */
const PREFLIGHT = {
  ...COMMON_HEADERS,
  Allow: ALLOW,
  'Access-Control-Allow-Methods': ALLOW,
  'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM',
  'Access-Control-Max-Age': '86400',
  'Cache-Control': 'public, max-age=86400',
}
