import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'vitest'

/** Compiles in a process of its own, as on another machine. */
function digestIn(env: Record<string, string>, order: string): Promise<string> {
  const script = join(import.meta.dirname, 'digest.ts')
  const child = spawn(process.execPath, [script, order], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  return new Promise((resolve) => child.on('close', () => resolve(printed.trim())))
}

describe('an edition', () => {
  it('has the same digest in another time zone and locale, in another order, a second later', async ({
    expect,
  }) => {
    const here = await digestIn({ TZ: 'UTC', LC_ALL: 'C', LANG: 'C' }, 'forward')
    expect(here).toMatch(/^[\w-]{43}$/)
    const there = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }
    expect(await digestIn(there, 'backward')).toBe(here)
  })
})
