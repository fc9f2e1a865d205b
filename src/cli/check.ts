/** `check`: tells everything in content/ that publish would refuse, and writes nothing. */

import { join } from 'node:path'
import { type InferOutput, object, optional, picklist } from 'valibot'
import { formatInstant } from '../article/instant.ts'
import type { FilePlace } from '../article/place.ts'
import { formatProblem } from '../article/problem.ts'
import { type Compilation, compileEdition } from '../compile/compile.ts'
import { isPublishable } from '../compile/findings.ts'
import { soundPress } from '../compile/open-press.ts'
import type { Press } from '../compile/press.ts'
import type { Edition } from '../edition/edition.ts'
import type { FeedFacts } from '../edition/facts.ts'
import { StoredObject } from '../edition/object.ts'
import type { Store } from '../edition/store.ts'
import { type OpenCache, openCache, WORK, withWholeCache } from '../machine/compile-cache.ts'
import { inFolder, readContent } from '../machine/content.ts'
import type { Outcome } from '../machine/outcome.ts'
import { clock } from '../machine/platform.ts'
import { COMMON } from './options.ts'
import { contentRefused, PROBLEM_FORMATS, type ProblemFormat } from './problems.ts'
import { listNames } from './publish-words.ts'
import { option, verb } from './verb.ts'

const OPTIONS = object({
  content: COMMON.content,
  format: option(
    { flags: '--format <format>', purpose: 'how problems are told', choices: PROBLEM_FORMATS },
    optional(picklist(PROBLEM_FORMATS), 'text'),
  ),
})

type CheckOptions = InferOutput<typeof OPTIONS>

export const CHECK = verb({
  usage: 'check',
  purpose: 'everything that publish would refuse',
  options: OPTIONS,
  run: runCheck,
})

async function runCheck({ content, format }: CheckOptions): Promise<Outcome> {
  const cache = openCache(WORK, clock())
  try {
    return await withWholeCache(cache, () => checkContent(content, format, cache))
  } finally {
    cache.close()
  }
}

async function checkContent(
  content: string,
  format: ProblemFormat,
  cache: OpenCache,
): Promise<Outcome> {
  const opening = readContent(content, { now: clock() }, cache)
  const read = soundPress(opening)
  if (!read.ok) return contentRefused(read.failure, '', format)
  const press = read.value
  const { edition, findings } = await compileAll(press)
  if (!isPublishable(findings)) return contentRefused(inFolder(content, findings), '', format)
  const places = [...hiddenLinks(press), ...oneSided(press)]
  const notes = [
    ...opening.findings.problems.map(formatProblem),
    ...places.map(
      ({ file, line, column, note }) => `${join(content, file)}:${line}:${column}: note: ${note}`,
    ),
    ...shortenedIn(edition, press),
  ]
  const { length } = press.corpus.articles
  const words = [...notes, `${length} articles, no problems.`]
  return { exit: 'done', words, data: { articles: length, notes } }
}

/** A note on something that is right, and yet may not be meant. */
type Note = FilePlace & { readonly note: string }

/** Finds links to articles that nobody can read yet. */
function hiddenLinks(press: Press): Note[] {
  const { articles } = press.corpus
  const published = new Map(articles.map((article) => [article.id, article.published]))
  return articles.flatMap((article) => {
    if (article.retraction) return []
    const { links } = press.render(article, article.published)
    return links.flatMap(({ id, file, line, column }): Note[] => {
      const due = published.get(id)
      if (due !== undefined && due <= article.published) return []
      if (due !== undefined && due <= clock()) return []
      const until = due === undefined ? 'it is a draft' : `it is due at ${formatInstant(due)}`
      const note = `\`${id}\` is not published yet (${until}): until then this is shown without the link.`
      return [{ file, line, column, note }]
    })
  })
}

/** Finds translations that do not name the article back. */
function oneSided({ corpus }: Press): Note[] {
  const listed = new Map(corpus.articles.map((article) => [article.id, article]))
  return corpus.articles.flatMap((article) => {
    if (article.retraction) return []
    return Object.values(article.translations).flatMap((id, index): Note[] => {
      const other = listed.get(id)
      const isMutual = !other || Object.values(other.translations).includes(article.id)
      if (isMutual || other.retraction) return []
      const place = corpus.sourceOf(article).placeOf(['translations', index])
      const note = `\`${id}\` does not name \`${article.id}\` among its translations: search engines follow only those that name each other.`
      return [{ ...place, note }]
    })
  })
}

/** Compiles the edition of now, as if nothing had been published before. */
function compileAll(press: Press): Promise<Compilation> {
  const store: Store = { get: async (keys) => keys.map(() => undefined), put: async () => {} }
  return compileEdition({ press, before: undefined, number: 1, at: clock(), store })
}

/**
 * Finds feeds over their byte budget, and names the entries that go out with their summary only.
 */
function shortenedIn(edition: Edition, press: Press): string[] {
  return [...edition.documents].flatMap(([name, { object }]) => {
    const bytes = press.cache.object(object)
    const { header } = bytes ? new StoredObject<FeedFacts>(bytes) : {}
    const isFeed = header?.type === 'feed' || header?.type === 'archive'
    if (!header || !isFeed || header.facts.shortened.length === 0) return []
    const ids = listNames(header.facts.shortened)
    return [`note: ${name} is over byte_budget: with their summary only go out ${ids}.`]
  })
}
