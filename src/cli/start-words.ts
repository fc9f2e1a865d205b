/** The start screen: what is served, under which addresses, and what follows when a file is saved. */

import { formatInstant, type Instant } from '../article/instant.ts'
import { FORMATS } from '../feed/formats.ts'
import type { Outcome } from '../machine/outcome.ts'

/** Tells that a site is served, and where its feeds are; `at` is the instant at which it is shown. */
export function serving(base: string, content: string, at: Instant | undefined): Outcome {
  const feeds = FORMATS.map(({ title, file }) => [title, `${base}/${file}`])
  return {
    exit: 'done',
    words: [
      '',
      `Serving ${base}/${at === undefined ? '' : ` as it stands at ${formatInstant(at)}`}`,
      ...feeds.map(([title = '', address]) => `  ${title.padEnd(14)} ${address}`),
      `Watching ${content}/ — save a file to publish it, Ctrl-C to stop.`,
    ],
    data: { serving: `${base}/`, feeds: Object.fromEntries(feeds) },
  }
}
