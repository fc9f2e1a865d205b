/**
 * Shells: what the Worker puts around an article's own parts, and around what it has to say itself.
 * No article that is published changes one.
 */

import type { Site } from '../article/site.ts'
import { DOCUMENT_SHELL, PAGE_SHELL } from '../edition/names.ts'
import { type PartSource, writeObject } from '../edition/object.ts'
import { SINGLE_FORMATS } from '../feed/formats.ts'
import { pageShell } from '../page/article-page.ts'
import { faultPage, notFoundPage } from '../page/error-pages.ts'
import type { Assets } from '../page/layout.ts'
import type { Press } from './press.ts'
import type { NamedProduct, Product } from './product.ts'

/** Writes the shells: of documents, and, where the site has pages, of those. */
export function writeShells(assets: Assets, press: Press): NamedProduct[] {
  const { corpus, platform } = press
  const { site } = corpus
  const documents = press.object(['shell'], () => {
    const parts = SINGLE_FORMATS.flatMap(({ name, around }) => {
      const { head, tail } = around(site)
      return [
        { name: `${name}-head`, content: head },
        { name: `${name}-tail`, content: tail },
      ]
    })
    return writeObject('page', {}, parts, platform)
  })
  const pages = (): Product =>
    press.object(['page-shell', assets], () => {
      return writeObject('page', {}, shellParts(site, assets), platform)
    })
  return [
    [DOCUMENT_SHELL, documents],
    ...(site.pages ? [[PAGE_SHELL, pages()] satisfies NamedProduct] : []),
  ]
}

function shellParts(site: Site, assets: Assets): PartSource[] {
  const own = pageShell(site, assets)
  const notFound = notFoundPage(site, assets)
  return [
    { name: 'html-head', content: own.head },
    { name: 'html-tail', content: own.tail },
    { name: 'not-found-head', content: notFound.head },
    ...notFound.meant.map((content, index) => ({ name: `meant-${index}`, content })),
    { name: 'not-found-tail', content: notFound.tail },
    { name: 'broken', content: faultPage(site, assets) },
  ]
}
