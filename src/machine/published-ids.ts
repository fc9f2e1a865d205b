/**
 * The ids that this machine knows as published: rules for new work are not held against them. They
 * lie in the compile cache, and come back from the store where that was lost.
 */

import type { ReadOptions } from '../article/corpus.ts'
import { isHeldAgainstNew } from '../article/old-work.ts'
import { type CompileCache, throughCache } from '../compile/compile-cache.ts'
import type { Opening } from '../compile/open-press.ts'
import { loadHead, loadTimeline } from '../publish/published.ts'
import { readContent, siteOf } from './content.ts'
import type { Workshop } from './workshop.ts'

/** Recalls the ids of a site. */
export function publishedIds(cache: CompileCache, tag: string | undefined): ReadonlySet<string> {
  const text = tag === undefined ? undefined : cache.recall(keyFor(tag))
  return new Set(text === undefined ? [] : (JSON.parse(text) as string[]))
}

/** Remembers ids of a site, beside those that it knows. */
export function rememberIds(cache: CompileCache, tag: string, ids: Iterable<string>): void {
  const known = publishedIds(cache, tag)
  const all = new Set([...known, ...ids])
  if (all.size > known.size) cache.remember(keyFor(tag), JSON.stringify([...all]))
}

type Shop = Pick<Workshop, 'store' | 'cache' | 'platform' | 'clock'>

/**
 * Reads a content folder that is to be published. What is published is asked of the store where it
 * matters, and this machine does not know it.
 */
export async function readToPublish(
  shop: Shop,
  content: string,
  options: ReadOptions,
): Promise<Opening> {
  const tag = siteOf(content)?.tag
  const read = (): Opening =>
    readContent(content, { ...options, known: publishedIds(shop.cache, tag) }, shop.cache)
  const opening = read()
  if (tag === undefined || !opening.findings.problems.some(isHeldAgainstNew)) return opening
  await learnIds(shop, tag)
  return read()
}

/** Learns the ids of a site from its store. What cannot be read is told by the publish itself. */
async function learnIds({ store, cache, platform, clock }: Shop, tag: string): Promise<void> {
  const checked = throughCache(store, cache, platform)
  const head = await loadHead(checked, tag, platform)
  const published = head.ok ? await loadTimeline(checked, head.value.head, clock()) : head
  if (published.ok) rememberIds(cache, tag, published.value.current?.articles.keys() ?? [])
}

function keyFor(tag: string): string {
  return JSON.stringify(['published', tag])
}
