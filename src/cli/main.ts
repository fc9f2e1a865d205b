/** The command line: makes commands of the verbs. No other file imports the parser. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type GenericSchema, getDefault, safeParse } from 'valibot'
import { describeBreakdown } from '../machine/breakdown.ts'
import { failed, type Outcome, tell } from '../machine/outcome.ts'
import { beFrugal } from '../machine/platform.ts'
import { ownTerminal } from '../machine/terminal.ts'
import { COMMON } from './options.ts'
import { type Flag, flagOf, type Verb } from './verb.ts'
import { type ListedVerb, VERBS } from './verbs.ts'

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
  .showSuggestionAfterError()
  // Every verb has options, also one that is not loaded.
  .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 refused, and told why; 2 no such verb or option; 3 the store, the site or
this disk failed; 4 unfinished, run it again.`,
  )
  .configureOutput({ writeOut: hear, writeErr: hear })
  .exitOverride()

for (const option of optionsOf(COMMON)) program.addOption(option)
for (const verb of VERBS) await register(verb)

process.on('uncaughtException', breakDown)
await program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) tell(answerOfParser(error), asJson)
  else breakDown(error)
})

/** Makes a command of a verb, with all that it can do if its name is on the command line. */
async function register({ usage, purpose, load }: ListedVerb): Promise<void> {
  const command = program.command(usage).description(purpose)
  if (process.argv.includes(command.name())) equip(command, await load())
}

/** Gives a command the options of its verb, and what it does. */
function equip(command: Command, { options, run }: Verb): void {
  const own = Object.entries(options.entries).filter(([name]) => !(name in COMMON))
  for (const option of optionsOf(Object.fromEntries(own))) command.addOption(option)
  command.action(async () => {
    const words = command.registeredArguments.map((argument, index) => [
      argument.name(),
      command.processedArgs[index],
    ])
    const given = { ...program.opts(), ...command.opts(), ...Object.fromEntries(words) }
    // Throws if the working folder was removed (ENOENT, `uv_cwd`).
    process.cwd()
    const outcome = await run(given, ({ input, message }) =>
      program.error(`error: '${input}' ${message}`),
    )
    if (outcome) tell(outcome, asJson)
  })
}

/** Returns the options among what a verb is given; the others are its arguments. */
function optionsOf(entries: Verb['options']['entries']): Option[] {
  return Object.values(entries).flatMap((schema) => {
    const flag = flagOf(schema)
    return flag ? [optionFrom(flag, schema)] : []
  })
}

/** Makes an option that refuses a wrong value as soon as it is read; it stays the text that it is. */
function optionFrom(
  { flags, purpose, env, choices, isRepeated }: Flag,
  schema: GenericSchema,
): Option {
  const option = new Option(flags, purpose)
  const initial = getDefault(schema)
  if (typeof initial === 'string')
    option.default(initial, /^\d+$/.test(initial) ? initial : undefined)
  if (env) option.env(env)
  if (choices) return option.choices(choices)
  if (option.isBoolean()) return option
  return option.argParser<unknown>((text, before) => {
    const value = isRepeated ? [...(Array.isArray(before) ? before : []), text] : text
    const [issue] = safeParse(schema, value).issues ?? []
    if (issue) throw new InvalidArgumentError(issue.message)
    return value
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
