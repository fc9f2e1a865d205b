/** Eleventy with its own RSS plugin: a virtual template for each feed in each format. */

import { feedPlugin } from '@11ty/eleventy-plugin-rss'
import { BASE, FEEDS, LENGTH, TITLE } from './feeds.js'

const FILES = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' }

export default function configure(config) {
  config.addGlobalData(
    'permalink',
    () =>
      ({ page }) =>
        `/articles/${page.fileSlug}/`,
  )
  for (const { folder, name, matches } of FEEDS) {
    config.addCollection(name, (collections) =>
      collections.getFilteredByGlob('content/*.md').filter(({ data }) => matches(data)),
    )
    for (const [type, file] of Object.entries(FILES)) {
      config.addPlugin(feedPlugin, {
        type,
        outputPath: folder + file,
        inputPath: `${name}-${type}.njk`,
        collection: { name, limit: LENGTH },
        metadata: {
          language: 'en',
          title: TITLE,
          subtitle: 'News',
          base: BASE,
          author: { name: 'The desk' },
        },
      })
    }
  }
  return { dir: { input: 'content', output: '_site' } }
}
