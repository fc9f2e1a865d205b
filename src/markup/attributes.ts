/** Attributes: what each may say, and the address that stands for what it named. */

import { ARTICLE, alignmentIn, classIn, isAllowed, useOf } from './allow-list.ts'
import { offsetOf, type ParsedElement } from './html-parser.ts'
import { tellAttribute } from './loss.ts'
import { candidatesOf, sizesOf, srcsetOf, strayCandidates, straySizes } from './srcset.ts'
import type { HtmlReading, Surroundings } from './surroundings.ts'

/** An element as it is read, and what it says then. */
type Given = {
  readonly element: ParsedElement
  readonly name: string
  readonly given: ReadonlyMap<string, string>
}

/** Judges what an element says; `around` is the offset of the element. */
export function judgeAttributes(
  { element, name: elementName, given }: Given,
  around: number,
  surroundings: HtmlReading,
): Record<string, string> {
  const allowed = ARTICLE.get(elementName)
  const attributes: Record<string, string> = {}
  for (const [name, value] of given) {
    if (!allowed?.has(name)) {
      tellAttribute(element, name, surroundings.onLoss)
      continue
    }
    const at = offsetOf(element, name) ?? around
    const judged = judgeValue({ elementName, name, value }, at, surroundings)
    if (judged !== undefined) attributes[name] = judged
  }
  return attributes
}

/** Lists the parts of a value that mean nothing, by the attribute. */
const STRAYS: Readonly<Record<string, (value: string) => string[]>> = {
  sizes: straySizes,
  srcset: strayCandidates,
}

function judgeValue(
  { elementName, name, value }: Readonly<Record<'elementName' | 'name' | 'value', string>>,
  at: number,
  { rewrite, onLoss, takeName }: HtmlReading,
): string | undefined {
  const use = useOf(name)
  const strays = STRAYS[name]?.(value) ?? []
  for (const stray of strays) onLoss({ reason: 'lost-value', name, value: stray }, at)
  if (name === 'sizes') return sizesOf(value) || undefined
  if (name === 'class') return classIn(elementName, value)
  if (name === 'align') return alignmentIn(value)
  if (name === 'id') return takeName(value, at) ? value : undefined
  if (use === undefined) return value
  const judged = (reference: string, kind: 'link' | 'media'): string | undefined => {
    const address = rewrite(reference, kind, at)
    return address !== undefined && isAllowed(address, kind) ? address : undefined
  }
  if (use !== 'candidates') return judged(value, use)
  const candidates = candidatesOf(value).flatMap(({ address: reference, descriptor }) => {
    const address = judged(reference, 'media')
    return address === undefined || /\s/.test(address) ? [] : [{ address, descriptor }]
  })
  return candidates.length > 0 ? srcsetOf(candidates) : undefined
}

/** Returns the size of an image that is known, and of which it says nothing itself. */
export function roomFor(
  given: ReadonlyMap<string, string>,
  { sizeOf }: Surroundings,
): Record<string, string> {
  const src = given.get('src')
  const size = !given.has('width') && !given.has('height') && src ? sizeOf(src) : undefined
  return size?.width && size.height
    ? { width: String(size.width), height: String(size.height) }
    : {}
}
