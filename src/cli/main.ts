/**
 * The command line: a file for each verb, which is registered here. No other file imports the
 * parser.
 */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isId, LONGEST_ID } from '../article/id.ts'
import { type Instant, parseInstant } from '../article/instant.ts'
import { judgeFull } from '../article/web-address.ts'
import { describeBreakdown } from '../machine/breakdown.ts'
import { failed, type Outcome, tell } from '../machine/outcome.ts'
import { beFrugal, platform } from '../machine/platform.ts'
import { FREE_WRITES } from '../machine/quota.ts'
import { ownTerminal } from '../machine/terminal.ts'
import { runCheck } from './check.ts'
import { runDiff } from './diff.ts'
import { runNew } from './new.ts'
import { runPrune } from './prune.ts'
import { runPublish } from './publish.ts'
import { runPull } from './pull.ts'
import { runRollback } from './rollback.ts'
import { runStart } from './start.ts'
import { runStatus } from './status.ts'

ownTerminal()
beFrugal()

/**
 * The wish for JSON, read before everything else, so that errors in the rest are told as JSON too.
 */
const asJson = untilDashes(process.argv.slice(2)).includes('--json')

/** The text that commander would print. */
let said = ''
const hear = (text: string): void => {
  said += text
}

const program = new Command('edgewire')
  .description('A newswire at the edge: Markdown articles as RSS, Atom and JSON Feed.')
  .option('--content <folder>', 'where the articles are', 'content')
  .option('--json', 'say everything as one JSON object')
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 refused, and told why; 2 no such verb or option; 3 the store, the site or
this disk failed; 4 unfinished, run it again.`,
  )
  .configureOutput({ writeOut: hear, writeErr: hear })
  .exitOverride()

const remote = new Option('--remote', 'in the deployed KV; otherwise on this machine')
const base = new Option('--base <address>', 'the address of the site, not the one in site.yaml')
base.argParser(parseAddress)

verb('start', 'publish to this machine, serve, and publish again whatever is saved', runStart)
  .addOption(
    new Option('--port <number>', 'the port to listen on')
      .env('PORT')
      .default(8787)
      .argParser(wholeFrom(1, 65_535)),
  )
  .option('--drafts', 'show drafts too')
  .option('--at <instant>', 'show the site as it stands at an instant', parseAt)

verb('new <title>', 'begin an article', (options, title) => runNew({ ...options, title }))
  .option('--id <id>', 'its id, and the name of its file', parseId)
  .option('--published <instant>', 'when it is published; the default is now', parseAt)

verb('check', 'everything that publish would refuse', runCheck).addOption(
  new Option('--format <format>', 'how problems are told')
    .choices(['text', 'github'])
    .default('text'),
)

verb('publish', 'make content/ the current edition', runPublish)
  .addOption(remote)
  .addOption(base)
  .option('--dry-run', 'show what would change and what it costs, and write nothing')
  .option('--allow <id...>', 'articles that may contradict what was published')
  .option('--wait <address>', 'ask the deployed site until it serves the new edition', parseAddress)
  .option('--quota <writes>', 'KV writes a day, or none on a paid plan', parseQuota, FREE_WRITES)
  .option('--repair', 'write everything again, whatever is thought to be there')
  .option('--clock-was-wrong', 'the last publish was dated by a clock that was ahead')
  .option('--spread', 'above the quota, write a part each day; the last day moves head')

verb('status', 'what is current, what is scheduled, and what waits', runStatus).addOption(remote)

verb(
  'diff [from] [to]',
  'between two editions, or content/ and the published one',
  (options, from, to) => runDiff({ ...options, from: edition(from), to: edition(to) }),
)
  .addOption(remote)
  .addOption(base)

verb('rollback [edition]', 'make an earlier edition current again', (options, target) =>
  runRollback({ ...options, target: edition(target) }),
)
  .addOption(remote)
  .option('--drop-scheduled', 'give up editions that are due')
  .option('--clock-was-wrong', 'the last publish was dated by a clock that was ahead')

verb('prune', 'remove objects that no recent edition reaches', runPrune)
  .addOption(remote)
  .option('--days <number>', 'for how long editions are kept', wholeFrom(1, 36_500), 90)
  .option('--dry-run', 'only count them')

verb(
  'pull <address> <folder>',
  'mirror a site or a feed into a folder',
  ({ also }, address, folder = '') => runPull({ changes: parseMirrored(address), folder, also }),
).option('--also <address>', 'another site to which it may lead; may be given again', alsoAt)

process.on('uncaughtException', breakDown)
await program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) tell(answerOfParser(error), asJson)
  else breakDown(error)
})

/** Registers a verb, which is run with the options that commander read from the command line. */
function verb(
  usage: string,
  description: string,
  // biome-ignore lint/suspicious/noExplicitAny: commander's options have no static type
  run: (options: any, ...args: string[]) => Outcome | Promise<Outcome | undefined>,
): Command {
  return program
    .command(usage)
    .description(description)
    .action(async (...given: unknown[]) => {
      const command = given.at(-1) as Command
      const options = { ...program.opts(), ...command.opts() }
      // Throws if the working folder was removed (ENOENT, `uv_cwd`).
      process.cwd()
      const outcome = await run(options, ...(given.slice(0, -2) as string[]))
      if (outcome) tell(outcome, asJson)
    })
}

/**
 * Returns the outcome of a command line that commander answers itself: help, or why it was not
 * understood.
 */
function answerOfParser({ exitCode }: CommanderError): Outcome {
  const words = said.trimEnd().split('\n')
  if (exitCode === 0) return { exit: 'done', words, data: { help: said } }
  return failed({ reason: 'usage' }, words, 'usage')
}

/** Tells an error that nobody expected, and ends the process. */
function breakDown(error: unknown): void {
  tell(describeBreakdown(error), asJson)
  process.exit()
}

/** Returns the part of a command line in which options can stand. */
function untilDashes(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--')
  return end < 0 ? words : words.slice(0, end)
}

function edition(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  return program.error(`error: '${text}' is not the number of an edition.`)
}

function wholeFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`)
  }
}

function parseQuota(text: string): number {
  return text === 'none' ? Number.POSITIVE_INFINITY : wholeFrom(1, Number.MAX_SAFE_INTEGER)(text)
}

function parseAddress(text: string): string {
  const address = judgedAddress(text)
  if (address?.href === `${address?.origin}/`) return address.origin
  throw new InvalidArgumentError('Expected an address without a path: https://news.example.org.')
}

/** Reads an address by the rules of content/: nothing is dropped from it or read into it. */
function judgedAddress(text: string): URL | undefined {
  const judged = judgeFull(text, platform)
  return judged.ok ? new URL(judged.value) : undefined
}

function alsoAt(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, parseAddress(text)]
}

/**
 * Returns the address of the `changes.json` to mirror: of the whole site if its root is given, of
 * one feed if its folder is.
 */
function parseMirrored(text = ''): string {
  const address = judgedAddress(text)
  if (!address) return program.error(`error: '${text}' is not the address of a site or of a feed.`)
  const { origin, pathname } = address
  return `${origin}${pathname.replace(/changes\.json$/, '').replace(/\/?$/, '/')}changes.json`
}

function parseId(text: string): string {
  if (isId(text)) return text
  throw new InvalidArgumentError(
    `Expected lower-case letters, digits and hyphens, ${LONGEST_ID} at most.`,
  )
}

function parseAt(text: string): Instant {
  const instant = parseInstant(text)
  if (instant.ok) return instant.value
  throw new InvalidArgumentError(
    'Expected an instant with an offset, such as 2026-12-24T18:00:00+01:00.',
  )
}
