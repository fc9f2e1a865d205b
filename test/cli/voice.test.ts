import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

const COMMENT = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?=(export )?(default )?(async )?function\b)/g

describe('the comment of a function', () => {
  it('begins with a verb', ({ expect }) => {
    const others: string[] = []
    for (const file of globSync('src/**/*.ts', { cwd: ROOT })) {
      for (const [, body = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(COMMENT)) {
        const words = body.replace(/\s*\n\s*\*/g, ' ').trim()
        if (!/^(?!(?:As|Whose|Who|Whereas|This|Its)\b)[A-Z][a-z]*s\b/.test(words))
          others.push(`${file}: ${words}`)
      }
    }
    expect(others).toEqual([])
  })
})
