/** Requests without end, from another process: wrk where it is installed, else autocannon. */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Few connections: the requests are made on the same two cores as the answers. */
const CONNECTIONS = 8
const AUTOCANNON = join(import.meta.dirname, 'node_modules/autocannon/autocannon.js')

const hasWrk = spawnSync('wrk', ['-v']).error === undefined

export const LOADER: string = hasWrk ? 'wrk' : 'autocannon'

/** Answers a second, over some seconds; anything but 2xx and 304 is an error. */
export async function answersPerSecond(
  url: string,
  headers: Readonly<Record<string, string>>,
  seconds: number,
): Promise<number> {
  const lines = Object.entries(headers)
  if (hasWrk) {
    const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`]
    const said = await outputOf('wrk', [
      ...args,
      ...lines.flatMap(([k, v]) => ['-H', `${k}: ${v}`]),
      url,
    ])
    if (/Non-2xx|Socket errors/.test(said)) throw new Error(`${url}: ${said}`)
    return Number(/Requests\/sec:\s*([\d.]+)/.exec(said)?.[1])
  }
  if (!existsSync(AUTOCANNON)) throw new Error('Run `npm ci --prefix test/bench` first.')
  const args = ['-c', String(CONNECTIONS), '-d', String(seconds), '--json']
  const said = await outputOf(process.execPath, [
    AUTOCANNON,
    ...args,
    ...lines.flatMap(([k, v]) => ['-H', `${k}=${v}`]),
    url,
  ])
  const { requests, errors, non2xx, statusCodeStats } = JSON.parse(said)
  if (errors > 0 || non2xx > (statusCodeStats['304']?.count ?? 0))
    throw new Error(`${url}: ${said}`)
  return requests.average
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    child.stdout.on('data', (piece: Buffer) => {
      said += piece
    })
    child.on('error', reject)
    child.on('close', () => resolve(said))
  })
}
