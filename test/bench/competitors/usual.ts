/**
 * The usual Worker: Hono, articles read from KV, the feed rendered with `feed` for each request.
 * Written as one would who knows KV: the fifty articles come with a single call.
 */

import { Hono } from 'hono'
import { feedOf, NEWEST, type Story, storyKey } from './stories.ts'

export type Env = { Bindings: { readonly EDGEWIRE: KVNamespace } }

export const routes = new Hono<Env>()

routes.get('/rss.xml', async (c) => {
  const feed = feedOf(await newest(c.env.EDGEWIRE))
  return c.body(feed.rss2(), 200, {
    'Content-Type': 'application/rss+xml; charset=utf-8',
    'Cache-Control': 'public, max-age=300',
  })
})

routes.get('/feed.json', async (c) => {
  const feed = feedOf(await newest(c.env.EDGEWIRE))
  return c.body(feed.json1(), 200, {
    'Content-Type': 'application/feed+json; charset=utf-8',
    'Cache-Control': 'public, max-age=300',
  })
})

routes.get('/articles/:file', async (c) => {
  const id = c.req.param('file').replace(/\.json$/, '')
  const story = await c.env.EDGEWIRE.get<Story>(storyKey(id), 'json')
  if (!story) return c.notFound()
  return c.body(feedOf([story]).json1(), 200, {
    'Content-Type': 'application/feed+json; charset=utf-8',
    'Cache-Control': 'public, max-age=300',
  })
})

async function newest(kv: KVNamespace): Promise<Story[]> {
  const ids = (await kv.get<string[]>(NEWEST, 'json')) ?? []
  const stories = await kv.get<Story>(ids.map(storyKey), 'json')
  return ids.flatMap((id) => stories.get(storyKey(id)) ?? [])
}

export default routes
