/**
 * Articles: `/articles/<id>` for people, `.json` and `.atom` for programs.
 *
 * The one place where an article and the shell around it are joined.
 */

import type { Context } from 'hono'
import { pageAt } from '../article/address.ts'
import { formatInstant } from '../article/instant.ts'
import { type ArticleFacts, type RetractionFacts, replacementOf } from '../edition/facts.ts'
import { DOCUMENT_SHELL, PAGE_SHELL } from '../edition/names.ts'
import { joinBytes, type StoredObject } from '../edition/object.ts'
import { SINGLE_TYPES } from '../feed/feed-types.ts'
import type { Link } from '../http/link.ts'
import { FORM_ADDRESS } from './addresses.ts'
import { answerWith } from './answer.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import { answerProblemAs, PAGE_TYPE, pageHeaders } from './problem-page.ts'
import { type Lookup, lookUp, type Reading } from './reading.ts'
import { redirectTo } from './redirect.ts'
import { createRoutes } from './router.ts'
import type { HonoEnv } from './serve.ts'
import { serveFound } from './serve-found.ts'

/** A form of an article, with the parts that it is joined from in their order. */
type ArticleForm = {
  readonly mediaType: string
  /** The name of the shell around it. */
  readonly shell: string
  readonly pieces: readonly (readonly [from: 'article' | 'shell', part: string, skip?: number])[]
}

/** The page of an article, or of its retraction. */
const PAGE_FORM: ArticleForm = {
  mediaType: PAGE_TYPE,
  shell: PAGE_SHELL,
  pieces: [
    ['article', 'head'],
    ['shell', 'html-head'],
    ['article', 'html'],
    ['shell', 'html-tail'],
  ],
}

const SINGLES = Object.entries(SINGLE_TYPES)

/** The forms by the endings of their addresses; that of the page has none. */
const ARTICLE_FORMS: Readonly<Record<string, ArticleForm>> = {
  html: PAGE_FORM,
  ...Object.fromEntries(
    SINGLES.map(([name, { mediaType, opening }]): [string, ArticleForm] => [
      name,
      {
        mediaType,
        shell: DOCUMENT_SHELL,
        pieces: [
          ['shell', `${name}-head`],
          ['article', name, opening.length],
          ['shell', `${name}-tail`],
        ],
      },
    ]),
  ),
}

export const articles = createRoutes()

articles.get('/articles/:name{[^/]+}', (c) => {
  const name = c.req.param('name')
  const [, id = name, ending = 'html'] = FORM_ADDRESS.exec(name) ?? []
  return serveFound(
    c,
    (reading) => lookUp<ArticleFacts | RetractionFacts>('articles', id, reading),
    ({ entry, object }, reading) =>
      object.header.type === 'retraction'
        ? answerRetraction(c, object as StoredObject<RetractionFacts>, reading)
        : answerArticle(
            c,
            reading,
            { entry, object: object as StoredObject<ArticleFacts> },
            ending,
          ),
  )
})

/** Answers with an article in one form; undefined if that one is nowhere. */
async function answerArticle(
  c: Context<HonoEnv>,
  reading: Reading,
  { entry, object: article }: Lookup<ArticleFacts>,
  ending: string,
): Promise<Response | Absence | undefined> {
  const { base, pages } = reading.facts.site
  const { id, url, hosts } = article.facts
  if (ending === 'html' && !pages)
    return url === undefined ? undefined : redirectTo(c, url, reading)
  const form = ARTICLE_FORMS[ending]
  const shellEntry = form && (await reading.entry('documents', form.shell))
  if (!form || !shellEntry || isFailure(shellEntry)) return MISSING
  return answerWith(c.req.raw, reading, {
    mediaType: form.mediaType,
    tag: `${entry.object}.${shellEntry.object.slice(0, 16)}.${ending}`,
    changed: Math.max(entry.changed, shellEntry.changed),
    links: formLinks(pageAt(base, id), url, ending),
    ...(form === PAGE_FORM ? { headers: pageHeaders(reading, hosts) } : {}),
    async body() {
      const shell = await reading.object(shellEntry)
      return isFailure(shell) ? MISSING : join(form, { article, shell })
    },
  })
}

/** Returns the links of an article: the page to be read is here, or on the publisher's own site. */
function formLinks(page: string, url: string | undefined, ending: string): Link[] {
  const read = url ?? page
  if (ending === 'html') return [{ href: read, rel: 'canonical' }]
  return [
    { href: `${page}.${ending}`, rel: 'self' },
    { href: read, rel: 'alternate', type: 'text/html' },
  ]
}

type Objects = { readonly article: StoredObject; readonly shell: StoredObject }

function piecesOf({ pieces }: ArticleForm, objects: Objects): (Uint8Array | undefined)[] {
  return pieces.map(([from, name, skip = 0]) => objects[from].part(name)?.bytes.subarray(skip))
}

function join(form: ArticleForm, objects: Objects): { bytes: Uint8Array } | Absence {
  const pieces = piecesOf(form, objects)
  return pieces.every((piece) => piece !== undefined) ? { bytes: joinBytes(pieces) } : MISSING
}

function answerRetraction(
  c: Context<HonoEnv>,
  retraction: StoredObject<RetractionFacts>,
  reading: Reading,
): Promise<Response | Absence> {
  const { id, retracted_at: at, reason: why } = retraction.facts
  const replacement = replacementOf(retraction.facts, reading.facts.site.base)
  const problem = { reason: 'retracted', id, at: formatInstant(at), why, replacement } as const
  return answerProblemAs(c, problem, reading, (shell) =>
    piecesOf(PAGE_FORM, { article: retraction, shell }),
  )
}
