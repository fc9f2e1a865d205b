/** How families of findings are put into words: each in a file of its own, total by type. */

/** Words for each reason of a family: what is wrong, and what to do, one sentence each. */
export type Words<Finding extends { readonly reason: string }> = {
  readonly [Reason in Finding['reason']]: (
    finding: Extract<Finding, { readonly reason: Reason }>,
  ) => string
}

/** Cuts what somebody wrote, as messages show it. */
export function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** Counts things: `1 note`, `2 notes`. */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

/** Asks whether one of the names was meant. */
export function suggestionOf(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?`
}

/** Names that are told in a line. */
const NAMES_TOLD = 10

/** Lists some names, and says how many more there are. */
export function listNames(names: readonly string[]): string {
  const more = names.length - NAMES_TOLD
  return names.slice(0, NAMES_TOLD).join(', ') + (more > 0 ? `, … and ${more} more` : '')
}
