/**
 * Addresses at which nothing lies: an old one of an article, another spelling of a feed's, or one of
 * nothing at all, which is answered with the names that come near.
 */

import type { Context } from 'hono'
import { FOLDER_KINDS, folderOfKind } from '../article/feed-kinds.ts'
import type { ArticleFacts, RegisterFacts } from '../edition/facts.ts'
import { aliasName, FEEDS_FOLDER, REGISTER, stepOf, wordOf } from '../edition/names.ts'
import { LONGEST_NAME, nearest, percentDecoded } from '../markup/text.ts'
import { ALL_TYPES, FORM_ADDRESS, KIND } from './addresses.ts'
import { redirectResponse } from './answer.ts'
import { type Absence, isFailure } from './failure.ts'
import { findPage } from './page-at.ts'
import { answerNotFound } from './problem-page.ts'
import { lookUp, type Reading } from './reading.ts'
import { type HonoEnv, requestPath } from './serve.ts'

/** Characters that an old address or a feed's has at most, percent-encoded. */
const LONGEST_PATH = 2000

/** A feed's address in any spelling: its kind, its name, and what follows. */
const FEED_ADDRESS = new RegExp(`^/(${KIND})/([^/]+)(?:/(.*))?$`, 'i')

/** The folders that have a page and no feed, without their slash. */
const PAGED = /^(?:\/[^/]+\/[^/]+)?\/(?:feeds|archive(?:\/[\w-]+)?)$/

/** Finds what a path stands for: another path, or an address of another site; else undefined. */
type Resolver = (
  path: string,
  reading: Reading,
) => Promise<string | undefined | Absence> | string | undefined

/** All resolvers, in the order in which they are asked. */
const RESOLVERS: readonly Resolver[] = [
  ownHome,
  currentAddress,
  listOfFeeds,
  folderWithSlash,
  documentInLowerCase,
  feedAsSpelled,
]

/** Redirects to where a thing is, or says that it is nowhere. */
export async function answerElsewhere(
  c: Context<HonoEnv>,
  reading: Reading,
): Promise<Response | Absence> {
  const path = requestPath(c)
  for (const resolve of RESOLVERS) {
    const found = await resolve(path, reading)
    if (isFailure(found)) return found
    // The address of another site is good for as long as this one is set up like this.
    if (found && !found.startsWith('/')) return redirectResponse(302, found, reading)
    if (found) return redirectResponse(301, reading.facts.site.base + found, reading)
  }
  const near = await nearFeeds(path, reading)
  return isFailure(near) ? near : answerNotFound(c, path, near, reading)
}

/** Finds the front page of a site that has its pages elsewhere. */
function ownHome(path: string, { facts }: Reading): string | undefined {
  const { base, home } = facts.site
  return path === '/' && home !== `${base}/` ? home : undefined
}

/** Finds the article that an old address stands for; its other forms lie beside it. */
async function currentAddress(
  path: string,
  reading: Reading,
): Promise<string | undefined | Absence> {
  if (path.length > LONGEST_PATH) return undefined
  const page = await aliasOf(path, reading)
  const [, old, ending] = FORM_ADDRESS.exec(path) ?? []
  if (page !== undefined || old === undefined) return page
  const other = await aliasOf(old, reading)
  return typeof other === 'string' ? `${other}.${ending}` : other
}

async function aliasOf(path: string, reading: Reading): Promise<string | undefined | Absence> {
  const found = await lookUp<ArticleFacts>('documents', aliasName(path), reading)
  if (!found || isFailure(found)) return found
  const { header, facts } = found.object
  const { type } = header
  return type === 'article' || type === 'retraction' ? `/articles/${facts.id}` : undefined
}

/** Finds the list of all feeds: the folder of a kind has no page of its own. */
function listOfFeeds(path: string, { facts }: Reading): string | undefined {
  const folder = path.replace(/\/?$/, '/')
  const kind = FOLDER_KINDS.find((one) => folderOfKind(one) === folder)
  if (folder === FEEDS_FOLDER || !facts.site.pages) return undefined
  return kind && `${FEEDS_FOLDER}#${kind}`
}

/** Finds the page of a folder whose slash was forgotten. */
async function folderWithSlash(
  path: string,
  reading: Reading,
): Promise<string | undefined | Absence> {
  const page = PAGED.test(path) ? await findPage(`${path}/`, reading) : undefined
  return isFailure(page) ? page : page && `${path}/`
}

/** Finds the feed of everything under its name in capitals. */
function documentInLowerCase(path: string): string | undefined {
  const lower = path.toLowerCase()
  return lower !== path && ALL_TYPES.some(({ file }) => lower === `/${file}`) ? lower : undefined
}

/** Finds the feed that another spelling of its address means. */
async function feedAsSpelled(
  path: string,
  reading: Reading,
): Promise<string | undefined | Absence> {
  const meant = parseFeedAddress(path)
  const register = meant && (await lookUp<RegisterFacts>('documents', REGISTER, reading))
  if (!register || isFailure(register)) return register
  const words = register.object.facts.words[meant.kind] ?? {}
  const folder = Object.hasOwn(words, meant.word) ? words[meant.word] : undefined
  const address = folder && folder + meant.rest
  return address === path ? undefined : address
}

/** Lists the feeds whose names come near to that in a path. */
async function nearFeeds(path: string, reading: Reading): Promise<string[] | Absence> {
  const meant = parseFeedAddress(path)
  const register = meant && (await lookUp<RegisterFacts>('documents', REGISTER, reading))
  if (isFailure(register)) return register
  if (!register) return []
  const { kind, word } = meant
  const feeds = register.object.facts.feeds.filter((feed) => feed.kind === kind)
  const steps = feeds.map(({ name }) => stepOf(name))
  return nearest(word, steps).map((step) => `/${kind}/${step}/`)
}

/** The parts of a feed's address, in one spelling. */
type FeedAddress = { readonly kind: string; readonly word: string; readonly rest: string }

function parseFeedAddress(path: string): FeedAddress | undefined {
  const [, kind, name = '', rest = ''] = FEED_ADDRESS.exec(path) ?? []
  if (!kind || path.length > LONGEST_PATH) return undefined
  const word = wordOf(percentDecoded(name))
  if (word === '' || word.length > LONGEST_NAME) return undefined
  return { kind: kind.toLowerCase(), word, rest: rest.toLowerCase() }
}
