/**
 * `/openapi.json`: what programs can ask of the site, and what they get, as OpenAPI 3.1: every route,
 * method, status and field. Its schemas are those that the code checks with. The only importer of
 * what turns them into JSON Schema.
 */

import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { FOLDER_KINDS } from '../../article/feed-kinds.ts'
import type { Site } from '../../article/site.ts'
import { CHANGES, HEALTH, PROBLEM } from '../../changes/contract.ts'
import { canonicalJson } from '../../edition/canonical.ts'
import { SCHEMA } from '../../edition/object.ts'
import { bareType } from '../../feed/feed-types.ts'
import { FORMATS } from '../../feed/formats.ts'
import { ANSWERS, type AnswerFacts, type AnswerName, COMMON_FIELDS } from './answers.ts'
import { ANSWER_FIELDS, PARAMETERS, type ParameterName } from './fields.ts'
import { type Route, routes } from './routes.ts'

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
        `keep a copy of everything through ${base}/changes.json. Any other spelling of an address ` +
        'leads to it with 301, any address at which nothing is answers like a feed that is not ' +
        'there, and any method but GET, HEAD and OPTIONS as `x-other-methods` says.',
    },
    servers: [{ url: base }],
    // Nothing here is for some people only.
    security: [],
    paths: Object.fromEntries(routes().map((route) => [route.path, itemOf(route)])),
    'x-other-methods': { [ANSWERS.MethodNotAllowed.status]: responseOf(ANSWERS.MethodNotAllowed) },
    components: {
      headers: ANSWER_FIELDS,
      parameters: PARAMETERS,
      responses: sharedResponses(),
      schemas: Object.fromEntries(schemas),
    },
  })}\n`
}

/** Lists the shared answers, and what is left of them for HEAD. */
function sharedResponses(): Record<string, object> {
  const { MethodNotAllowed: _, ...shared } = ANSWERS
  return Object.fromEntries(
    Object.entries<AnswerFacts>(shared).flatMap(([name, answer]) => [
      [name, responseOf(answer)],
      ...(answer.mediaTypes && !answer.isForGet
        ? [[name + BODILESS, responseOf(withoutBody(answer))]]
        : []),
    ]),
  )
}

/** The end of the name of an answer without what it says. */
const BODILESS = 'Head'

function withoutBody({ mediaTypes: _, ...answer }: AnswerFacts): AnswerFacts {
  return answer
}

const CONDITIONS: readonly ParameterName[] = [
  'IfNoneMatch',
  'IfModifiedSince',
  'IfMatch',
  'IfUnmodifiedSince',
  'AcceptEncoding',
]

function itemOf(route: Route): object {
  const { path, name, summary, parameters = [], isFresh } = route
  const places = Array.from(path.matchAll(/\{(\w+)\}/g), ([, place = '']) => ({
    name: place,
    in: 'path',
    required: true,
    schema: { type: 'string', ...(place === 'kind' ? { enum: FOLDER_KINDS } : {}) },
  }))
  const taken = [...(isFresh ? [] : CONDITIONS), ...parameters]
  const operation = (method: string, answers: object, asked: readonly ParameterName[]): object => ({
    operationId: method + name,
    summary,
    ...(asked.length > 0 ? { parameters: asked.map((one) => referenceTo('parameters', one)) } : {}),
    responses: answers,
  })
  return {
    ...(places.length > 0 ? { parameters: places } : {}),
    get: operation('get', answersOf(route, 'get'), taken),
    head: operation('head', answersOf(route, 'head'), taken),
    options: operation('options', statuses(['Preflight'], ''), []),
  }
}

/** Lists what a route answers to a method: HEAD says nothing, and has no deltas and no parts. */
function answersOf(route: Route, method: 'get' | 'head'): Record<string, object> {
  const {
    mediaType,
    schema,
    summary,
    fields = [],
    answers = [],
    hasDeltas,
    hasParts,
    isFresh,
  } = route
  const validated = ['ETag', 'Last-Modified', ...(hasParts ? [] : ['Vary' as const])] as const
  const success: AnswerFacts = {
    status: 200,
    description: summary,
    fields: ['Content-Length', ...(isFresh ? [] : validated), ...fields],
    mediaTypes: [bareType(mediaType)],
    schema,
  }
  const delta: AnswerFacts = {
    ...success,
    status: 226,
    description: 'What is new since `Delta-Base`',
    fields: [...success.fields, 'IM', 'Delta-Base'],
  }
  const part: AnswerFacts = {
    ...success,
    status: 206,
    description: 'The part of the file that `Range` asks for',
    fields: [...success.fields, 'Content-Range'],
  }
  const shared: readonly AnswerName[] = [
    ...(isFresh ? [] : (['NotModified', 'PreconditionFailed'] as const)),
    ...answers,
    'Broken',
    'Unavailable',
  ]
  if (method === 'head')
    return { 200: responseOf(withoutBody(success)), ...statuses(shared, BODILESS) }
  const own = {
    ...(hasDeltas ? { 226: responseOf(delta) } : {}),
    ...(hasParts ? { 206: responseOf(part), ...statuses(['Unsatisfiable'], '') } : {}),
  }
  return { 200: responseOf(success), ...own, ...statuses(shared, '') }
}

function statuses(names: readonly AnswerName[], ending: string): Record<string, object> {
  return Object.fromEntries(
    names.map((name) => {
      const answer: AnswerFacts = ANSWERS[name]
      return [answer.status, referenceTo('responses', name + (answer.mediaTypes ? ending : ''))]
    }),
  )
}

function responseOf({ description, fields, mediaTypes, schema }: AnswerFacts): object {
  const headers = [...COMMON_FIELDS, ...fields].map((name) => [name, referenceTo('headers', name)])
  const media = schema ? { schema: referenceTo('schemas', schema) } : {}
  const contents = mediaTypes?.map((type) => [type, type === 'text/html' ? {} : media])
  return {
    description,
    headers: Object.fromEntries(headers),
    ...(contents ? { content: Object.fromEntries(contents) } : {}),
  }
}

function referenceTo(kind: string, name: string): object {
  return { $ref: `#/components/${kind}/${name}` }
}
