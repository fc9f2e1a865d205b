import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { dayOfPolls } from '../support/day-of-polls.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('a day of 96 polls with twelve publishes', () => {
  it('costs least for a client that asks for changes', async ({ expect }) => {
    const costs = await dayOfPolls((now) => vi.setSystemTime(now * 1000))
    const { plain, conditional, 'A-IM': delta, library, changes } = costs
    if (process.env['FIGURES']) console.table(costs)
    expect(plain?.statuses).toEqual({ 200: 96 })
    expect(conditional?.statuses).toEqual({ 200: 12, 304: 84 })
    // A library says it for programs that would be told nothing by a 226.
    expect(library).toEqual(conditional)
    expect(delta?.statuses).toEqual({ 226: 12, 304: 84 })
    // After each news, once more, to learn that it was all.
    expect(changes?.statuses).toEqual({ 200: 24, 304: 84 })
    const parties = [plain, conditional, delta, changes]
    const [all = 0, some = 0, ...news] = parties.map((cost) => cost?.bytes ?? 0)
    expect(some).toBeLessThan(all / 7)
    for (const bytes of news) expect(bytes).toBeLessThan(some / 10)
    // `head` each time, and what a publish made new.
    for (const cost of parties) expect(cost?.reads).toBeLessThan(96 + 12 * 8)
  })
})
