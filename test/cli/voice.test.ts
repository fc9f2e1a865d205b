import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** A doc comment, and the line of what it describes. */
const COMMENTED = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\n?([^\n]*)/g
/** Functions, methods, and constants and properties that hold a function. */
const CALLED =
  /^\s*(?:export )?(?:default )?(?:static )?(?:readonly )?(?:async )?(?:function\b|(?:const )?[\w#]+\??(?:: [^=]+)? ?(?:=|:) (?:async )?(?:\(.*=>|<|\w+ =>)|[\w#*]+(?:<[^>]*>)?\()/
const VERB = /^(?:[A-Z][a-z]+s|Does not)\b/
const LOOSE = /^(?:What|Where|Who|Whose|Of|It|As|Its|This|That)\b/

type Comment = { readonly place: string; readonly text: string; readonly isCalled: boolean }

const comments: readonly Comment[] = globSync('src/**/*.{ts,js}', { cwd: ROOT }).flatMap((file) => {
  const source = readFileSync(join(ROOT, file), 'utf8')
  return Array.from(source.matchAll(COMMENTED), ({ index, 1: comment = '', 2: below = '' }) => ({
    place: `${file}:${source.slice(0, index).split('\n').length}`,
    text: comment.replace(/[\s*]+/g, ' ').trim(),
    isCalled: CALLED.test(below),
  }))
})

const said = (kept: readonly Comment[]): readonly string[] =>
  kept.map(({ place, text }) => `${place} ${text}`)

it('begins the comment of a function with a verb', () => {
  expect(said(comments.filter(({ text, isCalled }) => isCalled && !VERB.test(text)))).toEqual([])
})

it('begins no comment with a pronoun or a preposition', () => {
  expect(said(comments.filter(({ text }) => LOOSE.test(text)))).toEqual([])
})

it('finds the comments', () => {
  expect(comments.length).toBeGreaterThan(900)
  expect(comments.filter(({ isCalled }) => isCalled).length).toBeGreaterThan(400)
})
