/** The command line: one verb a file, registered by one line here. Its parser's only importer. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { type Instant, parseInstant } from '../article/instant.ts'
import { runCheck } from './check.ts'
import { runPublish } from './publish.ts'
import { runStart } from './start.ts'

const program = new Command('edgewire')
  .description('A newswire at the edge: Markdown articles as RSS, Atom and JSON Feed.')
  .option('--content <folder>', 'where the articles are', 'content')
  .showSuggestionAfterError()

program
  .command('start')
  .description('publish to this machine, serve, and publish again whatever is saved')
  .addOption(
    new Option('--port <number>', 'the port to listen on')
      .env('PORT')
      .default(8787)
      .argParser(parsePort),
  )
  .option('--drafts', 'show drafts too')
  .option('--at <instant>', 'show the site as it stands at an instant', parseAt)
  .action((options) => finish(runStart({ ...program.opts(), ...options })))

program
  .command('publish')
  .description('make content/ the current edition')
  .option('--remote', 'in the deployed KV; otherwise on this machine')
  .option('--base <address>', 'the address of the site, instead of the one in site.yaml', parseBase)
  .action((options) => finish(runPublish({ ...program.opts(), ...options })))

program
  .command('check')
  .description('everything that publish would refuse')
  .action(() => finish(runCheck(program.opts()['content'])))

await program.parseAsync()

/** 0: done. 1: refused, and said why. */
async function finish(done: boolean | Promise<boolean>): Promise<void> {
  if (!(await done)) process.exitCode = 1
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  throw new InvalidArgumentError('Expected a number from 1 to 65535.')
}

function parseBase(text: string): string {
  if (/^https?:\/\/[^\s/?#]+\/?$/i.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('Expected an address without a path: https://news.example.org.')
}

function parseAt(text: string): Instant {
  const instant = parseInstant(text)
  if (typeof instant === 'number') return instant
  throw new InvalidArgumentError(
    'Expected an instant with an offset, such as 2026-12-24T18:00:00+01:00.',
  )
}
