import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,engine,host,lab,scripts,bench,contracts,web,sim}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    // Much of the time is spent waiting for chains, servers and browsers; one core of two would stand idle.
    maxWorkers: 2,
    setupFiles: ['scripts/lawSeed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
})
