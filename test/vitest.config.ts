import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Commands wait for processes of their own: two files at once, on two cores too.
    maxWorkers: 2,
    projects: [
      {
        // Two libraries ship source maps that point nowhere; vite would warn of them.
        logLevel: 'error',
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' } })],
        test: { name: 'workerd', include: ['test/{http,worker}/**/*.test.ts'] },
      },
      {
        test: {
          name: 'node',
          include: ['test/{article,feed,edition,cli,model,conformance}/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
