/**
 * Steps, counted: blocks of edgewire's code and of Hono's that ran, as the engine counts them, and
 * characters that methods of texts and expressions looked at. What is quadratic shows in one of them,
 * on any machine.
 */

import { Session } from 'node:inspector/promises'

/** What is asked of a text, and how far it has to look. */
type Method = (this: string, ...given: unknown[]) => unknown

const WHOLE = ['split', 'replace', 'replaceAll', 'match', 'matchAll', 'toLowerCase', 'normalize']
const UNTIL_FOUND = ['indexOf', 'includes']

let characters = 0

export type Counter = {
  /** Runs something, and counts. */
  readonly of: (work: () => Promise<unknown>) => Promise<number>
  readonly close: () => Promise<void>
}

/** Begins to count, which makes everything slow. */
export async function countSteps(): Promise<Counter> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    async of(work) {
      await session.post('Profiler.takePreciseCoverage')
      const restore = watchTexts()
      await work().finally(restore)
      const { result } = await session.post('Profiler.takePreciseCoverage')
      const ours = result.filter(({ url }) => /\/src\/(?!cli)|node_modules\/hono\//.test(url))
      const ranges = ours.flatMap(({ functions }) => functions.flatMap((one) => one.ranges))
      return characters + ranges.reduce((sum, { count }) => sum + count, 0)
    },
    async close() {
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

/** Counts what texts and expressions look at, until it is restored. */
function watchTexts(): () => void {
  characters = 0
  const texts = String.prototype as unknown as Record<string, Method>
  const before = Object.entries(Object.getOwnPropertyDescriptors(texts))
  const { exec } = RegExp.prototype
  for (const name of WHOLE) {
    const method = texts[name] as Method
    texts[name] = function (...given) {
      characters += this.length
      return method.apply(this, given)
    }
  }
  for (const name of UNTIL_FOUND) {
    const method = texts[name] as Method
    const found = texts['indexOf'] as Method
    texts[name] = function (...given) {
      const [, from = 0] = given as [string, number?]
      const at = found.apply(this, given) as number
      characters += (at < 0 ? this.length : at) - from + 1
      return method.apply(this, given)
    }
  }
  RegExp.prototype.exec = function (text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0
    const match = exec.call(this, text)
    characters += (match ? match.index + match[0].length : text.length) - from
    return match
  }
  return () => {
    RegExp.prototype.exec = exec
    for (const [name, descriptor] of before) Object.defineProperty(texts, name, descriptor)
  }
}
