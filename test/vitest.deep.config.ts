/** The long proofs: many more histories than a test run has time for. */

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/model/**/*.test.ts'],
    environment: 'node',
    env: { HISTORIES: '20000' },
  },
})
