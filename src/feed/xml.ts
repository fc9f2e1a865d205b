/**
 * Writing XML: two contexts, two escapes, and no CDATA, so that nothing can end it early.
 *
 * Values were cleaned of what XML cannot carry when they were read (`markup/text.ts`).
 */

import { escapeText } from '../markup/escape.ts'

/**
 * Escapes an attribute's value for double quotes; white space survives normalisation (XML 1.0
 * §3.3.3).
 */
export function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`)
}

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** Writes an element with text in it, line ends as they are (XML 1.0 §2.11); attributes without a value are left out. */
export function element(name: string, text: string, attributes: Attributes = {}): string {
  return `<${name}${written(attributes)}>${escapeText(text).replaceAll('\r', '&#13;')}</${name}>`
}

/** Writes an element with other elements in it, or with none. */
export function parent(
  name: string,
  children: readonly string[],
  attributes: Attributes = {},
): string {
  return children.length === 0
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>${children.join('')}</${name}>`
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('')
}
