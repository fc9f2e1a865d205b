import fc from 'fast-check'
import { describe, it } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { parseMoment } from '../../src/article/moment.ts'
import { formatProblem } from '../../src/article/problem.ts'
import { dayIn, instantIn } from '../../src/article/zone.ts'
import { contentOf } from '../../src/feed/content.ts'
import type { Tombstone } from '../../src/feed/format.ts'
import { announcementOf, standInOf } from '../../src/feed/notice.ts'
import { articlePage } from '../../src/page/article-page.ts'
import { retractionPage } from '../../src/page/retraction-page.ts'
import { newsEntry } from '../../src/page/sitemap.ts'
import {
  aCache,
  anArticle,
  aPress,
  articlesOf,
  type Files,
  platform,
  problemsOf,
  SITE,
} from '../support/corpus.ts'
import { must } from '../support/results.ts'

const TOKYO = `${SITE}timezone: Asia/Tokyo\n`
const OWN = 'pages: false\nurl: https://example.org/{year}/{month}/{day}/{id}/\n'

const dated = (published: string, site = SITE, more: Record<string, string> = {}): Files => ({
  'site.yaml': site,
  'a.md': anArticle({ published, ...more }),
})

function toldOf(published: string, site = SITE): string {
  const told = problemsOf(dated(published, site)).map(formatProblem)
  return told.map((line) => line.replace(/^.*: expected /, '')).join('\n')
}

/** What somebody writes, and what the message says that is expected; the second in Tokyo. */
const MISSPELLED: readonly (readonly [written: string, here: string, inTokyo?: string])[] = [
  [
    '2024-12-25 00:00:00 +0000',
    '`2024-12-25T00:00:00+00:00`, as RFC 3339 spells it (no blank before the offset, a colon in the offset).',
  ],
  [
    '2026-11-01 09:00:00 +01:00',
    '`2026-11-01T09:00:00+01:00`, as RFC 3339 spells it (no blank before the offset).',
  ],
  [
    '2024-12-25T10:00:00.000+0100',
    '`2024-12-25T10:00:00+01:00`, as RFC 3339 spells it (a colon in the offset).',
  ],
  [
    '2024-12-25 10:00',
    '`2024-12-25T10:00:00Z`, if it is meant in UTC (this one has no offset).',
    '`2024-12-25T10:00:00+09:00`, if it is meant in Asia/Tokyo (this one has no offset).',
  ],
  [
    'Dec 25, 2024',
    'a time and an offset too: `2024-12-25T12:00:00Z` (a day alone is taken where site.yaml has a `timezone`).',
    '`2024-12-25`, as RFC 3339 spells it.',
  ],
  ['Wed, 25 Dec 2024 10:00:00 GMT', '`2024-12-25T10:00:00Z`, as RFC 3339 spells it.'],
  ['Wed, 25 Dec 2024 10:00:00 EST', '`2024-12-25T10:00:00-05:00`, as RFC 3339 spells it.'],
  [
    'December 25th, 2024 at 5:30 pm',
    '`2024-12-25T17:30:00Z`, if it is meant in UTC (this one has no offset).',
    '`2024-12-25T17:30:00+09:00`, if it is meant in Asia/Tokyo (this one has no offset).',
  ],
  [
    'Wed Dec 25 2024 10:00:00 GMT+0100 (Central European Time)',
    '`2024-12-25T10:00:00+01:00`, as RFC 3339 spells it (a colon in the offset).',
  ],
  ['20241225T100000Z', '`2024-12-25T10:00:00Z`, as RFC 3339 spells it.'],
  [
    '25.12.2024',
    'a time and an offset too: `2024-12-25T12:00:00Z` (a day alone is taken where site.yaml has a `timezone`).',
    '`2024-12-25`, as RFC 3339 spells it.',
  ],
  [
    '12/25/2024',
    'a time and an offset too: `2024-12-25T12:00:00Z` (a day alone is taken where site.yaml has a `timezone`).',
    '`2024-12-25`, as RFC 3339 spells it.',
  ],
  ['01/02/2024', 'a date with time and offset: 2026-01-15T09:30:00+01:00.'],
  ['2024-02-30 10:00 +0100', 'a date with time and offset: 2026-01-15T09:30:00+01:00.'],
  ['soon', 'a date with time and offset: 2026-01-15T09:30:00+01:00.'],
  [
    'false',
    'a date with time and offset: 2026-01-15T09:30:00+01:00; an article that is not to be published has `status: draft`.',
  ],
]

describe('a date that is spelled otherwise', () => {
  it.for(MISSPELLED)('is told as it has to be written: %s', ([text, here, there], { expect }) => {
    const written = /[:,]/.test(text) ? `"${text}"` : text
    expect(toldOf(written)).toBe(here)
    expect(toldOf(written, TOKYO)).toBe(there ?? here)
  })

  it('is told as something that is taken', () => {
    const zones = fc.constantFrom(undefined, 'Asia/Tokyo', 'America/St_Johns', 'Europe/Warsaw')
    const forms = [
      (iso: string) => iso.replace('T', ' ').replace('Z', ' +0200'),
      (iso: string) => iso.slice(0, 16),
      (iso: string) => new Date(iso).toUTCString(),
      (iso: string) => iso.slice(0, 10).replaceAll('-', '/'),
    ]
    const instants = fc.integer({ min: -2e9, max: 4e9 })
    fc.assert(
      fc.property(instants, fc.constantFrom(...forms), zones, (instant, form, zone) => {
        const read = parseMoment(form(formatInstant(instant)), zone)
        if (read.ok || !('spelled' in read.failure)) throw new Error('It is not told.')
        must(parseMoment(read.failure.spelled, zone))
      }),
    )
  })
})

describe('the day of an article', () => {
  it.for([
    ['2026-01-01T08:00:00+09:00', '', '2026/01/01'],
    ['2026-01-01T08:00:00Z', 'timezone: America/Los_Angeles\n', '2026/01/01'],
    ['2026-01-01T07:59:59Z', 'timezone: America/Los_Angeles\n', '2025/12/31'],
    ['2025-12-31T23:00:00Z', '', '2025/12/31'],
    ['2025-12-31T23:00:00Z', 'timezone: Asia/Tokyo\n', '2026/01/01'],
    ['2026-02-01T23:00:00-05:00', 'timezone: Europe/London\n', '2026/02/02'],
    ['2025-12-25', 'timezone: Pacific/Kiritimati\n', '2025/12/25'],
    ['2025-12-25', 'timezone: Pacific/Pago_Pago\n', '2025/12/25'],
    ['0099-12-31T23:59:59Z', '', '0099/12/31'],
    ['1889-02-01T10:00:00+01:00', '', '1889/02/01'],
  ] as const)('of %s %s is in its address: %s', ([published, zone, day], { expect }) => {
    const [article] = articlesOf(dated(published, `${SITE}${zone}${OWN}`))
    expect(article?.url).toBe(`https://example.org/${day}/a/`)
  })

  it('alone is noon where the site is', ({ expect }) => {
    const [article] = articlesOf(dated('2025-12-25', TOKYO))
    expect(article && formatInstant(article.published)).toBe('2025-12-25T03:00:00Z')
  })

  it('alone is refused where the site has no zone', ({ expect }) => {
    expect(toldOf('2025-12-25')).toContain('a day alone is taken where site.yaml has a `timezone`')
  })

  it('that does not exist is told, with or without a zone', ({ expect }) => {
    for (const site of [SITE, TOKYO])
      expect(toldOf('2025-02-29', site)).toBe('a date that exists in the calendar.')
  })

  it('is not lost in the same file when the zone of the site changes', ({ expect }) => {
    const cache = aCache()
    const times = ['Asia/Tokyo', 'Europe/Warsaw'].map((zone) => {
      const files = dated('2025-12-25', `${SITE}timezone: ${zone}\n`)
      return aPress(files, {}, cache).corpus.articles[0]?.published
    })
    expect(times.map((time) => formatInstant(time ?? 0))).toEqual([
      '2025-12-25T03:00:00Z',
      '2025-12-25T11:00:00Z',
    ])
    expect(() => aPress(dated('2025-12-25'), {}, cache)).toThrow()
  })

  it('is the same, at noon, in every zone', ({ expect }) => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const days = fc.integer({ min: -36_500, max: 36_500 })
    fc.assert(
      fc.property(zones, days, (zone, number) => {
        const noon = number * 86_400 + 43_200
        expect(dayIn(zone, instantIn(zone, noon))).toBe(formatInstant(noon).slice(0, 10))
      }),
    )
  })
})

describe('the page of an article', () => {
  const pageOf = (published: string, site = SITE): string => {
    const files = dated(published, site, { updated: '2026-01-02T23:30:00Z', correction: 'So.' })
    const { corpus } = aPress(files)
    const [article] = articlesOf(files)
    if (!article) throw new Error('There is no article.')
    return articlePage(article, corpus.site, platform.highlight).body
  }

  it('tells dates by the offset of their author', ({ expect }) => {
    const page = pageOf('2026-01-01T08:00:00+09:00')
    expect(page).toContain(
      '<time datetime="2025-12-31T23:00:00Z">January 1, 2026 at 8:00 AM GMT+9</time>',
    )
    expect(page).toContain('January 2, 2026 at 11:30 PM UTC')
  })

  it('tells dates by the clocks of the site', ({ expect }) => {
    const page = pageOf('2026-01-01T08:00:00Z', TOKYO)
    expect(page).toContain('January 1, 2026 at 5:00 PM GMT+9')
    expect(page).toContain('January 3, 2026 at 8:30 AM GMT+9')
    expect(page).toContain('<time datetime="2026-01-02T23:30:00Z">January 3, 2026</time>: So.')
  })

  it('tells no time that nobody wrote', ({ expect }) => {
    const page = pageOf('2026-01-01', TOKYO)
    expect(page).toContain('<p><time datetime="2026-01-01">January 1, 2026</time></p>')
    expect(page).not.toContain('12:00')
  })
})

describe('a day without a time', () => {
  const front = { updated: '2026-01-03', correction: 'So.' }
  const files = dated('2026-01-01', TOKYO, front)
  const { corpus } = aPress(files)
  const { site } = corpus
  const [listing] = corpus.articles
  const [article] = articlesOf(files)

  it('is a day for machines too, and no instant that nobody wrote', ({ expect }) => {
    if (!article) throw new Error('There is no article.')
    const { head } = articlePage(article, site, platform.highlight)
    expect(head).toContain('"datePublished":"2026-01-01","dateModified":"2026-01-03"')
    expect(head).toContain('<meta property="article:published_time" content="2026-01-01">')
    expect(head).toContain('<meta property="article:modified_time" content="2026-01-03">')
    expect(listing && newsEntry(listing, site)).toContain(
      '<news:publication_date>2026-01-01</news:publication_date>',
    )
  })

  it('is the day of a correction in feeds', ({ expect }) => {
    expect(article && contentOf(article, site)).toContain(
      'Correction, <time datetime="2026-01-03">2026-01-03</time></strong>: <span>So.</span>',
    )
  })
})

describe('a time, where the site has a zone', () => {
  it('is an instant for machines, and the day there in the words on a correction', ({ expect }) => {
    const front = { updated: '2026-01-02T23:30:00Z', correction: 'So.' }
    const files = dated('2026-01-01T08:00:00+09:00', TOKYO, front)
    const { site, articles } = aPress(files).corpus
    const [listing] = articles
    const [article] = articlesOf(files)
    if (!article) throw new Error('There is no article.')
    expect(articlePage(article, site, platform.highlight).head).toContain(
      '"datePublished":"2025-12-31T23:00:00Z","dateModified":"2026-01-02T23:30:00Z"',
    )
    expect(listing && newsEntry(listing, site)).toContain(
      '<news:publication_date>2025-12-31T23:00:00Z</news:publication_date>',
    )
    expect(contentOf(article, site)).toContain(
      'Correction, <time datetime="2026-01-02T23:30:00Z">2026-01-03</time></strong>',
    )
  })

  it('decides the day of a retraction, in its notices and on its page', ({ expect }) => {
    const at = Date.parse('2026-01-31T23:30:00Z') / 1000
    const tombstone: Tombstone = {
      id: 'gone',
      guid: 'tag:example.org,2026:gone',
      title: 'Gone',
      url: 'https://wire.example.org/articles/gone',
      published: at - 86_400,
      at,
      reason: 'Wrong.',
      replacedBy: undefined,
      replacement: undefined,
      announcement: 'tag:example.org,2026:gone/retraction',
      language: 'en',
      section: undefined,
      tags: [],
    }
    const daysIn = (yaml: string): (string | undefined)[] => {
      const { site } = aPress({ 'site.yaml': yaml, 'a.md': anArticle() }).corpus
      const notices = [standInOf(tombstone, site), announcementOf(tombstone, site)]
      return [
        ...notices.flatMap((notice) => [notice?.summary, notice?.html]),
        retractionPage(tombstone, site).body,
      ]
    }
    const times = [
      'Retracted, 2026-02-01: Wrong.',
      '<time datetime="2026-01-31T23:30:00Z">2026-02-01</time>',
    ]
    const inTokyo = [...times, ...times, '<time datetime="2026-01-31T23:30:00Z">February 1, 2026<']
    for (const [index, said] of daysIn(TOKYO).entries()) expect(said).toContain(inTokyo[index])
    for (const said of daysIn(SITE)) expect(said).toMatch(/2026-01-31(?!T)|January 31, 2026/)
  })
})

describe('the zone of a site', () => {
  it.for([
    ['Tokyo', '(did you mean Asia/Tokyo?)'],
    ['Europe/Warsow', '(did you mean Europe/Warsaw?)'],
    ['"+09:00"', 'a time zone of the IANA database: Europe/Warsaw.'],
    ['9', 'a time zone of the IANA database: Europe/Warsaw.'],
  ] as const)('is a name that is known: %s', ([zone, says], { expect }) => {
    expect(toldOf('2025-12-25', `${SITE}timezone: ${zone}\n`)).toContain(says)
  })
})
