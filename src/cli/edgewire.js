/**
 * The command, as it is started: what was compiled once is not compiled again. A command loads
 * wrangler, and its own TypeScript, in a second that no one has to wait for twice.
 *
 * JavaScript, because the cache has to be there before anything that it would keep, and as old
 * runtimes read it: the first import tells them what they lack.
 */

import './runtime.js'

import('node:module')
  .then(({ enableCompileCache }) => enableCompileCache())
  .then(() => import('./main.ts'))
  .catch((error) => {
    // A part of it is not there: what it would say this with is not there either.
    const message = `edgewire cannot be loaded: run \`npm ci\` again. ${JSON.stringify(String(error))}`
    if (process.argv.includes('--json'))
      process.stdout.write(
        `${JSON.stringify({ ok: false, failure: { reason: 'not-loaded', message } })}\n`,
      )
    else process.stderr.write(`${message}\n`)
    process.exitCode = 3
  })
