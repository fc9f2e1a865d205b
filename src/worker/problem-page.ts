/**
 * Pages of problems: a person is shown them in the design of the site, from the edition's shell. A
 * program gets the problem document; `Accept` decides.
 */

import type { Context } from 'hono'
import { PAGE_SHELL } from '../edition/names.ts'
import { joinBytes, type StoredObject } from '../edition/object.ts'
import { escapeAttribute } from '../feed/xml.ts'
import { fieldsOf } from '../http/field.ts'
import { prefersHtml } from '../http/navigation.ts'
import { answerProblem, type HttpProblem } from '../http/problem-document.ts'
import { escapeText } from '../markup/escape.ts'
import { COMMON_HEADERS, textResponse } from './answer.ts'
import { code, codedResponse, takesPacked } from './coding.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import { lookUp, type Reading } from './reading.ts'

export const PAGE_TYPE = 'text/html; charset=utf-8'

/**
 * Returns the fields of a page: it runs no script but the site's own, loads nothing from strangers but
 * what the site or an article shows from their hosts, and is framed nowhere (Content Security Policy,
 * Level 3).
 */
export function pageHeaders(
  { facts }: Reading,
  hosts: readonly string[] = [],
): Readonly<Record<string, string>> {
  const shown = ["'self'", ...(facts.site.hosts ?? []), ...hosts].join(' ')
  return {
    'Content-Security-Policy':
      `default-src 'none'; img-src ${shown}; media-src ${shown}; style-src 'self'; ` +
      "script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  }
}

/** Picks the pieces of a page from the shell. */
type Pieces = (shell: StoredObject) => readonly (Uint8Array | undefined)[]

/** Answers a problem as this client wants it: the document, or the page that `pieces` makes. */
export async function answerProblemAs(
  c: Context,
  problem: HttpProblem,
  reading: Reading,
  pieces: Pieces,
): Promise<Response | Absence> {
  const { status, body, headers } = answerProblem(problem, reading.untilNext)
  if (!reading.facts.site.pages) return textResponse(body, status, headers)
  if (!wantsPage(c)) return textResponse(body, status, { ...headers, Vary: 'Accept' })
  const shell = await lookUp('documents', PAGE_SHELL, reading)
  if (!shell || isFailure(shell)) return MISSING
  const content = pieces(shell.object)
  if (!content.every((piece) => piece !== undefined)) return MISSING
  const bytes = joinBytes(content)
  return codedResponse(await code({ bytes }, takesPacked(c.req.raw)), {
    status,
    headers: {
      ...headers,
      ...COMMON_HEADERS,
      ...pageHeaders(reading),
      'Content-Type': PAGE_TYPE,
      Vary: 'Accept, Accept-Encoding',
    },
  })
}

/** Answers that nothing is there, with the addresses that may have been meant. */
export function answerNotFound(
  c: Context,
  path: string,
  near: readonly string[],
  reading: Reading,
): Promise<Response | Absence> {
  const { base } = reading.facts.site
  const problem = { reason: 'not-found', path, near: near.map((one) => base + one) } as const
  return answerProblemAs(c, problem, reading, (shell) => {
    const [head, tail] = [shell.part('not-found-head'), shell.part('not-found-tail')]
    const meant = near.flatMap((one, index) => [
      shell.part(`meant-${index && 1}`)?.bytes,
      linkOfPath(one),
    ])
    return [head?.bytes, ...meant, ...(meant[0] ? [shell.part('meant-2')?.bytes] : []), tail?.bytes]
  })
}

function linkOfPath(path: string): Uint8Array {
  return new TextEncoder().encode(`<a href="${escapeAttribute(path)}">${escapeText(path)}</a>`)
}

/** Answers that something went wrong, in the design of the site. */
export function answerBroken(c: Context, reading: Reading): Promise<Response | Absence> {
  return answerProblemAs(c, { reason: 'internal' }, reading, (shell) => [
    shell.part('broken')?.bytes,
  ])
}

/** Answers a problem without an edition: with words in no design, or the problem document. */
export function bareProblem(c: Context, problem: HttpProblem): Response {
  const { status, title, detail, body, headers } = answerProblem(problem)
  const vary = { ...headers, Vary: 'Accept' }
  if (!wantsPage(c)) return textResponse(body, status, vary)
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<h1>${escapeText(title)}</h1>
<p>${escapeText(detail)}</p>
</html>
`
  return textResponse(page, status, { ...vary, 'Content-Type': PAGE_TYPE })
}

function wantsPage(c: Context): boolean {
  return prefersHtml(fieldsOf(c.req.raw.headers)('Accept'))
}
