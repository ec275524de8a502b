import { defineConfig } from 'vitest/config'
import { TallyReporter } from './packages/test-runners/src/tally-reporter.ts'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    exclude: ['**/*.runner.test.ts', '**/node_modules/**'],
    testTimeout: 30_000,
    reporters: ['default', new TallyReporter()],
  },
})
