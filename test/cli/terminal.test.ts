import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Problem } from '../../src/article/problem.ts'
import { contentRefused } from '../../src/cli/problems.ts'
import { refusedBy } from '../../src/cli/words.ts'
import { describeRefusal } from '../../src/machine/store-refusal.ts'
import { formatJson, formatMessage, type Message } from '../../src/machine/terminal.ts'
import { aProject, finished, run, start } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

/** Everything that steers a terminal, in any script: a line break is the only one that is ours. */
const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
/** As GitHub's runner finds them: at the beginning, after any space; and the old ones anywhere. */
const COMMANDS = [/^\s*::/u, /##[\w.-]*\[/]
const RED = { on: '\u001b[31m', off: '\u001b[39m' }

/** The lines of what was printed that hold what no author may print. */
function steered(printed: string): string[] {
  const lines = printed.split('\n').map((line) => {
    const isRed = line.startsWith(RED.on) && line.endsWith(RED.off)
    return isRed ? line.slice(RED.on.length, -RED.off.length) : line
  })
  return lines.filter((line) => [STEERING, ...COMMANDS].some((pattern) => pattern.test(line)))
}

/** Any text, and often one that is made to steer. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\u001b[2J',
        '\u001b]0;t\u0007',
        '\u009b1m',
        '\r\n::error::x',
        '\n  ::set-output',
      ),
      fc.constantFrom(
        '##[error]x',
        '##vso[task]',
        '::',
        '#',
        '##',
        '[',
        '\u202e',
        '\u2066',
        '\u2028',
      ),
      fc.constantFrom('\ud800', '\udfff', '\u0000', '\u007f', '\u0085', '\u200b', ' ', '\t'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

const colours = Object.assign(new PassThrough(), {
  isTTY: true,
  getColorDepth: () => 24,
}) as unknown as NodeJS.WriteStream

/** What a person would see, in colour and without. */
function printed(words: Message): string {
  return formatMessage(words, process.stderr) + formatMessage(words, colours)
}

describe('printed text', () => {
  it('holds no control but edgewire’s own line breaks, whatever an author wrote', ({ expect }) => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (file, key, found) => {
        const place = { file, line: 1, column: 1 }
        const problems: Problem[] = [
          { ...place, reason: 'invalid-value', key, expected: found, found },
          { ...place, reason: 'unknown-key', key, near: [found] },
          { ...place, reason: 'yaml', detail: found },
        ]
        const text = printed(contentRefused({ problems, malformed: [] }, '').words)
        expect(steered(text)).toEqual([])
        expect(text.split('\n')).toHaveLength(2 * (3 + 4) + 1)
      }),
    )
  })

  it('holds no control from servers, libraries or the store', ({ expect }) => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const told: Message[] = [
          describeRefusal({ reason: 'refused', detail: one }),
          refusedBy({ reason: 'other-site', site: one, own: other }).words,
          refusedBy({ reason: 'malformed', documents: [{ document: one, detail: other }] }).words,
          refusedBy({
            reason: 'ledger',
            breaches: [{ breach: 'renamed', id: one, was: other, now: one }],
          }).words,
          [one, { alarm: other }],
          one,
        ]
        for (const words of told) expect(steered(printed(words))).toEqual([])
      }),
    )
  })

  it('has a command of GitHub for each problem, and no other', ({ expect }) => {
    fc.assert(
      fc.property(hostile, hostile, (file, found) => {
        const problem: Problem = { file, line: 1, column: 2, reason: 'yaml', detail: found }
        const findings = { problems: [problem, problem], malformed: [] }
        const text = formatMessage(
          contentRefused(findings, '', { format: 'github' }).words,
          colours,
        )
        const [first = '', second, last = '', ...rest] = text.split('\n')
        expect(first).toMatch(/^::error file=[^:,]*,line=1,col=2::[^\n]*$/u)
        expect(second).toBe(first)
        expect(steered([first.replace('::', ''), last, ...rest].join('\n'))).toEqual([])
      }),
    )
  })

  it('is one JSON text of the same value, without controls either', ({ expect }) => {
    const value = fc.dictionary(hostile, fc.oneof(hostile, fc.integer(), fc.array(hostile)))
    fc.assert(
      fc.property(value, (facts) => {
        const text = formatJson(facts)
        expect(steered(text)).toEqual([])
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(facts))
      }),
    )
  })
})

const HOSTILE = {
  'content/value.md': anArticle({
    published: '"\\e[2J\\e[1;31mAll good\\e[0m\\r\\n::warning::pwned"',
  }),
  'content/key.md': anArticle({ '"\\e]0;title\\a##[error]\\u202E"': '1' }),
  'content/srcset.md': anArticle(
    {},
    '<img alt=x src="https://x.example/a.png" srcset="https://x.example/a.png bad">',
  ),
  'content/name\u001b[31m\n::error::x.md': anArticle(),
}

describe.concurrent('a command', () => {
  it.for([['check'], ['check', '--format', 'github'], ['publish']])(
    'lets no author print: %s',
    async (args, { expect }) => {
      const { stdout, stderr } = await run(args, {}, aProject(HOSTILE))
      expect(stdout).toBe('')
      const isOurs = (line: string): boolean => /^::(?:error|notice) file=content\//.test(line)
      const lines = stderr.split('\n').filter((line) => !isOurs(line))
      expect(steered(lines.join('\n'))).toEqual([])
      expect(stderr).toContain(String.raw`\x1b[2J\x1b[1;31mAll good\x1b[0m\r\n::warning::pwned`)
    },
  )

  it.for([['check'], ['chekc'], ['start', '--port', '0'], ['publish', '--content', 'nowhere']])(
    'says one JSON object and nothing else: %s --json',
    async (args, { expect }) => {
      const folder = aProject({ ...HOSTILE, 'content/sub/site.yaml': '' })
      const { code, stdout, stderr } = await run(['--json', ...args], {}, folder)
      expect(JSON.parse(stdout)).toMatchObject({ ok: code === 0 })
      expect(steered(stdout)).toEqual([])
      expect(stderr).toBe('')
    },
  )

  it('lets no library print if nothing is wrong', async ({ expect }) => {
    const folder = aProject({ 'content/srcset.md': HOSTILE['content/srcset.md'] })
    const { stdout, stderr } = await run(['check'], {}, folder)
    expect(stderr).toBe('')
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^content\/srcset\.md:5:42: note: /),
      '2 articles, no problems, 1 note.',
    ])
  })

  it.for([
    [['check'], 0],
    [['--json', 'publish'], 0],
    [['chekc'], 2],
  ] as const)('ends as ever where nobody reads along any more: %s', async ([args, code], told) => {
    const child = start(args, {}, aProject())
    child.stdout?.destroy()
    if (code === 2) child.stderr?.destroy()
    const ended = await finished(child)
    told.expect(ended).toMatchObject({ code, stderr: '' })
  })
})
