/** Answers that are the same wherever they are given, by the names that the description has for them. */

import type { AnswerFieldName } from './fields.ts'

/** An answer: its status, what it says, and the fields that come with it. */
export type AnswerFacts = {
  readonly status: number
  readonly description: string
  readonly fields: readonly AnswerFieldName[]
  /** True if HEAD is never answered like this. */
  readonly isForGet?: true
  /** The types of what it says; none says nothing. */
  readonly mediaTypes?: readonly string[]
  /** The name of the schema, of what is JSON. */
  readonly schema?: string | undefined
}

/** Fields of every answer. */
export const COMMON_FIELDS: readonly AnswerFieldName[] = [
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'X-Content-Type-Options',
  'Cache-Control',
]

const AS_PROBLEM: Pick<AnswerFacts, 'mediaTypes' | 'schema'> = {
  mediaTypes: ['application/problem+json'],
  schema: 'Problem',
}

/** A problem that a person is shown as a page. */
const AS_PAGE_TOO: Pick<AnswerFacts, 'mediaTypes' | 'schema'> = {
  mediaTypes: ['application/problem+json', 'text/html'],
  schema: 'Problem',
}

const PAGE_FIELDS: readonly AnswerFieldName[] = ['Content-Security-Policy', 'Referrer-Policy']

/** The register of answers that routes share. */
export const ANSWERS = {
  NotModified: {
    status: 304,
    description: 'What the client has',
    fields: ['ETag', 'Vary'],
  },
  Moved: {
    status: 301,
    description: 'An old address, or another spelling of one',
    fields: ['Location'],
  },
  ReadElsewhere: {
    status: 302,
    description: 'The page on the publisher’s own site, if that has the pages',
    fields: ['Location'],
  },
  Page: {
    status: 303,
    description: 'The page of the feed, for a browser that would show the document',
    fields: ['Location', 'Vary'],
  },
  InvalidCursor: {
    status: 400,
    description: 'The cursor is none: start again at `changes`',
    fields: ['Content-Length'],
    ...AS_PROBLEM,
  },
  NotFound: {
    status: 404,
    description: 'There is no such thing',
    fields: ['Content-Length', 'Vary', ...PAGE_FIELDS],
    ...AS_PAGE_TOO,
  },
  MethodNotAllowed: {
    status: 405,
    description: 'Whatever is no GET, HEAD or OPTIONS',
    fields: ['Allow', 'Content-Length'],
    ...AS_PROBLEM,
  },
  Unsatisfiable: {
    status: 416,
    description: 'The file ends before the range begins: `length` is what it has',
    fields: ['Content-Length', 'Content-Range'],
    isForGet: true,
    ...AS_PROBLEM,
  },
  Retracted: {
    status: 410,
    description: 'The article was retracted',
    fields: ['Content-Length', 'Vary', ...PAGE_FIELDS],
    ...AS_PAGE_TOO,
  },
  UnknownCursor: {
    status: 410,
    description: 'The edition of the cursor is not kept any more: start again at `changes`',
    fields: ['Content-Length'],
    ...AS_PROBLEM,
  },
  PreconditionFailed: {
    status: 412,
    description: 'A precondition fails',
    fields: ['Content-Length'],
    ...AS_PROBLEM,
  },
  Broken: {
    status: 500,
    description: 'Something went wrong here',
    fields: ['Content-Length', 'Vary', ...PAGE_FIELDS],
    ...AS_PAGE_TOO,
  },
  Unavailable: {
    status: 503,
    description: 'Nothing can be served now',
    fields: ['Content-Length', 'Retry-After', 'Vary'],
    ...AS_PAGE_TOO,
  },
  Preflight: {
    status: 204,
    description: 'What scripts of other origins may ask',
    fields: [
      'Allow',
      'Access-Control-Allow-Headers',
      'Access-Control-Allow-Methods',
      'Access-Control-Max-Age',
    ],
  },
} as const satisfies Readonly<Record<string, AnswerFacts>>

export type AnswerName = keyof typeof ANSWERS
