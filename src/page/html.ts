/**
 * HTML templates: what is interpolated is escaped, unless it is HTML already.
 * The only importer of the template library.
 */

import { raw, html as template } from 'hono/html'

/** HTML that was made by a template, or declared to be some. */
export type Html = ReturnType<typeof raw>

type Value = string | number | Html | undefined | false | readonly Html[]

/** Fills a template; a value that is undefined or false leaves nothing behind. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  // The library answers with a promise only where a promise is interpolated, which `Value` forbids.
  return template(strings, ...values) as Html
}

/** Declares text to be HTML that was sanitised already. */
export function trusted(text: string): Html {
  return raw(text)
}

/** Writes a value as JSON in a script element, which nothing in it ends (WHATWG HTML §4.12.1.3). */
export function jsonScript(type: string, value: unknown): Html {
  const json = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return html`<script type="${type}">${raw(json)}</script>
`
}
