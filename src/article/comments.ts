/**
 * Comments that end a value: in `title: The #1 reason`, YAML reads `The`. A sign right before a
 * word is no comment that anybody writes; a comment as it should be is told of texts alone.
 */

import type { Problem } from './problem.ts'
import type { Yaml } from './yaml.ts'

/** Keys whose values are sentences, or may have any sign. */
const TEXTS = new Set(
  'title summary correction reason copyright credit alt description name section tags authors'.split(
    ' ',
  ),
)

/** Finds the values that end at a comment, which their author may not have meant. */
export function endsAtComments(yaml: Yaml): Problem[] {
  return yaml.ends().flatMap(({ place, key, comment }): Problem[] => {
    const finding = { ...place, reason: 'cut-by-comment' as const, key, comment }
    if (/^#[^\s#]/.test(comment)) return [finding]
    return TEXTS.has(key) ? [{ ...finding, isNote: true }] : []
  })
}
