/**
 * The attributes `srcset` and `sizes`: images to choose from, and how wide they will be (WHATWG
 * HTML §4.8.4.2.1, §4.8.4.2.2), read as browsers read them.
 */

export type Candidate = {
  readonly address: string
  /** The width or density, `640w` or `2x`; empty, where it says none. */
  readonly descriptor: string
}

/** A density or a width, and a height, which is obsolete and allowed. */
const DESCRIPTOR = /^(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?x|\d+w(?:\s+\d+h)?|)$/i

/** Reads the candidates; what a browser would pass over is left out. */
export function candidatesOf(srcset: string): Candidate[] {
  return allCandidates(srcset).filter(({ descriptor }) => DESCRIPTOR.test(descriptor))
}

/** Lists the candidates that a browser would pass over, as they are written. */
export function strayCandidates(srcset: string): string[] {
  return allCandidates(srcset)
    .filter(({ descriptor }) => !DESCRIPTOR.test(descriptor))
    .map(({ address, descriptor }) => `${address} ${descriptor}`)
}

function allCandidates(srcset: string): Candidate[] {
  const found: Candidate[] = []
  let rest = srcset.replace(/^[\s,]+/, '')
  while (rest !== '') {
    const [spelling = ''] = /^\S+/.exec(rest) ?? []
    rest = rest.slice(spelling.length)
    // A comma within an address is a part of it, and one at its end ends the candidate.
    const address = spelling.replace(/,+$/, '')
    const [descriptor = ''] = address === spelling ? partsAtCommas(rest) : []
    rest = rest.slice(descriptor.length).replace(/^[\s,]+/, '')
    found.push({ address, descriptor: descriptor.trim() })
  }
  return found
}

/** Writes candidates; a comma at the end of an address would end it. */
export function srcsetOf(candidates: readonly Candidate[]): string {
  return candidates
    .map(({ address, descriptor }) => {
      const written = address.replace(/^,+|,+$/g, (commas) => '%2C'.repeat(commas.length))
      return descriptor === '' ? written : `${written} ${descriptor}`
    })
    .join(', ')
}

/** A length, or a function that makes one (CSS Values 4 §6, §10), at the end of a size. */
const LENGTH = /(?:^|[\s)])(?:0|\+?(?:\d+\.?\d*|\.\d+)[a-z]+|(?:calc|clamp|max|min)\(.*\))$/i

/** Reads `sizes`, and writes those that a browser would not pass over; empty, if there are none. */
export function sizesOf(sizes: string): string {
  const all = partsAtCommas(sizes).map((size) => size.trim())
  return all.filter((size) => LENGTH.test(size)).join(', ')
}

/** Lists the sizes that a browser would pass over. */
export function straySizes(sizes: string): string[] {
  const all = partsAtCommas(sizes).map((size) => size.trim())
  return all.filter((size) => size !== '' && size !== 'auto' && !LENGTH.test(size))
}

/** Cuts at commas; those in parentheses, closed or not, cut nothing. */
function partsAtCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: sign, index } of text.matchAll(/[(),]/g)) {
    if (sign === '(') depth += 1
    else if (sign === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  return [...parts, text.slice(start)]
}
