/** The page of a retracted article: that it was withdrawn, why, and what replaces it. */

import { momentIn } from '../article/moment.ts'
import type { Site } from '../article/site.ts'
import { zoneOf } from '../article/zone.ts'
import type { Tombstone } from '../feed/format.ts'
import { localAddress } from './address.ts'
import type { OwnParts } from './article-page.ts'
import { timeElement } from './date.ts'
import { html } from './html.ts'
import { inLanguage, voiceIn } from './language.ts'
import { openPage } from './layout.ts'

/** Writes the parts of the page that are its own. */
export function retractionPage(
  { title, at, reason, replacement, language }: Tombstone,
  site: Site,
): OwnParts {
  const { words, mark } = voiceIn(language, site)
  const moment = momentIn(zoneOf(site), at)
  const head = openPage(
    {
      title: `${title} — ${site.title}`,
      language,
      canonical: undefined,
      description: undefined,
    },
    site,
  )
  const readInstead =
    replacement &&
    html`<p><a href="${localAddress(replacement, site)}"${mark}>${words.read_instead}</a></p>`
  const body = html`
    <article class="whole" ${inLanguage(language)}>
      <p class="kicker"${mark}>${words.retracted}</p>
      <h1>${title}</h1>
      <div class="notice" role="note">\
        <p><strong${mark}>${words.withdrawn}</strong>${words.comma}${timeElement(moment, language)}.</p>
        ${reason && html`<p>${reason}</p>`}
        ${readInstead}\
      </div>
    </article>
  `
  return { head: String(head), body: String(body) }
}
