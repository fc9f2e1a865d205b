/**
 * The part of a page that says how to subscribe: each format in a sentence, its address, and what
 * can be done with it.
 */

import type { Format } from '../feed/format.ts'
import { FORMATS } from '../feed/formats.ts'
import { type Html, html, onLines } from './html.ts'
import { inEnglish } from './language.ts'

/** Links to that part from the top: whoever was sent the address of a feed came for it. */
export function subscribeLink(language: string): Html {
  return html`
    <p class="actions">\
      <a class="button" href="#subscribe"${inEnglish(language)}>Subscribe to this feed</a>\
    </p>
  `
}

/** Explains how to subscribe; `folder` is root-relative, `base` is the address of the site. */
export function subscribe(folder: string, base: string, language: string): Html {
  const formats = FORMATS.map((format) => formatItem(format, folder, base))
  return html`
    <section class="subscribe" aria-labelledby="subscribe"${inEnglish(language)}>
      <h2 id="subscribe">Subscribe</h2>
      <p>\
        Give one of these addresses to a feed reader, and it shows new articles as soon as they \
        appear. No account, no e-mail.\
      </p>
      <ul class="formats">${onLines(formats)}</ul>\
    </section>
  `
}

function formatItem({ title, file, purpose }: Format, folder: string, base: string): Html {
  const address = base + folder + file
  return html`
    <li>\
      <h3>${title}</h3>
      <p>${purpose}</p>
      <p><code>${address}</code></p>
      <p class="actions">\
        <button type="button" data-copy="${address}" aria-live="polite" hidden>\
          Copy the address of ${title}\
        </button> \
        <a href="feed:${address}">Open in a reader</a> \
        <a href="${folder}${file}?download" download>Save the document</a>\
      </p>\
    </li>`
}
