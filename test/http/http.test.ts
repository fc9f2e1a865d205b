import { describe, it } from 'vitest'
import { acceptsGzip } from '../../src/http/accept-encoding.ts'
import { formatTag, matchesStrongly, parseTagList } from '../../src/http/entity-tag.ts'
import { freshFor } from '../../src/http/freshness.ts'
import { formatDate, parseDate } from '../../src/http/http-date.ts'
import { prefersHtml } from '../../src/http/navigation.ts'
import { evaluatePreconditions } from '../../src/http/preconditions.ts'

const NOW = 1_772_323_200
const SEEN = NOW - 1000

describe('entity-tags', () => {
  it('are written weak, and read with commas, weak or strong (RFC 9110 §8.8.3)', ({ expect }) => {
    expect(formatTag({ opaque: 'a', weak: true })).toBe('W/"a"')
    expect(parseTagList('W/"a,b" ,"c", junk')).toEqual([
      { opaque: 'a,b', weak: true },
      { opaque: 'c', weak: false },
    ])
    expect(parseTagList(' * ')).toBe('*')
    expect(parseTagList('unquoted')).toEqual([])
  })

  it('match strongly only where neither is weak (§8.8.3.2)', ({ expect }) => {
    const strong = { opaque: 'a', weak: false }
    expect(matchesStrongly([strong], strong)).toBe(true)
    expect(matchesStrongly([strong], { ...strong, weak: true })).toBe(false)
  })
})

/** RFC 9110 §13.2.2, row by row: what is asked, and what is done. */
const CONDITIONS: readonly [is: string, headers: Record<string, string>, outcome: string][] = [
  ['no condition', {}, 'proceed'],
  ['the tag in its weak spelling', { 'If-None-Match': 'W/"t"' }, 'not-modified'],
  ['the tag in its strong spelling', { 'If-None-Match': '"t"' }, 'not-modified'],
  ['the tag inside a list', { 'If-None-Match': '"x,y", W/"t", "z"' }, 'not-modified'],
  ['any tag', { 'If-None-Match': '*' }, 'not-modified'],
  ['another tag', { 'If-None-Match': '"x"' }, 'proceed'],
  ['a tag that only begins alike', { 'If-None-Match': '"tt"' }, 'proceed'],
  ['an unquoted tag', { 'If-None-Match': 't' }, 'proceed'],
  ['modified since the same second', { 'If-Modified-Since': formatDate(SEEN) }, 'not-modified'],
  ['modified since later', { 'If-Modified-Since': formatDate(SEEN + 1) }, 'not-modified'],
  ['modified since earlier', { 'If-Modified-Since': formatDate(SEEN - 1) }, 'proceed'],
  ['modified since no date', { 'If-Modified-Since': 'yesterday' }, 'proceed'],
  [
    'another tag and a later date',
    { 'If-None-Match': '"x"', 'If-Modified-Since': formatDate(NOW) },
    'proceed',
  ],
  [
    'the tag and an earlier date',
    { 'If-None-Match': '"t"', 'If-Modified-Since': formatDate(0) },
    'not-modified',
  ],
  ['a match with a weak tag', { 'If-Match': 'W/"t"' }, 'precondition-failed'],
  ['a match with anything', { 'If-Match': '*' }, 'proceed'],
  [
    'unmodified since earlier',
    { 'If-Unmodified-Since': formatDate(SEEN - 1) },
    'precondition-failed',
  ],
  ['unmodified since the same second', { 'If-Unmodified-Since': formatDate(SEEN) }, 'proceed'],
  [
    'a failed match before a tag',
    { 'If-Match': '"x"', 'If-None-Match': '"t"' },
    'precondition-failed',
  ],
]

describe('preconditions (RFC 9110 §13.2.2)', () => {
  it.for(CONDITIONS)('%s', ([, headers, outcome], { expect }) => {
    const validators = { tag: { opaque: 't', weak: true }, lastModified: SEEN }
    expect(evaluatePreconditions((name) => headers[name], validators, NOW)).toBe(outcome)
  })
})

describe('HTTP dates (RFC 9110 §5.6.7)', () => {
  it.for([
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784_111_777],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784_111_777],
    ['Sun Nov  6 08:49:37 1994', 784_111_777],
    ['Sunday, 06-Nov-30 08:49:37 GMT', 1_920_185_377],
    ['Sun, 31 Feb 2026 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 25:49:37 GMT', undefined],
    ['1994-11-06T08:49:37Z', undefined],
    ['784111777', undefined],
  ] as const)('%s', ([text, seconds], { expect }) => {
    expect(parseDate(text, NOW)).toBe(seconds)
  })
})

describe('Accept-Encoding (RFC 9110 §12.5.3)', () => {
  it.for([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['x-gzip', true],
    ['gzip;q=0', false],
    ['gzip;q=0.000, *', false],
    ['*', true],
    ['*;q=0', false],
    ['identity', false],
    ['identity;q=0, gzip', true],
    ['identity;q=0', false],
    ['gzip, identity', true],
    ['gzip;q=0.5, identity', false],
    ['gzip;q=0.2, identity;q=0.1', true],
    ['*;q=0.5, identity;q=0.8', false],
    ['br, zstd, deflate', false],
  ] as const)('%s', ([value, accepted], { expect }) => {
    expect(acceptsGzip(value)).toBe(accepted)
  })
})

describe('freshness', () => {
  it.for([
    [undefined, 'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400'],
    [10_000, 'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400'],
    [500, 'public, max-age=300, stale-while-revalidate=200, stale-if-error=86400'],
    [60, 'public, max-age=60, stale-if-error=86400'],
    [0.5, 'public, max-age=0, stale-if-error=86400'],
  ] as const)(
    'ends after %s seconds, when the next edition begins',
    ([untilNext, value], { expect }) => {
      expect(freshFor(300, untilNext)).toBe(value)
    },
  )
})

describe('prefersHtml', () => {
  it.for<[accept: string | undefined, prefers: boolean]>([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['text/html', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['TEXT/HTML;charset=utf-8, */*', true],
    ['application/json, text/html', false],
    ['text/html;q=0.7, application/atom+xml', false],
    ['application/xml;q=0.9, text/html', true],
    ['text/html;q=0', false],
    ['text/*', false],
  ])('of %s is %s (RFC 9110 §12.5.1)', ([accept, prefers], { expect }) => {
    expect(prefersHtml(accept)).toBe(prefers)
  })
})
