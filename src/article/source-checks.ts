/** Checks of front matter among all articles: dates, retractions, and ids that it names. */

import { nearest } from '../markup/text.ts'
import { RETRACTION_KEYS } from './front-matter.ts'
import { isId } from './id.ts'
import type { Instant } from './instant.ts'
import { PLACEHOLDERS } from './placeholders.ts'
import type { Report } from './problem.ts'
import type { Source } from './source.ts'

/** Reports what is wrong with each source among all of them, by their ids. */
export function checkSources(
  named: ReadonlyMap<string, Source>,
  now: Instant,
  report: Report,
): void {
  const near = createSuggestions(named)
  for (const source of named.values()) checkSource(source, { named, near, now, report })
}

/** The first names that nobody has are compared with all: beyond that, a pattern is wrong. */
const MOST_SUGGESTIONS = 20

function createSuggestions(named: ReadonlyMap<string, Source>): (id: string) => string[] {
  let made = 0
  return (id) => (made++ < MOST_SUGGESTIONS ? nearest(id, [...named.keys()].filter(isId)) : [])
}

type SourceCheck = {
  readonly named: ReadonlyMap<string, Source>
  readonly near: (id: string) => string[]
  readonly now: Instant
  readonly report: Report
}

function checkSource(source: Source, { named, near, now, report }: SourceCheck): void {
  const { front, lost, placeOf } = source
  checkRetraction(source, now, report)
  if (front.title === undefined && !lost.has('title'))
    report({ ...placeOf([]), reason: 'untitled', isNote: true })
  if (!lost.has('published') && !lost.has('updated')) checkDates(source, now, report)
  const { replaced_by: replacedBy, translations = {}, summary } = front
  if (summary === PLACEHOLDERS.summary && front.status !== 'draft' && !lost.has('status'))
    report({ ...placeOf(['summary']), reason: 'placeholder', words: summary })
  const checkId = (key: string, path: (string | number)[], id: string): void => {
    if (named.has(id)) return
    report({ ...placeOf(path), reason: 'unknown-article', key, id, near: near(id) })
  }
  if (replacedBy) checkId('replaced_by', ['replaced_by'], replacedBy)
  for (const [index, [language, id]] of Object.entries(translations).entries()) {
    checkId(`translations.${language}`, ['translations', index], id)
  }
}

function checkDates({ front, placeOf }: Source, now: Instant, report: Report): void {
  const { correction } = front
  const [published, updated] = [front.published.instant, front.updated?.instant]
  if (correction !== undefined && (updated === undefined || updated <= published)) {
    report({ ...placeOf(['correction']), reason: 'undated-correction' })
  }
  if (updated !== undefined && updated < published) {
    report({ ...placeOf(['updated']), reason: 'updated-before-published' })
  }
  if (updated !== undefined && updated > Math.max(now, published)) {
    report({ ...placeOf(['updated']), reason: 'updated-ahead' })
  }
}

/** Reports keys of a retraction where there is none: their author thinks that readers are told. */
function checkRetraction({ front, lost, placeOf }: Source, now: Instant, report: Report): void {
  const { status } = front
  const at = front.retracted_at?.instant
  if (at !== undefined && at > now)
    report({ ...placeOf(['retracted_at']), reason: 'retracted-ahead' })
  for (const key of status === 'retracted' || lost.has('status') ? [] : RETRACTION_KEYS) {
    if (front[key] !== undefined) report({ ...placeOf([key]), reason: 'not-retracted', key })
  }
}
