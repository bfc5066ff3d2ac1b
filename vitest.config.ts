import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,engine,host,lab,scripts,bench,contracts,web,sim}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    setupFiles: ['scripts/lawSeed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
})
