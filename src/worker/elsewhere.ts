/**
 * Addresses at which nothing lies: an old one of an article, another spelling of a feed's, or one of
 * nothing at all, which is answered with the names that come near.
 */

import type { Context } from 'hono'
import { LONGEST_NAME, nearest, percentDecoded } from '../article/text.ts'
import type { ArticleFacts, RegisterFacts } from '../edition/facts.ts'
import { aliasName, FEEDS_FOLDER, REGISTER, stepOf, wordOf } from '../edition/names.ts'
import { redirectResponse } from './answer.ts'
import { findPage } from './page-at.ts'
import { answerNotFound } from './problem-page.ts'
import { MISSING, type Missing, type Reading } from './reading.ts'
import { type HonoEnv, requestPath } from './serve.ts'

/** Characters that an old address or a feed's has at most, percent-encoded. */
const LONGEST_PATH = 2000

/** A feed's address in any spelling: its kind, its name, and what follows. */
const FEED_ADDRESS = /^\/(sections|tags|authors|languages|feeds)\/([^/]+)(?:\/(.*))?$/i

/** The folders that have a page and no feed, without their slash. */
const PAGED = /^(?:\/feeds\/[^/]+)?\/(?:feeds|archive(?:\/[\w-]+)?)$/

/** Redirects to where a thing is, or says that it is nowhere. */
export async function answerElsewhere(
  c: Context<HonoEnv>,
  reading: Reading,
): Promise<Response | Missing> {
  const path = requestPath(c)
  const article = await articleAt(path, reading)
  if (article === MISSING) return MISSING
  if (article) return redirect(article, reading)
  // The folder of a kind has no page of its own: all feeds stand on one.
  const [, folder] = /^\/(sections|tags|authors|languages)\/?$/.exec(path) ?? []
  if (folder && reading.facts.site.pages) return redirect(`${FEEDS_FOLDER}#${folder}`, reading)
  const page = PAGED.test(path) ? await findPage(`${path}/`, reading) : undefined
  if (page === MISSING) return MISSING
  if (page) return redirect(`${path}/`, reading)
  const lower = path.toLowerCase()
  if (lower !== path && /^\/(?:rss\.xml|atom\.xml|feed\.json)$/.test(lower))
    return redirect(lower, reading)
  const [, kind, name = '', rest = ''] = FEED_ADDRESS.exec(path) ?? []
  if (!kind) return answerNotFound(c, path, [], reading)
  return feedElsewhere(c, { kind: kind.toLowerCase(), name, rest }, reading)
}

/** Finds the article that an old address stands for; its other forms lie beside it. */
async function articleAt(path: string, reading: Reading): Promise<string | undefined | Missing> {
  if (path.length > LONGEST_PATH) return undefined
  const page = await aliasOf(path, reading)
  const [, old, ending] = /^(.*)(\.json|\.atom)$/.exec(path) ?? []
  if (page !== undefined || old === undefined) return page
  const other = await aliasOf(old, reading)
  return other === MISSING || other === undefined ? other : `${other}${ending}`
}

async function aliasOf(path: string, reading: Reading): Promise<string | undefined | Missing> {
  const entry = await reading.entry('documents', aliasName(path))
  if (entry === MISSING || !entry) return entry
  const object = await reading.object<ArticleFacts>(entry)
  if (object === MISSING) return MISSING
  const { type } = object.header
  return type === 'article' || type === 'retraction' ? `/articles/${object.facts.id}` : undefined
}

type FeedAddress = { readonly kind: string; readonly name: string; readonly rest: string }

async function feedElsewhere(
  c: Context<HonoEnv>,
  { kind, name, rest }: FeedAddress,
  reading: Reading,
): Promise<Response | Missing> {
  const path = requestPath(c)
  const word = path.length > LONGEST_PATH ? '' : wordOf(percentDecoded(name))
  if (word.length > LONGEST_NAME || word === '') return answerNotFound(c, path, [], reading)
  const entry = await reading.entry('documents', REGISTER)
  if (entry === MISSING) return MISSING
  const register = entry && (await reading.object<RegisterFacts>(entry))
  if (register === MISSING) return MISSING
  const { feeds = [], words = {} } = register?.facts ?? {}
  const known = words[kind] ?? {}
  const folder = Object.hasOwn(known, word) ? known[word] : undefined
  const address = folder && folder + rest.toLowerCase()
  if (address && address !== path) return redirect(address, reading)
  const folders = nearest(
    word,
    feeds.flatMap((feed) => (feed.kind === kind ? [stepOf(feed.name)] : [])),
  )
  const near = folders.map((step) => `/${kind}/${step}/`)
  return answerNotFound(c, path, near, reading)
}

function redirect(address: string, reading: Reading): Response {
  return redirectResponse(301, reading.facts.site.base + address, reading)
}
