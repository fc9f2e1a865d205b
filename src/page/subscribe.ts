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
import { type Voice, voiceIn } from './language.ts'

/** Links to that part from the top: whoever was sent the address of a feed came for it. */
export function subscribeLink({ words, mark }: Voice): Html {
  return html`
    <p class="actions">\
      <a class="button" href="#subscribe"${mark}>${words.subscribe_to_this}</a>\
    </p>
  `
}

/** Explains how to subscribe; `folder` is root-relative, `language` that of the page. */
export function subscribe(folder: string, language: string, site: Site): Html {
  const { words, mark } = voiceIn(language, site)
  const formats = FORMATS.map((format) => formatItem(format, folder, site.base, words))
  return html`
    <section class="subscribe" aria-labelledby="subscribe"${mark}>
      <h2 id="subscribe">${words.subscribe}</h2>
      <p>${words.how_to_subscribe}</p>
      <ul class="formats">${onLines(formats)}</ul>\
    </section>
  `
}

function formatItem(
  { name, title, file, purpose }: Format,
  folder: string,
  base: string,
  words: OwnWords,
): Html {
  const address = base + folder + file
  const copy = filledIn(words.copy, { format: title })
  const said = html`data-copied="${words.copied}" data-press="${words.press_to_copy}"`
  return html`
    <li>\
      <h3>${title}</h3>
      <p>${words.purposes[name] ?? purpose}</p>
      <p><code>${address}</code></p>
      <p class="actions">\
        <button type="button" data-copy="${address}" ${said} aria-live="polite" hidden>\
          ${copy}\
        </button> \
        <a href="feed:${address}">${words.open_in_reader}</a> \
        <a href="${folder}${file}?download" download>${words.save}</a>\
      </p>\
    </li>`
}
