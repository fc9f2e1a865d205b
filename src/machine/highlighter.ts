/** The highlighter of code. No other file imports its library, which is loaded when code is seen. */

import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The part of the library that is used; its own types bring those of a browser with them. */
type Library = {
  getLanguage(name: string): object | undefined
  highlight(
    code: string,
    options: { language: string; ignoreIllegals: boolean },
  ): { readonly value: string }
  configure(options: { classPrefix: string }): void
}

let library: Library | undefined

/**
 * Writes code as HTML in which each part says in a class what it is; undefined where the language is
 * not known.
 */
export function highlight(code: string, language: string): string | undefined {
  library ??= load()
  if (!library.getLanguage(language)) return undefined
  return library.highlight(code, { language, ignoreIllegals: true }).value
}

/** Loads the languages that are common: the others would take three times as long to load. */
function load(): Library {
  const loaded = require('highlight.js/lib/common') as Library
  loaded.configure({ classPrefix: '' })
  return loaded
}
