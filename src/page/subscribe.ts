/**
 * The part of a page that says how to subscribe: each format in a sentence, its address, and what
 * can be done with it.
 */

import type { Site } from '../article/site.ts'
import type { OwnWords } from '../article/words/en.ts'
import { filledIn } from '../article/words.ts'
import type { Format } from '../feed/format.ts'
import { FORMATS } from '../feed/formats.ts'
import { type Html, html, onLines } from './html.ts'
import { inLanguage, type Voice, voiceIn } from './language.ts'
import type { Assets } from './layout.ts'

/** Links to that part from the top: whoever was sent the address of a feed came for it. */
export function subscribeLink({ words, mark }: Voice): Html {
  return html`
    <a class="button" href="#subscribe"${mark}>${words.subscribe_to_this}</a>
  `
}

/** Loads the script of a page that explains it. */
export function subscribeScript({ script }: Assets): Html {
  return html`
    <script src="${script}" defer></script>
  `
}

/**
 * Explains how to subscribe to a feed, with what can be done; `folder` is root-relative, `language`
 * that of the page.
 */
export function subscribe(folder: string, language: string, site: Site): Html {
  const { words, mark } = voiceIn(language, site)
  const formats = FORMATS.map((format) => {
    const path = folder + format.file
    const address = site.base + path
    return formatItem(format, address, words, actions(format, path, address, words))
  })
  return html`
    <section class="group subscribe" aria-labelledby="subscribe"${mark}>
      <h2 id="subscribe">${words.subscribe}</h2>
      <p>${words.how_to_subscribe}</p>
      <ul class="formats">${onLines(formats)}</ul>\
    </section>
  `
}

/**
 * Explains how to subscribe to everything, below an article. Nothing here has an id: the parts of
 * the text may be called the same.
 */
export function subscribeToAll(site: Site): Html {
  const { words, language } = voiceIn(site.language, site)
  const formats = FORMATS.map((format) => formatItem(format, `${site.base}/${format.file}`, words))
  return html`
    <section class="group subscribe onward" aria-label="${words.subscribe}" ${inLanguage(language)}>
      <h2>${words.subscribe}</h2>
      <p>${words.how_to_subscribe}</p>
      <ul class="formats">${onLines(formats)}</ul>\
    </section>
  `
}

function formatItem(
  { name, title, purpose }: Format,
  address: string,
  words: OwnWords,
  others?: Html,
): Html {
  const id = others ? html` id="format-${name}"` : html``
  return html`
    <li>\
      <h3${id}>${title}</h3>
      <p>${words.purposes[name] ?? purpose}</p>
      <p class="actions"><code>${address}</code>${others}</p>\
    </li>`
}

/** Offers what can be done with a document: read aloud, each says with which. */
function actions({ name, title }: Format, path: string, address: string, words: OwnWords): Html {
  const label = filledIn(words.copy, { format: title })
  const said = html`data-copied="${words.copied}" data-press="${words.press_to_copy}"`
  const open = html`id="open-${name}" aria-labelledby="open-${name} format-${name}"`
  const save = html`id="save-${name}" aria-labelledby="save-${name} format-${name}"`
  return html` \
    <button type="button" aria-label="${label}" data-copy="${address}" ${said} aria-live="polite" hidden>\
      ${words.copy_button}\
    </button> \
    <a href="feed:${address}" ${open}>${words.open_in_reader}</a> \
    <a href="${path}?download" download ${save}>${words.save}</a>`
}
