/** Fields of requests and of answers, in the words of OpenAPI. */

const TEXT = { type: 'string' }
const COUNT = { type: 'integer', minimum: 0 }

/** A field of an answer: some are in every answer that names them, and some when they are needed. */
type AnswerField = {
  readonly description: string
  readonly required: boolean
  readonly schema: object
}

function always(description: string, schema: object = TEXT): AnswerField {
  return { description, required: true, schema }
}

function sometimes(description: string, schema: object = TEXT): AnswerField {
  return { description, required: false, schema }
}

/** All fields of answers; the type of what an answer says is told beside it. */
export const ANSWER_FIELDS = {
  'Accept-Ranges': always('`bytes`: parts of it can be asked for'),
  'Access-Control-Allow-Headers': always('Any field but credentials'),
  'Access-Control-Allow-Methods': always('The methods of every address'),
  'Access-Control-Allow-Origin': always('Every origin'),
  'Access-Control-Expose-Headers': always('The fields that scripts of other origins may read'),
  'Access-Control-Max-Age': always('Seconds for which this holds', COUNT),
  Allow: always('The methods of every address'),
  'Cache-Control': always('How long the answer may be kept, and by whom'),
  'Content-Disposition': sometimes('Whether a browser shows the file, or saves it'),
  'Content-Encoding': sometimes('`gzip`, for a client that accepts it'),
  'Content-Length': sometimes('Bytes; left out where a large answer is packed as it goes', COUNT),
  'Content-Range': always('Which bytes these are, of how many; `bytes */n` if there are no such'),
  'Content-Security-Policy': sometimes('What a browser may load and run to show it'),
  'Cross-Origin-Resource-Policy': always('Every site may show the file'),
  'Delta-Base': always('The `ETag` of the document that the entries are to be added to'),
  ETag: always('A tag of what was sent: strong for files, weak for documents'),
  IM: always('`feed` (RFC 3229)'),
  'Last-Modified': always('The instant of the last change'),
  Link: always('The document itself, its page, and its archives (RFC 8288)'),
  Location: always('The address, with the query of the request'),
  'Referrer-Policy': sometimes('What other sites learn of a page that links to them'),
  'Retry-After': always('Seconds after which to try again', COUNT),
  Vary: sometimes('The fields of the request on which the answer depends'),
  'X-Content-Type-Options': always('`nosniff`'),
} as const satisfies Readonly<Record<string, AnswerField>>

export type AnswerFieldName = keyof typeof ANSWER_FIELDS

/** Describes a parameter of a request; none has to be sent. */
function parameter(name: string, place: 'header' | 'query', description: string): object {
  return { name, in: place, required: false, description, schema: TEXT }
}

/** All parameters of requests but those in a path. */
export const PARAMETERS = {
  IfNoneMatch: parameter('If-None-Match', 'header', 'Tags of what the client has, or `*`: 304'),
  IfModifiedSince: parameter('If-Modified-Since', 'header', 'The date of what the client has: 304'),
  IfMatch: parameter('If-Match', 'header', 'Tags of what has to be here still: else 412'),
  IfUnmodifiedSince: parameter('If-Unmodified-Since', 'header', 'A date, in the same way'),
  AcceptEncoding: parameter('Accept-Encoding', 'header', '`gzip`, for a client that unpacks'),
  SecFetchDest: parameter(
    'Sec-Fetch-Dest',
    'header',
    '`document` from a browser that shows a page: 303',
  ),
  Instances: parameter(
    'A-IM',
    'header',
    '`feed, edgewire`, with If-None-Match: only what is new (RFC 3229). Without `edgewire` it is ' +
      'given to programs only that are known to take it',
  ),
  Range: parameter('Range', 'header', 'One range of bytes: 206, or 416 (RFC 9110 §14.2)'),
  IfRange: parameter(
    'If-Range',
    'header',
    'The tag, or the date, of the file that the client has a part of',
  ),
  Download: parameter('download', 'query', 'Empty: a browser saves the document'),
  Since: parameter(
    'since',
    'query',
    'The cursor of the edition that the client has, or 0. None: where to begin',
  ),
  To: parameter('to', 'query', 'Of a further page: follow `next_url`, do not make it'),
  After: parameter('after', 'query', 'Of a further page, too'),
} as const satisfies Readonly<Record<string, object>>

export type ParameterName = keyof typeof PARAMETERS
