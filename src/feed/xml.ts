/**
 * XML as it is written: two contexts, two escapes, and no CDATA, so that nothing can end it early.
 *
 * Values were cleaned of what XML cannot carry when they were read (`article/text.ts`).
 */

import { escapeText } from '../article/escape.ts'

/** Escapes a value in double quotes; its white space survives normalisation (XML 1.0 §3.3.3). */
export function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`)
}

/** The attributes of an element; one without a value is left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>

/** Writes an element with text in it; attributes without a value are left out. */
export function element(name: string, text: string, attributes: XmlAttributes = {}): string {
  return `<${name}${formatAttributes(attributes)}>${escapeText(text)}</${name}>`
}

/** Writes an element with other elements in it, or with none. */
export function parent(
  name: string,
  children: readonly string[],
  attributes: XmlAttributes = {},
): string {
  return children.length === 0
    ? `<${name}${formatAttributes(attributes)}/>`
    : `<${name}${formatAttributes(attributes)}>${children.join('')}</${name}>`
}

function formatAttributes(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('')
}
