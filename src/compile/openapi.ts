/**
 * `/openapi.json`: what programs can ask of the site, and what they get, as OpenAPI 3.1. Its
 * schemas are those that the code checks with. The only importer of what turns them into JSON
 * Schema.
 */

import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { FOLDER_KINDS } from '../article/feed-kinds.ts'
import type { Site } from '../article/site.ts'
import { CHANGES, HEALTH, PROBLEM } from '../changes/contract.ts'
import { canonicalJson } from '../edition/canonical.ts'
import { NEWS_SITEMAP, OPENAPI, OPML, ROBOTS, SITEMAP } from '../edition/names.ts'
import { SCHEMA } from '../edition/object.ts'
import { bareType, FEED_TYPES } from '../feed/feed-types.ts'
import type { Format } from '../feed/format.ts'
import { FORMATS, SINGLE_FORMATS } from '../feed/formats.ts'

const SCHEMAS: Readonly<Record<string, GenericSchema>> = {
  Changes: CHANGES,
  Health: HEALTH,
  ...Object.fromEntries(
    FORMATS.flatMap(({ schema }) => (schema ? [[schema.name, schema.schema]] : [])),
  ),
  Problem: PROBLEM,
}

/** Writes the description of a site; it says nothing of what is published there. */
export function formatOpenApi({ title, base }: Pick<Site, 'title' | 'base'>): string {
  const schemas = Object.entries(SCHEMAS).map(([name, schema]) => {
    const { $schema: _, ...json } = toJsonSchema(schema, { target: 'draft-2020-12' })
    return [name, json]
  })
  return `${canonicalJson({
    openapi: '3.1.0',
    info: {
      title,
      version: String(SCHEMA),
      description:
        'A newswire, published by edgewire. Feed readers take the feeds; partners ' +
        `keep a copy of everything through ${base}/changes.json.`,
    },
    servers: [{ url: base }],
    paths: pathsOf(),
    components: { schemas: Object.fromEntries(schemas) },
  })}\n`
}

type Operation = {
  readonly summary: string
  readonly mediaType: string
  readonly schema?: keyof typeof SCHEMAS
  readonly parameters?: readonly object[]
  /** Answers beside 200 and what every address may answer. */
  readonly responses?: Readonly<Record<string, object>>
}

const FEED_PATH = '/{kind}/{name}'

function pathsOf(): Record<string, object> {
  const feeds = FORMATS.flatMap((format) => {
    const { file, title, mediaType } = format
    const schema = schemaOf(format)
    const document = (summary: string): Operation => ({ summary, mediaType, ...schema })
    const news = { ...document(`A feed in ${title}`), ...deltaOf(mediaType, schema) }
    const archive = document(`A closed part of a feed in ${title} (RFC 5005)`)
    return [
      [`/${file}`, { ...news, summary: `The feed of everything in ${title}` }],
      [`${FEED_PATH}/${file}`, news],
      [`/archive/{period}/${file}`, archive],
      [`${FEED_PATH}/archive/{period}/${file}`, archive],
    ] as const
  })
  const singles = SINGLE_FORMATS.map((format): [string, Operation] => {
    const { name, single } = format
    const { mediaType, words } = single
    const summary = `An article as ${words}`
    return [`/articles/{id}.${name}`, { summary, mediaType, ...schemaOf(format), ...RETRACTED }]
  })
  const operations: readonly (readonly [path: string, operation: Operation])[] = [
    ['/', { summary: 'The front page', mediaType: 'text/html' }],
    [`${FEED_PATH}/`, { summary: 'The page of a feed', mediaType: 'text/html' }],
    ...feeds,
    ['/changes.json', CHANGED],
    [
      `${FEED_PATH}/changes.json`,
      { ...CHANGED, summary: 'What changed in a feed since an edition' },
    ],
    ['/articles/{id}', { summary: 'An article’s page', mediaType: 'text/html', ...RETRACTED }],
    ...singles,
    ['/media/{digest}/{name}', FILE],
    [OPML, { summary: 'All feeds as OPML', mediaType: 'text/x-opml' }],
    [ROBOTS, { summary: 'What crawlers may read', mediaType: 'text/plain' }],
    [SITEMAP, { summary: 'The list of sitemaps', mediaType: 'application/xml' }],
    ['/sitemap-{period}.xml', { summary: 'A sitemap', mediaType: 'application/xml' }],
    [NEWS_SITEMAP, { summary: 'What was published in two days', mediaType: 'application/xml' }],
    [OPENAPI, { summary: 'This description', mediaType: 'application/json' }],
    [
      '/health',
      { summary: 'What this location serves', mediaType: 'application/json', schema: 'Health' },
    ],
  ]
  return Object.fromEntries(operations.map(([path, operation]) => [path, itemOf(path, operation)]))
}

const STRING = { type: 'string' }

function schemaOf({ schema }: Format): Pick<Operation, 'schema'> {
  return schema ? { schema: schema.name } : {}
}

function query(name: string, description: string): object {
  return { name, in: 'query', required: false, description, schema: STRING }
}

const CHANGED: Operation = {
  summary: 'What changed since an edition',
  mediaType: FEED_TYPES.json.mediaType,
  schema: 'Changes',
  parameters: [
    query('since', 'The cursor of the edition that the client has, or 0. None: where to begin'),
    query('to', 'Of a further page: follow `next_url`, do not make it'),
    query('after', 'Of a further page, too'),
  ],
  responses: {
    400: problem('The cursor is none'),
    410: problem('The edition of the cursor is not kept any more: start again at `changes`'),
  },
}

const FILE: Operation = {
  summary: 'A file of an article',
  mediaType: '*/*',
  responses: {
    206: success('The part of the file that `Range` asks for', '*/*', undefined),
    416: problem('The file ends before the range begins: `length` is what it has'),
  },
}

const RETRACTED = { responses: { 410: problem('The article was retracted') } }

function deltaOf(
  mediaType: string,
  { schema }: Pick<Operation, 'schema'>,
): Pick<Operation, 'parameters' | 'responses'> {
  const parameter = {
    name: 'A-IM',
    in: 'header',
    required: false,
    description:
      '`feed, edgewire`, with If-None-Match: only what is new (RFC 3229). Without `edgewire` it is ' +
      'given to programs only that are known to take it',
    schema: STRING,
  }
  return {
    parameters: [parameter],
    responses: { 226: success('What is new since `Delta-Base`', mediaType, schema) },
  }
}

function itemOf(path: string, operation: Operation): object {
  const { summary, mediaType, schema, parameters = [], responses } = operation
  const places = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'kind' ? { ...STRING, enum: FOLDER_KINDS } : STRING,
  }))
  return {
    get: {
      summary,
      parameters: [...places, ...parameters],
      responses: {
        200: success(summary, mediaType, schema),
        304: { description: 'What the client has (If-None-Match, If-Modified-Since)' },
        404: problem('There is no such thing'),
        412: problem('A precondition fails'),
        503: problem('Nothing can be served now: try again after Retry-After'),
        ...responses,
      },
    },
  }
}

function success(description: string, mediaType: string, schema: string | undefined): object {
  const media = schema ? { schema: { $ref: `#/components/schemas/${schema}` } } : {}
  return { description, content: { [bareType(mediaType)]: media } }
}

function problem(description: string): object {
  return success(description, 'application/problem+json', 'Problem')
}
