/** Eleventy as one sets it up for speed: feeds written by functions, each item rendered once. */

import { BASE, FEEDS, LENGTH, TITLE } from './feeds.js'

const items = new Map()

export default function configure(config) {
  config.addGlobalData(
    'permalink',
    () =>
      ({ page }) =>
        `/articles/${page.fileSlug}/`,
  )
  for (const { folder, name, matches } of FEEDS) {
    config.addCollection(name, (collections) =>
      collections
        .getFilteredByGlob('content/*.md')
        .filter(({ data }) => matches(data))
        .slice(-LENGTH)
        .reverse(),
    )
    for (const [format, { file, render }] of Object.entries(FORMATS)) {
      config.addTemplate(
        `${name}-${format}.11ty.js`,
        {
          data: () => ({ permalink: folder + file }),
          render: ({ collections }) => render(collections[name], folder),
        },
        { eleventyExcludeFromCollections: true },
      )
    }
  }
  return { dir: { input: 'content', output: '_site' } }
}

/** An item in a format, made once for all feeds. */
function once(format, post, make) {
  const key = `${format} ${post.url}`
  if (!items.has(key)) items.set(key, make(post))
  return items.get(key)
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const addressOf = ({ url }) => BASE.slice(0, -1) + url

const FORMATS = {
  rss: {
    file: 'rss.xml',
    render: (posts, folder) =>
      `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${TITLE}</title><link>${BASE.slice(0, -1)}${folder}</link><description>News</description>${posts.map((post) => once('rss', post, rssItem)).join('')}</channel></rss>`,
  },
  atom: {
    file: 'atom.xml',
    render: (posts, folder) =>
      `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>${TITLE}</title><id>${BASE.slice(0, -1)}${folder}</id>${posts.map((post) => once('atom', post, atomEntry)).join('')}</feed>`,
  },
  json: {
    file: 'feed.json',
    render: (posts, folder) =>
      `{"version":"https://jsonfeed.org/version/1.1","title":"${TITLE}","home_page_url":"${BASE.slice(0, -1)}${folder}","items":[${posts.map((post) => once('json', post, jsonItem)).join(',')}]}`,
  },
}

function rssItem(post) {
  const { title, summary, authors = [], tags = [] } = post.data
  return `<item><title>${escaped(title)}</title><link>${addressOf(post)}</link><guid>${addressOf(post)}</guid><pubDate>${post.date.toUTCString()}</pubDate><description>${escaped(summary)}</description><content:encoded>${escaped(post.content)}</content:encoded>${authors.map((name) => `<dc:creator>${escaped(name)}</dc:creator>`).join('')}${tags.map((tag) => `<category>${escaped(tag)}</category>`).join('')}</item>`
}

function atomEntry(post) {
  const { title, summary, authors = [] } = post.data
  return `<entry><title>${escaped(title)}</title><link href="${addressOf(post)}"/><id>${addressOf(post)}</id><updated>${post.date.toISOString()}</updated><summary>${escaped(summary)}</summary><content type="html">${escaped(post.content)}</content>${authors.map((name) => `<author><name>${escaped(name)}</name></author>`).join('')}</entry>`
}

function jsonItem(post) {
  const { title, summary, authors = [], tags = [] } = post.data
  return JSON.stringify({
    id: addressOf(post),
    url: addressOf(post),
    title,
    summary,
    content_html: post.content,
    date_published: post.date.toISOString(),
    authors: authors.map((name) => ({ name })),
    tags,
  })
}
