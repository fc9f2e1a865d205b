/**
 * What the Workers here are compared with has in KV: each story as JSON with its text as HTML, and
 * the list of the newest. The metadata and entries are those of edgewire's own feed.
 */

import { Feed } from 'feed'

/** An article as such a Worker stores it. */
export type Story = {
  readonly id: string
  readonly guid: string
  readonly title: string
  readonly url: string
  readonly published: number
  readonly updated: number
  readonly summary: string
  readonly html: string
  readonly authors: readonly { readonly name: string; readonly link?: string }[]
  readonly tags: readonly string[]
}

export const BASE = 'https://wire.example.org'
/** The list of the newest stories' ids. */
export const NEWEST = 'newest'

export function storyKey(id: string): string {
  return `story:${id}`
}

/** A feed of whole stories, as the documentation of `feed` builds it. */
export function feedOf(stories: readonly Story[]): Feed {
  const feed = new Feed({
    title: 'The Wire',
    description: 'News of a test',
    id: `${BASE}/`,
    link: `${BASE}/`,
    language: 'en',
    updated: new Date((stories[0]?.updated ?? 0) * 1000),
    feedLinks: { rss: `${BASE}/rss.xml`, atom: `${BASE}/atom.xml`, json: `${BASE}/feed.json` },
  })
  for (const story of stories) {
    feed.addItem({
      title: story.title,
      id: story.guid,
      guid: story.guid,
      link: story.url,
      date: new Date(story.updated * 1000),
      published: new Date(story.published * 1000),
      description: story.summary,
      content: story.html,
      author: [...story.authors],
      category: story.tags.map((name) => ({ name })),
    })
  }
  return feed
}
