/** A progress bar, on a terminal only. No other file imports its library. */

/** The library, which is loaded where a bar can be seen. */
const barLibrary = process.stderr.isTTY ? await import('@clack/prompts') : undefined

/** Steps from which on a bar is shown: fewer are over before anybody sees it. */
const WORTH_SHOWING = 20

export type ProgressBar = {
  readonly step: (done: number, all: number) => void
  readonly end: () => void
}

/** Returns a bar that appears with the first step, if the standard error is a terminal. */
export function progressBar(title: string): ProgressBar {
  let bar: ReturnType<NonNullable<typeof barLibrary>['progress']> | undefined
  let shown = 0
  return {
    step(done, all) {
      if (!barLibrary || all < WORTH_SHOWING) return
      if (!bar) {
        bar = barLibrary.progress({ max: all, output: process.stderr })
        bar.start(title)
      }
      bar.advance(done - shown, `${title}: ${done} of ${all}`)
      shown = done
    },
    end: () => bar?.stop(`${title}: ${shown}`),
  }
}
