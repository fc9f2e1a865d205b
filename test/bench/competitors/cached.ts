/** The usual Worker with Hono's own middleware for caches and entity-tags, as its pages advise. */

import { Hono } from 'hono'
import { cache } from 'hono/cache'
import { etag } from 'hono/etag'
import { type Env, routes } from './usual.ts'

const app = new Hono<Env>()
app.use(etag())
app.use(cache({ cacheName: 'feeds', cacheControl: 'public, max-age=300' }))
app.route('/', routes)

export default app
