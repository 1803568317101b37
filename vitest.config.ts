import { defineConfig } from 'vitest/config'
import { systemSuites } from './tests/system-suites.ts'

const excluded = ['tests/bench/**', '**/node_modules/**']

const shared = {
  pool: 'forks',
  testTimeout: 90_000,
  hookTimeout: 90_000,
  teardownTimeout: 10_000,
  // A second, the default, is short for a browser on a busy machine; what comes sooner is not waited for longer.
  expect: { poll: { timeout: 20_000 } },
} as const

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...excluded, ...systemSuites],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'system',
          include: [...systemSuites],
          exclude: excluded,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
