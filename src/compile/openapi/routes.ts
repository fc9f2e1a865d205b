/** Everything that can be asked of a site, a line for each route. */

import { NEWS_SITEMAP, OPENAPI, OPML, ROBOTS, SITEMAP } from '../../edition/names.ts'
import { FEED_TYPES } from '../../feed/feed-types.ts'
import type { Format } from '../../feed/format.ts'
import { FORMATS, SINGLE_FORMATS } from '../../feed/formats.ts'
import type { AnswerName } from './answers.ts'
import type { AnswerFieldName, ParameterName } from './fields.ts'

/** A route: what it is called, what it answers, and what it takes. */
export type Route = {
  readonly path: string
  /** The name of its operations: with `get` before it, and so on. */
  readonly name: string
  readonly summary: string
  readonly mediaType: string
  readonly schema?: string | undefined
  /** Fields of a success beside those of every document. */
  readonly fields?: readonly AnswerFieldName[]
  /** Answers beside a success and what any route answers. */
  readonly answers?: readonly AnswerName[]
  readonly parameters?: readonly ParameterName[]
  /** True if only what is new of it can be asked for. */
  readonly hasDeltas?: true
  /** True if parts of it can be asked for. */
  readonly hasParts?: true
  /** True if it has no validators, and is made for each request. */
  readonly isFresh?: true
}

const FEED = '/{kind}/{name}/'
const PAGE: Pick<Route, 'mediaType' | 'fields'> = {
  mediaType: 'text/html',
  fields: ['Link', 'Content-Encoding', 'Content-Security-Policy', 'Referrer-Policy'],
}
const MOVABLE: Pick<Route, 'answers'> = { answers: ['Moved', 'NotFound'] }
const STORED: Pick<Route, 'fields'> = { fields: ['Content-Encoding'] }
const ARTICLE_ANSWERS: readonly AnswerName[] = ['Moved', 'NotFound', 'Retracted']
const WALK: Omit<Route, 'path' | 'name' | 'summary'> = {
  ...STORED,
  mediaType: FEED_TYPES.json.mediaType,
  schema: 'Changes',
  parameters: ['Since', 'To', 'After'],
  answers: ['InvalidCursor', 'UnknownCursor'],
}

/** Lists the routes in the order in which they are shown. */
export function routes(): readonly Route[] {
  return [
    {
      ...PAGE,
      path: '/',
      name: 'FrontPage',
      summary: 'The front page',
      answers: ['Moved', 'NotFound', 'ReadElsewhere'],
    },
    page(FEED, 'FeedPage', 'The page of a feed'),
    page('/feeds/', 'FeedList', 'The page that lists all feeds'),
    page('/archive/', 'Archive', 'The page of the archive of everything'),
    page('/archive/{period}/', 'ArchivePage', 'The page of a month of everything'),
    page(`${FEED}archive/`, 'FeedArchive', 'The page of a feed’s archive'),
    page(`${FEED}archive/{period}/`, 'FeedArchivePage', 'The page of a month of a feed'),
    ...FORMATS.flatMap(documents),
    { ...WALK, path: '/changes.json', name: 'Changes', summary: 'What changed since an edition' },
    {
      ...WALK,
      path: `${FEED}changes.json`,
      name: 'FeedChanges',
      summary: 'What changed in a feed since an edition',
      answers: [...(WALK.answers ?? []), 'Moved', 'NotFound'],
    },
    {
      path: '/articles/{id}',
      name: 'ArticlePage',
      summary: 'An article’s page',
      mediaType: 'text/html',
      fields: PAGE.fields ?? [],
      answers: [...ARTICLE_ANSWERS, 'ReadElsewhere'],
    },
    ...SINGLE_FORMATS.map((format) => ({
      path: `/articles/{id}.${format.name}`,
      name: `Article${capital(format.name)}`,
      summary: `An article as ${format.single.words}`,
      mediaType: format.single.mediaType,
      schema: format.schema?.name,
      fields: ['Link', 'Content-Encoding'] as const,
      answers: ARTICLE_ANSWERS,
    })),
    {
      ...MOVABLE,
      parameters: ['Range', 'IfRange'],
      hasParts: true,
      path: '/media/{digest}/{name}',
      name: 'Media',
      summary: 'A file of an article',
      mediaType: '*/*',
      fields: [
        'Accept-Ranges',
        'Content-Disposition',
        'Content-Security-Policy',
        'Cross-Origin-Resource-Policy',
      ],
    },
    { ...file(OPML, 'FeedsOpml', 'All feeds as OPML'), mediaType: 'text/x-opml' },
    { ...file(ROBOTS, 'Robots', 'What crawlers may read'), mediaType: 'text/plain' },
    file(SITEMAP, 'Sitemaps', 'The list of sitemaps'),
    { ...file('/sitemap-{period}.xml', 'Sitemap', 'A sitemap'), ...MOVABLE },
    { ...file(NEWS_SITEMAP, 'NewsSitemap', 'What was published in two days') },
    { ...file(OPENAPI, 'OpenApi', 'This description'), mediaType: 'application/json' },
    {
      path: '/health',
      name: 'Health',
      summary: 'What this location serves',
      mediaType: 'application/json',
      schema: 'Health',
      isFresh: true,
    },
  ]
}

function page(path: string, name: string, summary: string): Route {
  return { ...PAGE, ...(path.includes('{') ? MOVABLE : {}), path, name, summary }
}

function file(path: string, name: string, summary: string): Route {
  return { ...STORED, path, name, summary, mediaType: 'application/xml' }
}

/** Lists the documents of feeds in a format: of everything and of a feed, open and closed. */
function documents(format: Format): Route[] {
  const { name, title, mediaType } = format
  const document = (folder: string, kind: string, summary: string): Route => {
    const isOpen = !folder.includes('archive')
    return {
      path: folder + format.file,
      name: kind + capital(name),
      summary: `${summary} in ${title}`,
      mediaType,
      schema: format.schema?.name,
      fields: ['Link', 'Content-Encoding', 'Content-Disposition'],
      answers: ['Page', ...(folder.includes('{') ? (['Moved', 'NotFound'] as const) : [])],
      parameters: ['SecFetchDest', 'Download', ...(isOpen ? DELTA : [])],
      ...(isOpen ? { hasDeltas: true } : {}),
    }
  }
  const closed = 'A closed part (RFC 5005)'
  return [
    document('/', 'Everything', 'The feed of everything'),
    document(FEED, 'Feed', 'A feed'),
    document('/archive/{period}/', 'Archived', `${closed} of everything`),
    document(`${FEED}archive/{period}/`, 'FeedArchived', `${closed} of a feed`),
  ]
}

const DELTA = ['Instances'] as const

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
