/** Media: the files that articles and pages load, each under an address that changes with it. */

import type { MediaFacts } from '../edition/facts.ts'
import { writeObject } from '../edition/object.ts'
import type { Assets } from '../page/layout.ts'
import { SCRIPT } from '../page/script.ts'
import { stylesheetOf } from '../page/stylesheet.ts'
import type { Member } from './member.ts'
import type { Press } from './press.ts'
import { type NamedProduct, soundProduct } from './product.ts'

/** Lists the files of the site and of its articles. */
export function mediaFilesOf(press: Press, members: readonly Member[]): NamedProduct[] {
  const used = members.flatMap(({ rendered }) => rendered?.media ?? [])
  const files = new Map([...press.corpus.media, ...used].map((media) => [media.path, media]))
  return Array.from(files, ([path, media]) => [path, press.file(media)])
}

/**
 * Writes the files that pages load, under addresses that change with them; none where there are no
 * pages.
 */
export function writeAssets(press: Press): {
  readonly assets: Assets
  readonly files: NamedProduct[]
} {
  const { site } = press.corpus
  const stylesheet = assetOf('style.css', 'text/css', stylesheetOf(site), press)
  const script = assetOf('copy.js', 'text/javascript', SCRIPT, press)
  return {
    assets: { stylesheet: stylesheet[0], script: script[0] },
    files: site.pages ? [stylesheet, script] : [],
  }
}

function assetOf(
  name: string,
  type: string,
  text: string,
  { platform, cache }: Press,
): NamedProduct {
  const content = new TextEncoder().encode(text)
  const facts: MediaFacts = { name, media_type: `${type}; charset=utf-8` }
  const object = writeObject('media', facts, [{ name: 'file', content }], platform)
  cache.keep(object)
  return [`/media/${platform.digest(content)}/${name}`, soundProduct(object.digest)]
}
