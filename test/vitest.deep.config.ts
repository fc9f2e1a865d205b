/** The long proofs: real kills, a bad network, and more histories than a test run has time for. */

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{deep,model}/**/*.test.ts'],
    testTimeout: 600_000,
    environment: 'node',
    env: { HISTORIES: '20000', PARTNERS: '5000' },
  },
})
