import { describe, it } from 'vitest'
import type { Problem } from '../../src/article/problem.ts'
import { contentRefused, contentSound } from '../../src/cli/problems.ts'
import { formatMessage } from '../../src/machine/terminal.ts'

const at = (line: number): { file: string; line: number; column: number } => ({
  file: 'a.md',
  line,
  column: 1,
})
const missing = (line: number): Problem => ({
  ...at(line),
  reason: 'missing-file',
  target: 'x',
  near: [],
})
const unused = (line: number): Problem => ({ ...at(line), reason: 'unused-file', isNote: true })
const empty: Problem = { ...at(7), reason: 'empty-body' }

function lines({ words }: ReturnType<typeof contentRefused>): string[] {
  return formatMessage(words, process.stderr).trimEnd().split('\n')
}

const many = [unused(1), missing(2), empty, ...Array.from({ length: 60 }, (_, n) => missing(9 + n))]

describe('what is found', () => {
  it('is told in two lines where it is one thing', ({ expect }) => {
    expect(lines(contentRefused({ problems: [empty], malformed: [] }, 'Nothing was.'))).toEqual([
      'a.md:7:1: The article has no text. Write some, or make it `status: draft`.',
      '1 problem. Nothing was.',
    ])
  })

  it('begins with a table of kinds, and is told whole where it is little', ({ expect }) => {
    const said = lines(
      contentRefused({ problems: [unused(1), empty, missing(8)], malformed: [] }, ''),
    )
    expect(said.slice(0, 3)).toEqual([
      '     1  empty-body',
      '     1  missing-file',
      '     1  note: unused-file',
    ])
    expect(said.slice(3, -1).map((line) => line.slice(0, 9))).toEqual([
      'a.md:1:1:',
      'a.md:7:1:',
      'a.md:8:1:',
    ])
    expect(said.at(-1)).toBe('2 problems, 1 note.')
  })

  it('is told by an example of each kind where it is much, and whole with --all', ({ expect }) => {
    const findings = { problems: many, malformed: [] }
    expect(lines(contentRefused(findings, '')).map((line) => line.slice(0, 34))).toEqual([
      '    61  missing-file',
      '     1  empty-body',
      '     1  note: unused-file',
      'a.md:2:1: The file `x` does not ex',
      'a.md:7:1: The article has no text.',
      'a.md:1:1: note: The file is not pu',
      'An example of each kind; --all tel',
      '62 problems, 1 note.',
    ])
    const all = lines(contentRefused(findings, '', { format: 'text', all: true }))
    expect(all).toHaveLength(3 + many.length + 1)
    const { data } = contentRefused(findings, '')
    expect(data).toMatchObject({ problems: { length: 62 }, notes: [{ reason: 'unused-file' }] })
  })

  it('is counted with the places that were not kept', ({ expect }) => {
    const problems = [...many, { ...missing(80), more: 1000 }]
    const said = lines(contentRefused({ problems, malformed: [] }, ''))
    expect(said[0]).toBe('  1062  missing-file')
    expect(said.slice(-2)).toEqual([
      'An example of each kind; --all tells the other 61, of a kind 100 a file.',
      '1063 problems, 1 note.',
    ])
    const all = lines(
      contentRefused({ problems, malformed: [] }, '', { format: 'text', all: true }),
    )
    expect(all.at(-2)).toMatch(/ There are 1000 more of this kind in this file\.$/)
    expect(contentRefused({ problems, malformed: [] }, '').data?.['problems']).toContainEqual(
      expect.objectContaining({
        line: 80,
        more: 1000,
        message: expect.stringContaining('1000 more'),
      }),
    )
  })

  it('is an error or a notice on GitHub, errors first', ({ expect }) => {
    const said = lines(
      contentRefused({ problems: many, malformed: [] }, '', { format: 'github', all: true }),
    )
    expect(said[0]).toMatch(/^::error file=a.md,line=2,col=1::/)
    expect(said.at(-2)).toMatch(/^::notice file=a.md,line=1,col=1::The file is not published/)
  })

  it('may be nothing but notes', ({ expect }) => {
    const { exit, data, ...outcome } = contentSound({ problems: [unused(1)], malformed: [] }, 3, {
      format: 'text',
    })
    expect(exit).toBe('done')
    expect(data).toMatchObject({ articles: 3, problems: [], notes: [{ reason: 'unused-file' }] })
    expect(lines({ exit, data, ...outcome }).at(-1)).toBe('3 articles, no problems, 1 note.')
  })

  it('is told with the defects that stand beside it', ({ expect }) => {
    const malformed = [{ document: '/rss.xml', detail: 'no XML' }]
    const both = lines(contentRefused({ problems: [empty], malformed }, ''))
    expect(both).toContain('  /rss.xml: no XML')
    expect(both.at(-1)).toBe('1 problem.')
    const alone = contentRefused({ problems: [unused(1)], malformed }, '')
    expect(lines(alone)[0]).toContain('note: The file is not published')
    expect(alone.data).toMatchObject({ failure: { reason: 'malformed' }, malformed })
  })
})
