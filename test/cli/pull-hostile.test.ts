/** Pulling from sites that lie, stall, flood or lead astray. */

import { mkdirSync, readdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'vitest'
import { runPull } from '../../src/cli/pull.ts'
import type { Outcome } from '../../src/machine/outcome.ts'
import { formatMessage } from '../../src/machine/terminal.ts'
import { judgeAddress, judgeNext } from '../../src/mirror/address.ts'
import { BOUNDS, type PullBounds } from '../../src/mirror/bounds.ts'
import { aProject, run } from '../support/command.ts'
import { must } from '../support/results.ts'
import {
  type Answering,
  anItem,
  aPage,
  aScriptedSite,
  cursor,
  say,
  sayPage,
} from '../support/scripted-site.ts'

/** The bounds of a test: the same ones, met sooner. */
const SOON: PullBounds = {
  ...BOUNDS,
  answerBytes: 200_000,
  attempts: 2,
  firstPause: 0.001,
  restartPause: 0.001,
  runPages: 5,
}
const STALLED: PullBounds = { ...SOON, stallSeconds: 0.2, leastBytes: 64 }
const LENGTHY: PullBounds = { ...SOON, answerSeconds: 0.5 }

type Pulled = {
  readonly outcome: Outcome
  readonly asked: readonly string[]
  readonly held: string[]
}

/** Pulls from a site that always answers the same way. */
async function pullFrom(always: Answering, bounds: PullBounds = SOON): Promise<Pulled> {
  const { base, asked } = await aScriptedSite(always)
  const folder = join(aProject(), 'mirror')
  const outcome = await runPull({ changes: `${base}/changes.json`, folder, bounds })
  return { outcome, asked, held: readdirSync(folder).filter((file) => !file.startsWith('.')) }
}

/** The reason of a failure, once it is sure that its words can be shown anywhere. */
function reasonOf({ words, data }: Outcome): string {
  const said = formatMessage(words, process.stdout)
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(said.trimEnd()) || said.length > 2000)
    return `unfit words: ${said}`
  return (data['failure'] as { reason: string } | undefined)?.reason ?? 'done'
}

function baseOf(request: IncomingMessage): string {
  return `http://${request.headers.host}`
}

/** Answers with a page that leads on to what the asked address makes of it. */
function leadTo(next: (base: string, asked: URL) => string): Answering {
  return (response, request) => {
    const base = baseOf(request)
    const page = { items: [anItem('a')], next: next(base, new URL(request.url ?? '', base)) }
    response.end(aPage(page))
  }
}

const redirectTo = (location: string): Answering => say(302, { Location: location })
const endWith = (said: object, ...ids: string[]): Answering =>
  sayPage({ items: ids.map((id) => anItem(id)), said })
const gone = (article: string): object => ({ id: 'x', article })
const counts = { added: 1, corrected: 0, retracted: 0, removed: 0 }
const NEXT = `changes.json?since=0&to=${cursor(1)}&after=a`

/** Writes a piece again and again, until nobody listens. */
function keepSaying(piece: Uint8Array | string, milliseconds: number): Answering {
  return (response) => {
    const timer = setInterval(() => response.write(piece), milliseconds)
    response.on('close', () => clearInterval(timer))
  }
}

const NONSENSE: readonly [what: string, answer: Answering][] = [
  ['no JSON', say(200, {}, '<html>')],
  ['another JSON', say(200, {}, '{"version":"https://jsonfeed.org/version/1.1"}')],
  ['a list that is deep', say(200, {}, '['.repeat(50_000) + ']'.repeat(50_000))],
  [
    'an item that is deep',
    say(
      200,
      {},
      aPage({ items: [anItem('a', { x: 0 })] }).replace(
        '"x":0',
        `"x":${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      ),
    ),
  ],
  ['an item without its id at the site', sayPage({ items: [anItem('a', { _edgewire: {} })] })],
  ['an item without `_edgewire`', sayPage({ items: [anItem('a', { _edgewire: undefined })] })],
  ...['../x', '..', 'a/b', 'a\\b', 'a\0b', 'CON', '__proto__', '.edgewire', 'a.b', '-', ''].map(
    (id): [string, Answering] => [
      `the id ${JSON.stringify(id)}`,
      sayPage({ items: [anItem('a', { _edgewire: { id } })] }),
    ],
  ),
  ['an id of 101 letters', endWith({}, 'a'.repeat(101))],
  ['a path among what is removed', endWith({ removed: [gone('../../victim')] })],
  ['a path among what left', endWith({ left: [gone('/etc/passwd')] })],
  ['an article twice', endWith({}, 'a', 'a')],
  ['an article that is told and gone', endWith({ removed: [gone('a')] }, 'a')],
  ['more than a hundred articles', endWith({}, ...Array.from({ length: 101 }, (_, n) => `a${n}`))],
  ['counts that do not fit its items', endWith({ counts }, 'a', 'b')],
  ['counts that do not fit what is gone', endWith({ counts, removed: [gone('b')] }, 'a')],
  ['counts below nothing', endWith({ counts: { ...counts, added: -1 } })],
  ['no cursor at its end', endWith({ cursor: undefined }, 'a')],
  ['the cursor of nothing', endWith({ cursor: '0' }, 'a')],
  ['a cursor that is none', endWith({ cursor: '\u001b[2J' }, 'a')],
  ['an end that does not say so', endWith({ caught_up: undefined }, 'a')],
  ['an end that says that it is none', endWith({ caught_up: false }, 'a')],
  [
    'an end that leads on',
    sayPage({ next: `http://x/${NEXT}`, said: { caught_up: true, cursor: cursor(1) } }),
  ],
  ['a cursor before the end', sayPage({ next: `http://x/${NEXT}`, said: { cursor: cursor(1) } })],
  ['another scheme to go on', leadTo(() => 'file:///etc/passwd')],
]

const ASTRAY: readonly [what: string, reason: string, answer: Answering][] = [
  ['the same page', 'no-way', leadTo((_, asked) => asked.href)],
  [
    'another edition to begin from',
    'no-way',
    leadTo((base) => `${base}/${NEXT.replace('0', cursor(2))}`),
  ],
  ['another path', 'no-way', leadTo((base) => `${base}/admin/${NEXT}`)],
  ['no end of the walk', 'no-way', leadTo((base) => `${base}/changes.json?since=0&after=a`)],
  [
    'a place that is no id',
    'no-way',
    leadTo((base) => `${base}/${NEXT.replace('after=a', 'after=..')}`),
  ],
  ['a password', 'no-way', leadTo((base) => `${base.replace('//', '//me:secret@')}/${NEXT}`)],
  ['controls', 'no-way', leadTo((base) => `${base}/changes.json?since=\u009b31m%1b%0a::error::x`)],
  ['a long address', 'no-way', leadTo((base) => `${base}/${NEXT}&x=${'x'.repeat(100_000)}`)],
  [
    'a circle',
    'goes-round',
    leadTo((base, asked) =>
      asked.searchParams.get('after') === 'a'
        ? `${base}/${NEXT.replace('after=a', 'after=b')}`
        : `${base}/${NEXT}`,
    ),
  ],
  [
    'a walk without an end',
    'unfinished',
    leadTo(
      (base, asked) =>
        `${base}/${NEXT}${Number(asked.searchParams.get('after')?.slice(1) || 0) + 1}`,
    ),
  ],
  [
    'itself, by a redirect',
    'redirects',
    (response, request) => redirectTo(`${request.url}&x`)(response, request),
  ],
  ['a file, by a redirect', 'no-way', redirectTo('file:///etc/passwd')],
  ['data, by a redirect', 'no-way', redirectTo('data:application/json,{}')],
  ['nowhere, by a redirect', 'no-way', redirectTo('http://[')],
]

const GREEDY: readonly [what: string, reason: string, answer: Answering, bounds?: PullBounds][] = [
  [
    'packs much into little',
    'too-large',
    say(200, { 'Content-Encoding': 'gzip' }, gzipSync(new Uint8Array(30_000_000))),
  ],
  ['says too much', 'too-large', keepSaying(new Uint8Array(100_000), 1)],
  [
    'says too much of an error',
    'too-large',
    (response, request) => {
      response.writeHead(400)
      keepSaying(new Uint8Array(100_000), 1)(response, request)
    },
  ],
  ['says nothing', 'too-slow', () => undefined, STALLED],
  ['says a byte at a time', 'too-slow', keepSaying(' ', 40), STALLED],
  ['says a little for ever', 'too-slow', keepSaying(' '.repeat(100), 40), LENGTHY],
  [
    'stops in the middle',
    'no-answer',
    (response) => {
      response.write('{')
      setImmediate(() => response.destroy())
    },
  ],
  ['says what is no gzip', 'garbled', say(200, { 'Content-Encoding': 'gzip' }, 'plain')],
  ['says what is no UTF-8', 'garbled', say(200, {}, new Uint8Array([0x22, 0xff, 0x22]))],
  ['says 304 to who has nothing', 'refused-by-site', say(304)],
  ['says 410 always', 'gone-again', say(410)],
  ['says 204', 'refused-by-site', say(204, {}, '')],
]

describe('a pull from a site that is not trusted', () => {
  it.for(NONSENSE)('takes nothing from a page with %s', async ([, answer], { expect }) => {
    const { outcome, asked, held } = await pullFrom(answer)
    expect({ reason: reasonOf(outcome), exit: outcome.exit, asked: asked.length, held }).toEqual({
      reason: 'not-edgewire',
      exit: 'unreachable',
      asked: 1,
      held: [],
    })
  })

  it.for(ASTRAY)('is not led to %s', async ([, reason, answer], { expect }) => {
    const { outcome, asked } = await pullFrom(answer)
    expect(reasonOf(outcome)).toBe(reason)
    expect(asked.length).toBeLessThanOrEqual(1 + SOON.redirects)
  })

  it.for(GREEDY)('ends with a site that %s', async ([, reason, answer, bounds], { expect }) => {
    const { outcome, held } = await pullFrom(answer, bounds)
    expect([reasonOf(outcome), held]).toEqual([reason, []])
  })

  it('goes to no other site unasked, whether by a page or by a redirect', async ({ expect }) => {
    const other = await aScriptedSite(endWith({}, 'b'))
    const changes = `${other.base}/changes.json?since=0&to=${cursor(1)}&after=a`
    for (const answer of [leadTo(() => changes), redirectTo(changes)]) {
      const { outcome } = await pullFrom(answer)
      expect(reasonOf(outcome)).toBe('other-site')
      expect(outcome.exit).toBe('refused')
      expect(outcome.words).toContain(`--also ${other.base}`)
    }
    expect(other.asked).toEqual([])
    const site = await aScriptedSite()
    site.answers.push(
      leadTo(() => changes),
      endWith({}),
    )
    const mirror = join(aProject(), 'mirror')
    const told = await run(['pull', site.base, mirror, '--also', other.base])
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('2 saved') })
    expect(other.asked).toEqual([new URL(changes).pathname + new URL(changes).search])
  })

  it('judges addresses by scheme, origin, and the question they ask', ({ expect }) => {
    const from = new URL(`https://wire.example.org/changes.json?since=${cursor(1)}`)
    const told = new Set(['https://wire.example.org', 'http://wire.example.org'])
    const faults = (text: string): string => {
      const judged = judgeAddress(text, from, told)
      if (judged.ok) return judged.value.href
      const { failure } = judged
      return `${failure.reason} ${'fault' in failure ? failure.fault : ''}`
    }
    expect(
      [
        '/changes.json#part',
        '//wire.example.org/x',
        'HTTPS://WIRE.example.org:443/x',
        'http://wire.example.org/x',
        'https://wire.example.org:8443/x',
        'https://wire.example.org.evil.example/x',
        'https://wire.example.org@evil.example/x',
        '//evil.example/x',
        '/\\evil.example/x',
        'javascript:alert(1)',
        'blob:https://wire.example.org/x',
        'https://',
      ].map(faults),
    ).toEqual([
      'https://wire.example.org/changes.json',
      'https://wire.example.org/x',
      'https://wire.example.org/x',
      'no-way downgrade',
      'other-site ',
      'other-site ',
      'no-way password',
      'other-site ',
      'other-site ',
      'no-way scheme',
      'no-way scheme',
      'no-way address',
    ])
    const further = `https://wire.example.org/changes.json?since=${cursor(1)}&to=${cursor(2)}&after=`
    const second = must(judgeNext(`${further}a`, from, told))
    expect(second.href).toBe(`${further}a`)
    expect(judgeNext(`${further}b`, second, told).ok).toBe(true)
    for (const text of [`${further}a`, `${further}b`.replace(cursor(2), cursor(3))])
      expect(judgeNext(text, second, told)).toMatchObject({
        failure: { reason: 'no-way', fault: 'question' },
      })
  })

  it('follows a redirect within the site', async ({ expect }) => {
    const { outcome, asked } = await pullFrom((response, request) => {
      const isOld = request.url?.startsWith('/changes.json')
      const answer = isOld ? redirectTo(`/tags/a${request.url}`) : endWith({}, 'a')
      answer(response, request)
    })
    expect(outcome.exit).toBe('done')
    expect(asked.slice(0, 2)).toEqual(['/changes.json?since=0', '/tags/a/changes.json?since=0'])
  })

  it.for([
    ['99999', 'come-back', 1],
    ['9'.repeat(40), 'come-back', 1],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 'come-back', 1],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 'refused-by-site', 2],
    ['-1', 'refused-by-site', 2],
    ['1e9', 'refused-by-site', 2],
    ['soon', 'refused-by-site', 2],
  ] as const)(
    'waits for `Retry-After: %s` within reason',
    async ([value, reason, times], { expect }) => {
      for (const status of [503, 429]) {
        const { outcome, asked } = await pullFrom(say(status, { 'Retry-After': value }))
        expect([reasonOf(outcome), asked.length]).toEqual([reason, times])
      }
    },
  )

  it('sends back no malformed tag', async ({ expect }) => {
    for (const [tag, isSent] of [
      ['W/"good"', true],
      ['"good"', true],
      ['bad', false],
      ['"a\u0080"', false],
      [`"${'x'.repeat(201)}"`, false],
    ] as const) {
      const { base, asked } = await aScriptedSite(sayPage({}, { ETag: tag }))
      const pulling = { changes: `${base}/changes.json`, folder: join(aProject(), 'mirror') }
      await runPull(pulling)
      await runPull(pulling)
      expect(asked.at(-1)).toBe(`/changes.json?since=${cursor(1)}${isSent ? ` ${tag}` : ''}`)
    }
  })

  it('ends even if the site has news each time that it is asked', async ({ expect }) => {
    let edition = 0
    const { outcome, asked } = await pullFrom((response, request) => {
      edition += 1
      endWith({ cursor: cursor(edition) }, `a${edition}`)(response, request)
    })
    expect(outcome).toMatchObject({ exit: 'done', data: { saved: 2, cursor: cursor(2) } })
    expect(asked).toHaveLength(2)
  })

  it('continues a long walk in the next run', async ({ expect }) => {
    const { base, asked, answers } = await aScriptedSite()
    const folder = join(aProject(), 'mirror')
    const step = (after: string): Answering =>
      leadTo((site) => `${site}/${NEXT.replace('after=a', `after=${after}`)}`)
    answers.push(step('b'), step('c'), step('d'), endWith({}), endWith({}))
    const pulling = { changes: `${base}/changes.json`, folder, bounds: { ...SOON, runPages: 2 } }
    const exits = [await runPull(pulling), await runPull(pulling), await runPull(pulling)]
    expect(exits.map(({ exit }) => exit)).toEqual(['unfinished', 'unfinished', 'done'])
    expect(asked.slice(2, 4).map((address) => address.slice(-7))).toEqual(['after=c', 'after=d'])
  })

  it('shows what a site says as text, and as nothing else', async ({ expect }) => {
    const detail = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\u2028Done.\n::error::x ##[error]y'
    const problem = {
      type: 'about:blank',
      title: 'x',
      status: 400,
      detail,
      reason: 'invalid-cursor',
    }
    const { base } = await aScriptedSite(say(400, {}, JSON.stringify(problem)))
    for (const args of [['pull'], ['--json', 'pull']]) {
      const { code, stdout, stderr } = await run([...args, base, join(aProject(), 'mirror')])
      expect(code).toBe(3)
      expect(stdout + stderr).toContain('Done.')
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{C}|\u2028|##\[/u)
      expect(stdout + stderr).not.toMatch(/^\s*::/m)
    }
  })

  it('cuts a long text to one line', async ({ expect }) => {
    const problem = {
      type: 'x',
      title: 'x',
      status: 400,
      detail: 'long '.repeat(9999),
      reason: 'internal',
    }
    const { outcome } = await pullFrom(say(400, {}, JSON.stringify(problem)))
    expect(reasonOf(outcome)).toBe('refused-by-site')
  })

  it('releases its folder when it fails', async ({ expect }) => {
    const { base, answers } = await aScriptedSite()
    const folder = join(aProject(), 'mirror')
    mkdirSync(folder)
    answers.push(say(400), endWith({}, 'a'), endWith({}))
    const pulling = { changes: `${base}/changes.json`, folder, bounds: SOON }
    expect((await runPull(pulling)).exit).toBe('unreachable')
    expect(readdirSync(folder)).toEqual(['.edgewire.pull.lock'])
    expect((await runPull(pulling)).exit).toBe('done')
    expect(readdirSync(folder).sort()).toEqual(['.edgewire.json', '.edgewire.pull.lock', 'a.json'])
  })
})
