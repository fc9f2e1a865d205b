/** What every page has around its content: head, masthead, and foot. Links are root-relative. */

import type { Site } from '../article/site.ts'
import { directionOf } from '../feed/content.ts'
import { FORMATS } from '../feed/formats.ts'
import { type Html, html } from './html.ts'

export type PageHead = {
  readonly title: string
  readonly language: string
  /** Absolute. */
  readonly canonical: string
  readonly description: string | undefined
  /** Further elements of the head. */
  readonly more?: Html
}

/** Everything up to the part of the head that all pages share. */
export function openPage(page: PageHead): Html {
  return html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="canonical" href="${page.canonical}">
${
  page.description &&
  html`<meta name="description" content="${page.description}">
`
}${page.more}`
}

/** The rest of the head, and the body up to the content. */
export function openBody(site: Site, stylesheet: string): Html {
  return html`${feedLinks('/', site.title)}${
    site.icon &&
    html`<link rel="icon" href="${site.icon}">
`
  }<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<header lang="${site.language}" dir="${directionOf(site.language)}"><a href="/">${site.title}</a> ${navigation(site)}</header>
<main>
`
}

export function closePage(site: Site): Html {
  return html`
</main>
<footer lang="${site.language}" dir="${directionOf(site.language)}"><p>${site.copyright} ${site.license && html`<a rel="license" href="${site.license}">Licence</a>`}</p>
<p>Subscribe: ${FORMATS.map(({ file, title }) => html`<a href="/${file}">${title}</a> `)}</p></footer>
</body>
</html>
`
}

/** Where a reader finds the feed of a folder. */
export function feedLinks(folder: string, title: string): Html[] {
  return FORMATS.map(
    (format) =>
      html`<link rel="alternate" type="${format.mediaType.replace(/;.*$/, '')}" title="${title} (${format.title})" href="${folder}${format.file}">
`,
  )
}

function navigation(site: Site): Html {
  if (site.navigation.length === 0) return html``
  return html`<nav>${site.navigation.map(({ title, path }) => html`<a href="${path}">${title}</a> `)}</nav>`
}
