import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** A doc comment's first word or words, and the declaration below it. */
const COMMENTED = /\/\*\*\s*(?:\*\s*)?([^\n]*)(?:(?!\*\/)[\s\S])*\*\/\s*\n([^\n]*)/g
/** Declarations of what is called: functions, methods, and constants that hold an arrow function. */
const CALLED =
  /^\s*(?:export )?(?:default )?(?:static )?(?:async )?(?:function\b|(?:const )?[\w#]+(?:: [^=]+)? ?(?:=|:) (?:async )?(?:\(|<|\w+ =>)|[\w#*]+\()/
const VERB = /^(?:[A-Z][a-z]+(?:s|es)|Does not)\b/
const LOOSE = /^(?:What|Where|Who|Of|It|As|Its|This|That)\b/

interface Comment {
  readonly place: string
  readonly text: string
  readonly isCalled: boolean
}

const comments: readonly Comment[] = globSync('src/**/*.{ts,js}', { cwd: ROOT }).flatMap((file) => {
  const source = readFileSync(join(ROOT, file), 'utf8')
  return [...source.matchAll(COMMENTED)].map(([whole, text = '', below = '']) => ({
    place: `${file}:${source.slice(0, source.indexOf(whole)).split('\n').length}`,
    text: text.replace(/\s*\*\/.*$/, ''),
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
