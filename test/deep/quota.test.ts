import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { aDeployedProject } from '../support/cloudflare-api.ts'
import { anArticle } from '../support/corpus.ts'

const SLOW = { timeout: 180_000 }

describe.concurrent('a day’s quota', SLOW, () => {
  it('refuses a larger publish early, or spreads it over days without writing anything twice', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const articles = Array.from({ length: 20 }, (_, n) => [
      `content/s-${n}.md`,
      anArticle({}, `Text ${n}`),
    ])
    const { api, folder, edgewire } = await aDeployedProject(finished, Object.fromEntries(articles))
    const quota = ['publish', '--quota', '20']
    expect(await edgewire(quota)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /takes \d+ KV writes; left today of the free plan's: 20.* --spread/,
      ),
    })
    expect(api.puts).toEqual([])

    expect(await edgewire([...quota, '--spread'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^Wrote 20 keys; missing: \d+.* tomorrow \(UTC\)/),
    })
    expect(api.puts.flatMap(({ keys }) => keys)).toHaveLength(20)
    expect(api.values.has('head')).toBe(false)

    // The next day.
    rmSync(join(folder, '.edgewire/accounts/account-1/writes-today.json'))
    const last = await edgewire([...quota, '--spread'])
    expect(last).toMatchObject({ code: 0, stdout: expect.stringContaining('Published edition 1') })
    const keys = api.puts.flatMap((put) => put.keys)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.at(-1)).toBe('head')
  })
})
