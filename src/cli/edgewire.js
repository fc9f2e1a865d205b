/**
 * The command `edgewire`. It loads wrangler and edgewire's own TypeScript, which takes a second,
 * and keeps the compiled code, so that nobody waits for that a second time.
 *
 * It is JavaScript, because the cache has to be enabled before the code that it keeps is loaded,
 * and because old runtimes can read it: the first import tells them what they lack.
 */

import './runtime.js'

import('node:module')
  .then(({ enableCompileCache }) => enableCompileCache())
  .then(() => import('./main.ts'))
  .catch((error) => {
    // A part of edgewire is missing, so its own code cannot be used to say so.
    const message = `edgewire cannot be loaded: run \`npm ci\` again. ${JSON.stringify(String(error))}`
    if (process.argv.includes('--json'))
      process.stdout.write(
        `${JSON.stringify({ ok: false, failure: { reason: 'not-loaded', message } })}\n`,
      )
    else process.stderr.write(`${message}\n`)
    process.exitCode = 3
  })
