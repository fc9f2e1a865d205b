/** A progress bar, on a terminal only. Its library's only importer. */

import { progress } from '@clack/prompts'

/** Fewer steps than this are over before a bar is seen. */
const WORTH_SHOWING = 20

export type ProgressBar = {
  readonly step: (done: number, all: number) => void
  readonly end: () => void
}

/** A bar that appears with the first step, if anybody looks. */
export function progressBar(title: string): ProgressBar {
  let bar: ReturnType<typeof progress> | undefined
  let shown = 0
  return {
    step(done, all) {
      if (!process.stderr.isTTY || all < WORTH_SHOWING) return
      if (!bar) {
        bar = progress({ max: all, output: process.stderr })
        bar.start(title)
      }
      bar.advance(done - shown, `${title}: ${done} of ${all}`)
      shown = done
    },
    end: () => bar?.stop(`${title}: ${shown}`),
  }
}
