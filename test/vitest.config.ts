import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { findChromium } from './support/chromium.ts'

/** A busy machine is slow and right: what never ends is found after so many milliseconds. */
const PATIENCE = 240_000

/** In CI a browser has to be there; elsewhere somebody may do without, and is told so. */
const hasBrowser = findChromium() !== undefined || process.env['CI'] !== undefined
if (!hasBrowser)
  console.warn(
    'No Chromium was found, so the tests in a browser do not run. Install one, or set CHROMIUM_PATH.',
  )

const browser: TestProjectConfiguration = {
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    environment: 'node',
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
  },
}

export default defineConfig({
  test: {
    // Commands wait for processes of their own: two files at once, on two cores too.
    maxWorkers: 2,
    projects: [
      {
        // Two libraries ship source maps that point nowhere; vite would warn of them.
        logLevel: 'error',
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' } })],
        test: {
          name: 'workerd',
          include: ['test/{http,worker}/**/*.test.ts'],
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
        },
      },
      {
        test: {
          name: 'node',
          // Whatever has no runtime of its own: a new folder is not forgotten.
          include: ['test/!(http|worker|browser|deep|bench)/**/*.test.ts'],
          environment: 'node',
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
        },
      },
      ...(hasBrowser ? [browser] : []),
    ],
  },
})
