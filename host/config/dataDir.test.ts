import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { dataDir } from './dataDir.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('a folder named in the environment is taken as it is, missing or not', () => {
  vi.stubEnv('CUTWATER_DATA', '/no/such/folder')
  expect(dataDir()).toBe('/no/such/folder')
})

test('without a name it is the folder beside, when there is one', () => {
  vi.stubEnv('CUTWATER_DATA', '')
  const beside = resolve('../shared/data')
  expect(dataDir()).toBe(existsSync(beside) ? beside : undefined)
})
