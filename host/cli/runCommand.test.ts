import { expect, test } from 'vitest'
import { runCommand } from './runCommand.ts'

test('a command tells how far it is on its way, never back, and gives what it printed', async () => {
  const shares: number[] = []
  const text = await runCommand(['simulate', '--paths', '20000', '--json'], ({ step, share }) => {
    expect(step).toBe('simulate')
    shares.push(share)
  })
  expect(JSON.parse(text)).toMatchObject({ paths: 20_000 })
  expect(shares.length).toBeGreaterThan(1)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares[0]).toBe(0)
})

test('one that fails says why, and not how far it came', async () => {
  const failed = runCommand(['simulate', '--paths', 'many', '--json'], () => {})
  await expect(failed).rejects.toMatchObject({
    code: 'COMMAND_FAILED',
    message: /--paths: "many" does not fit/,
  })
})
