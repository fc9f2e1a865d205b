/**
 * Shells: what the Worker puts around an article's own parts, and around what it has to say itself.
 * No article that is published changes one.
 */

import type { Digest } from '../article/platform.ts'
import type { Site } from '../article/site.ts'
import type { Named } from '../edition/directory.ts'
import { PAGE_SHELL, SHELL } from '../edition/names.ts'
import { type PartSource, writeObject } from '../edition/object.ts'
import { entryEnvelope } from '../feed/atom.ts'
import { itemEnvelope } from '../feed/json.ts'
import { pageShell } from '../page/article-page.ts'
import { faultPage, notFoundPage } from '../page/error-pages.ts'
import type { Assets } from '../page/layout.ts'
import type { Press } from './press.ts'

/** The shells: of documents, and, where the site has pages, of those. */
export function writeShells(assets: Assets, press: Press): Named[] {
  const { corpus, platform } = press
  const { site } = corpus
  const documents = press.object(['shell'], () => {
    const item = itemEnvelope(site)
    const parts = [
      { name: 'json-head', content: item.head },
      { name: 'json-tail', content: item.tail },
      { name: 'atom-head', content: entryEnvelope.head },
      { name: 'atom-tail', content: entryEnvelope.tail },
    ]
    return writeObject('page', {}, parts, platform)
  })
  const pages = (): Digest =>
    press.object(['page-shell', assets], () => {
      return writeObject('page', {}, shellParts(site, assets), platform)
    })
  return [[SHELL, documents], ...(site.pages ? [[PAGE_SHELL, pages()] satisfies Named] : [])]
}

function shellParts(site: Site, assets: Assets): PartSource[] {
  const own = pageShell(site, assets)
  const notFound = notFoundPage(site, assets)
  return [
    { name: 'html-head', content: own.head },
    { name: 'html-tail', content: own.tail },
    { name: 'not-found-head', content: notFound.head },
    { name: 'not-found-tail', content: notFound.tail },
    { name: 'broken', content: faultPage(site, assets) },
  ]
}
