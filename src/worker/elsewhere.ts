/**
 * Addresses at which nothing lies: an old one of an article, another spelling of a feed's, or one of
 * nothing at all, which is answered with the names that come near.
 */

import type { Context } from 'hono'
import { FOLDER_KINDS, folderOfKind } from '../article/feed-kinds.ts'
import type { RegisterFacts } from '../edition/facts.ts'
import { FEEDS_FOLDER, REGISTER, stepOf, wordOf } from '../edition/names.ts'
import { LONGEST_NAME, nearest, percentDecoded } from '../markup/text.ts'
import { FORM_ADDRESS, HEALTH_ADDRESS, KIND } from './addresses.ts'
import { entryAt } from './entry-at.ts'
import { type Absence, isFailure } from './failure.ts'
import { findMoved, findMovedByQuery } from './old-addresses.ts'
import { answerNotFound } from './problem-page.ts'
import { lookUp, type Reading } from './reading.ts'
import { redirectTo } from './redirect.ts'
import { LONGEST_PATH, spellingsOf, writtenPath } from './spelling.ts'

/** A feed's address in any spelling: its kind, its name, and what follows. */
const FEED_ADDRESS = new RegExp(`^/(${KIND})/([^/]+)(?:/(.*))?$`, 'i')

/** Finds what a path stands for: another path, or an address of another site; else undefined. */
type Resolver = (
  path: string,
  reading: Reading,
) => Promise<string | undefined | Absence> | string | undefined

/** All resolvers, in the order in which they are asked of each spelling. */
const RESOLVERS: readonly Resolver[] = [
  currentAddress,
  servedAddress,
  ownHome,
  listOfFeeds,
  feedAsSpelled,
]

/** Redirects from an old address that is one by its query; undefined for any other request. */
export async function answerMoved(
  c: Context,
  reading: Reading,
): Promise<Response | Absence | undefined> {
  const found = await findMovedByQuery(c.req.url, reading)
  if (found === undefined || isFailure(found)) return found
  return redirectTo(c, found.path, reading, found.taken)
}

/** Redirects to where a thing is, or says that it is nowhere. */
export async function answerElsewhere(c: Context, reading: Reading): Promise<Response | Absence> {
  const path = writtenPath(c.req.url)
  for (const spelling of spellingsOf(path)) {
    const found = await resolve(spelling, reading)
    if (isFailure(found)) return found
    // What was asked for in its one spelling was looked for, and is not there.
    if (found !== undefined && found !== c.req.path) return redirectTo(c, found, reading)
  }
  const near = await nearFeeds(path, reading)
  return isFailure(near) ? near : answerNotFound(c, path, near, reading)
}

async function resolve(path: string, reading: Reading): Promise<string | undefined | Absence> {
  for (const resolver of RESOLVERS) {
    const found = await resolver(path, reading)
    if (found !== undefined) return found
  }
  return undefined
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
  const page = await findMoved(path, reading)
  const [, old, ending] = FORM_ADDRESS.exec(path) ?? []
  if (page !== undefined || old === undefined) return page
  const other = await findMoved(old, reading)
  return typeof other === 'string' ? `${other}.${ending}` : other
}

/** Finds what is served at a path, or at the folder of that name. */
async function servedAddress(
  path: string,
  reading: Reading,
): Promise<string | undefined | Absence> {
  if (path === HEALTH_ADDRESS) return path
  for (const address of path === '/' ? [path] : [path, `${path}/`]) {
    const entry = await entryAt(address, reading)
    if (entry !== undefined) return isFailure(entry) ? entry : address
  }
  return undefined
}

/** Finds the list of all feeds: the folder of a kind has no page of its own. */
function listOfFeeds(path: string, { facts }: Reading): string | undefined {
  const folder = `${path}/`
  const kind = FOLDER_KINDS.find((one) => folderOfKind(one) === folder)
  if (folder === FEEDS_FOLDER || !facts.site.pages) return undefined
  return kind && `${FEEDS_FOLDER}#${kind}`
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
  return folder && servedAddress(folder + meant.rest, reading)
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
