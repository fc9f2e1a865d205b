/**
 * HTML templates: what is interpolated is escaped, unless it is HTML already. They are laid out as
 * code is, an element a line, and pages are sent without that layout.
 *
 * The only importer of the template library.
 */

import { raw, html as template } from 'hono/html'

/** HTML that was made by a template, or declared to be some. */
export type Html = ReturnType<typeof raw>

type Value = string | number | Html | undefined | false | readonly Html[]

/**
 * Fills a template; a value that is undefined or false leaves nothing behind. Indentation is left
 * out, and so is the line break at the beginning. A line that ends in a backslash goes on in the
 * next one: there the page has no line break.
 */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  // The library answers with a promise only where a promise is interpolated, which `Value` forbids.
  return template(withoutLayout(strings), ...values) as Html
}

/** Templates without their layout, by where they stand in the code: each is read once. */
const plainTemplates = new WeakMap<TemplateStringsArray, TemplateStringsArray>()

function withoutLayout(strings: TemplateStringsArray): TemplateStringsArray {
  const known = plainTemplates.get(strings)
  if (known) return known
  const [first = '', ...others] = strings.raw.map((text) =>
    text.replace(/\\\n */g, '').replace(/\n +/g, '\n'),
  )
  const texts = [first.replace(/^\n/, ''), ...others]
  const plain = Object.assign(texts, { raw: texts })
  plainTemplates.set(strings, plain)
  return plain
}

/** Declares text to be HTML that was sanitised already. */
export function trusted(text: string): Html {
  return raw(text)
}

/** Begins a line before each of some pieces. */
export function onLines(pieces: readonly Html[]): Html[] {
  return pieces.map((piece) => raw(`\n${piece}`))
}

/** Writes a value as JSON in a script element, which nothing in it ends (WHATWG HTML §4.12.1.3). */
export function jsonScript(type: string, value: unknown): Html {
  const json = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return html`
    <script type="${type}">${raw(json)}</script>
  `
}
