/** How files begin that do not begin with front matter as it is here: told as what it is. */

import { translateKeys } from './foreign-keys.ts'
import { OF_ARTICLES } from './foreign-words.ts'
import type { KeyFinding } from './key-findings.ts'
import { parseToml } from './toml.ts'
import { formatOnOneLine } from './yaml.ts'

export type FileOpening = { readonly line: number } & Extract<
  KeyFinding,
  {
    readonly reason:
      | 'no-front-matter'
      | 'unclosed-front-matter'
      | 'late-front-matter'
      | 'foreign-front-matter'
  }
>

/** Front matter of other kinds: between two such lines, or JSON from the first character. */
const TOML =
  /^(?:\+\+\+|---[ \t]*toml)[ \t]*\r?\n([\s\S]*?)(?:^(?:\+\+\+|---)[ \t]*(?:\r?\n|$)|$(?![\s\S]))/im
const JSON_OBJECT = /^(?:;;;|---[ \t]*json|)\s*\{\s*["}]/i

/** More than anybody reads in a message. */
const MOST_YAML_SHOWN = 600

/** Characters of a file that are looked at. */
const MOST_READ = 64 * 1024

/** Tells how a text begins in which no front matter was found; `known` are the keys of it. */
export function openingOf(whole: string, known: readonly string[]): FileOpening {
  const text = whole.slice(0, MOST_READ).replace(/^\ufeff+/, '')
  const [, toml] = TOML.exec(text) ?? []
  if (toml !== undefined) return { line: 1, ...FOREIGN, syntax: 'TOML', yaml: asYaml(toml, known) }
  if (JSON_OBJECT.test(text)) return { line: 1, ...FOREIGN, syntax: 'JSON', yaml: undefined }
  if (/^---[ \t]*\r?\n/.test(text)) return { line: 1, reason: 'unclosed-front-matter' }
  const late = lineOfLateOpening(text)
  return late === undefined
    ? { line: 1, reason: 'no-front-matter' }
    : { line: late, reason: 'late-front-matter' }
}

const FOREIGN = { reason: 'foreign-front-matter' } as const

function asYaml(toml: string, known: readonly string[]): string | undefined {
  const { value } = translateKeys(parseToml(toml), { known, vocabulary: OF_ARTICLES })
  const yaml = value === undefined ? undefined : formatOnOneLine(value)
  return yaml !== undefined && yaml.length <= MOST_YAML_SHOWN ? yaml : undefined
}

/** Finds front matter behind blank lines and comments, by its first line and a key below it. */
function lineOfLateOpening(text: string): number | undefined {
  const opening = /^[ \t\ufeff\u200b]*---[ \t]*\r?\n(?=[ \t]*[\w-]+[ \t]*:)/m.exec(text)
  if (!opening) return undefined
  const before = text.slice(0, opening.index)
  const words = before.replace(/<!--[\s\S]*?-->/g, '').replace(/^[ \t]*#.*$/gm, '')
  return words.trim() === '' ? before.split('\n').length : undefined
}
