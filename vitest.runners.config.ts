import { defineConfig } from 'vitest/config'
import { RunnersReporter } from './packages/test-runners/src/runners-reporter.ts'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/test/**/*.runner.test.ts'],
    passWithNoTests: true,
    // Real runners share this machine: one file after the other, with time for a cold start.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['default', new RunnersReporter(process.env.CI === 'true')],
  },
})
