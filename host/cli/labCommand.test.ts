import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { scenarios } from '@cutwater/lab/scenarios/catalog.ts'
import { describe, expect, test } from 'vitest'

describe('cutwater lab', () => {
  test('lists every attack with its incident', async () => {
    const { code, stdout } = await cutwater('lab', 'list', '--json')
    expect(code).toBe(0)
    const listed = JSON.parse(stdout) as { name: string; incident: string }[]
    expect(listed.map(({ name }) => name)).toEqual(scenarios.map(({ name }) => name))
    expect(listed.every(({ incident }) => /\d{4}/.test(incident))).toBe(true)
  })

  test.each([
    [['lab', 'run', 'zero-rot'], '"zero-root"'],
    [['lab', 'run', 'zero-root', '--level', '1'], '2 or 3'],
    [['lab', 'run', 'zero-root', '--runs', '0'], 'a whole number from 1'],
    [['lab', 'run'], 'names'],
  ])('%o ends with code 2, one line, and what would be right', async (args, right) => {
    const { code, stdout, stderr } = await cutwater(...args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(right)
  })
})

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

function cutwater(...args: readonly string[]): Promise<Ended> {
  const program = fileURLToPath(new URL('../bin/cutwater.js', import.meta.url))
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}
