/** The attribute `srcset`: images to choose from (WHATWG HTML §4.8.4.2.1). */

export type Candidate = {
  readonly address: string
  /** Its width or density, `640w` or `2x`; empty, where it says none. */
  readonly descriptor: string
}

/** A density or a width, and a height, which is obsolete and allowed. */
const DESCRIPTOR = /^(?:\d+(?:\.\d+)?x|\d+w(?:\s+\d+h)?|)$/

/** An address, and what stands behind it up to the next comma; a comma at its end ends it. */
const CANDIDATE = /([^\s,](?:\S*[^\s,])?)(?:,+(?=\s|$)|([^,]*))/g

/** Reads the candidates; what a browser would pass over is left out. */
export function candidatesOf(srcset: string): Candidate[] {
  const all = Array.from(srcset.matchAll(CANDIDATE), ([, address = '', descriptor = '']) => ({
    address,
    descriptor: descriptor.trim(),
  }))
  return all.filter(({ descriptor }) => DESCRIPTOR.test(descriptor))
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
