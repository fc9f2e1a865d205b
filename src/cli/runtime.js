/**
 * Refuses a runtime that is too old in one sentence, before anything fails with many.
 *
 * It is JavaScript, because the runtimes that it refuses cannot read TypeScript. `npm ci` installs
 * a runtime for the project (the package `node`); without its install script, the machine's own
 * runs.
 */

const OLDEST = [22, 18]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  const message =
    `edgewire needs Node ${OLDEST.join('.')} or newer and runs on ${process.versions.node}: ` +
    'run `npm ci` again and let it run install scripts (the package `node` brings its own runtime).'
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ ok: false, failure: { reason: 'old-runtime', message } }))
  else console.error(message)
  process.exit(1)
}
