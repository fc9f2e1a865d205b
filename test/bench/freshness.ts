/**
 * Freshness: seconds from a publish, and from an article's due instant, to the first poll that has
 * it; on the model of KV, with the delays that Cloudflare documents.
 */

import { gunzipSync } from 'node:zlib'
import { aCache, NOW } from '../support/corpus.ts'
import { Centre, Location } from '../support/model-kv.ts'
import { aJournal, aPublisher, publishTo } from '../support/publishing.ts'
import { articleText, filesOf } from './corpus.ts'
import { quantile, seeded } from './measuring.ts'
import { barPlot } from './plot.ts'
import type { Cell, Section } from './table.ts'

const TRIALS = 120
const LOCATIONS = 4
/** Seconds after which a write is seen everywhere, as KV's documentation has it. */
const DOCUMENTED = 60
/** Polls are so many seconds apart. */
const EVERY = 1
const BEFORE = 180

export async function freshness(): Promise<Section> {
  const published = await trial('published')
  const due = await trial('due')
  const rows: readonly (readonly [name: string, seconds: readonly number[]])[] = [
    ['edgewire: published', published],
    ['edgewire: due', due],
    ['a feed cached for 5 minutes', cached(300)],
    ['a feed cached for 60 minutes', cached(3600)],
  ]
  return {
    name: 'freshness',
    title: 'Freshness',
    reading:
      `From the publish, or the instant at which an article is due, to the first poll that has it: ${TRIALS} editions, ${LOCATIONS} locations polled every second, on the model of KV in ` +
      `\`test/support/model-kv.ts\`, where each location sees each write after a delay of its own of up to ${DOCUMENTED} seconds, and keeps what it read for as long as it may. A due ` +
      'article is in place before its instant: nothing has to reach a location then. The others are a feed that a location has cached at an instant unknown to the publisher, over a store without any delay.',
    tables: [
      {
        caption: 'Seconds to the first poll that has it',
        columns: ['', 'median', '95 of 100', 'most'],
        rows: rows.map(([name, seconds]): Cell[] => [
          name,
          ...[0.5, 0.95, 1].map((share) => Math.round(quantile(seconds, share))),
        ]),
      },
    ],
    plots: [
      {
        file: 'freshness.svg',
        alt: 'Seconds from a publish to the first poll that has it',
        svg: barPlot({
          title: 'From publish to the first poll that has it',
          unit: 'seconds',
          series: ['median', '95 of 100'],
          groups: rows.map(([label, seconds]) => ({
            label: label.replace('edgewire: ', ''),
            values: [0.5, 0.95].map((share) => Math.round(quantile(seconds, share))),
          })),
          logarithmic: true,
        }),
      },
    ],
  }
}

/** Ascending seconds over all editions and locations. */
async function trial(kind: 'published' | 'due'): Promise<number[]> {
  const random = seeded(5)
  const centre = new Centre(NOW)
  const [cache, journal] = [aCache(), aJournal()]
  const files: Record<string, string | Uint8Array> = { ...filesOf(10, 1) }
  const publishNow = async (): Promise<void> => {
    const { store, now } = centre
    await publishTo(store, files, now, aPublisher(store, now, cache, journal))
  }
  await publishNow()
  const subscribers = Array.from({ length: LOCATIONS }, () => {
    const location = new Location(centre, random, DOCUMENTED)
    location.newIsolate()
    return { location, tag: '""' }
  })
  const seconds: number[] = []
  const real = Date.now
  Date.now = () => centre.now * 1000
  try {
    for (let n = 0; n < TRIALS; n++) {
      // Long after the edition before, and anywhere within what a location remembers of `head`.
      centre.now += 600
      for (const subscriber of subscribers) await poll(subscriber)
      centre.now += Math.floor(random() * 30)
      const lead = kind === 'due' ? BEFORE : 0
      const from = centre.now + lead
      files[`trial-${n}.md`] = articleText(20 + n, 1, from)
      await publishNow()
      seconds.push(...(await wait(subscribers, `trial-${n}`, centre, from)))
      // A feed holds thirty: what is older need not be there.
      if (n > 40) delete files[`trial-${n - 40}.md`]
    }
  } finally {
    Date.now = real
  }
  return seconds.toSorted((a, b) => a - b)
}

/** Polls all locations, each with the entity-tag that it gave last, until each has an article. */
async function wait(
  subscribers: readonly Subscriber[],
  id: string,
  centre: Centre,
  from: number,
): Promise<number[]> {
  const seconds: number[] = []
  let left = [...subscribers]
  while (left.length > 0) {
    const still: Subscriber[] = []
    for (const subscriber of left) {
      if ((await poll(subscriber))?.includes(`:${id}<`)) seconds.push(centre.now - from)
      else still.push(subscriber)
    }
    left = still
    centre.now += EVERY
  }
  return seconds
}

type Subscriber = { readonly location: Location; tag: string }

/** The feed, if it is another than the last time. */
async function poll(subscriber: Subscriber): Promise<string | undefined> {
  const headers = { 'Accept-Encoding': 'gzip', 'If-None-Match': subscriber.tag }
  const response = await subscriber.location.isolates[0]?.get('/rss.xml', headers)
  if (response?.status !== 200) return undefined
  subscriber.tag = response.headers.get('ETag') ?? ''
  return gunzipSync(await response.arrayBuffer()).toString()
}

/** Seconds until a cache that was filled at any time before is filled anew. */
function cached(lifetime: number): number[] {
  const random = seeded(6)
  const seconds = Array.from({ length: TRIALS * LOCATIONS }, () => random() * lifetime)
  return seconds.toSorted((a, b) => a - b)
}
