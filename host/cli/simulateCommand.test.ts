import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cutwater, jsonOf, newFolder, removeFolder } from './cutwater.fixture.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'cutwater.js')

let folder: string
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => removeFolder(folder))

const small = ['--paths', '20000', '--policy', 'none,static,adaptive']

describe('cutwater simulate', () => {
  test('gives the same bytes on 1, 2 and 4 workers, and others for another seed', async () => {
    const one = await jsonOf('simulate', ...small, '--workers', '1')
    for (const workers of ['2', '4'])
      expect(await jsonOf('simulate', ...small, '--workers', workers)).toBe(one)
    expect(await jsonOf('simulate', ...small, '--workers', '1', '--seed', '2')).not.toBe(one)
  })

  test('prints policies, waterfall and the cheapest splits', async () => {
    const { out, code } = await cutwater('simulate', ...small, '--sweep', '5', '--workers', '1')
    expect(code).toBe(0)
    expect(out).toMatch(/A year under each policy/)
    expect(out).toMatch(/static +\$/)
    expect(out).toMatch(/40\/40\/20 \(4\/4\/2\)/)
  })

  test('reads a bridge from a file, and flags come before it', async () => {
    const file = join(folder, 'bridge.yaml')
    writeFileSync(file, 'name: Mine\nvalueUsd: 5000000\nyears: 2\nassumptions:\n  liveBridges: 50\n')
    const told = JSON.parse(await jsonOf('simulate', file, ...small, '--workers', '1'))
    expect(told.bridge).toEqual({ name: 'Mine', valueUsd: 5_000_000, years: 2 })
    expect(told.assumptions.find(({ name }: { name: string }) => name === 'liveBridges').value).toBe(50)
    const set = ['--value', '7e6', '--set', 'liveBridges=80', '--set', 'hitRate=1']
    const changed = JSON.parse(await jsonOf('simulate', file, ...small, ...set, '--workers', '1'))
    expect(changed.bridge.valueUsd).toBe(7_000_000)
    expect(changed.assumptions.find(({ name }: { name: string }) => name === 'liveBridges').value).toBe(80)
  })

  test('writes a page that stands alone', async () => {
    const file = join(folder, 'deep', 'report.html')
    const { out } = await cutwater('simulate', ...small, '--sweep', '4', '--workers', '1', '--report', file)
    expect(out).toContain(`Report: ${file}`)
    const page = readFileSync(file, 'utf8')
    expect(page).toContain('id="simplex"')
    expect(page).not.toMatch(/https?:|wss?:|@import| style="| on\w+="/)
  })

  test('goes on after a kill, to the same bytes', { timeout: 60_000 }, async () => {
    const state = join(folder, 'run.json')
    const args = ['simulate', '--paths', '400000', '--tolerance', '0', '--policy', 'static', '--workers', '1']
    const child = spawn(process.execPath, [bin, ...args, '--paths', '100000000', '--state', state, '--json'])
    const ended = new Promise((resolve) => child.on('exit', resolve))
    while (!existsSync(state)) await wait(20)
    child.kill('SIGKILL')
    await ended
    const done = JSON.parse(readFileSync(state, 'utf8')).done
    const resumed = await jsonOf(...args, '--paths', String(done + 100_000), '--state', state)
    expect(resumed).toBe(await jsonOf(...args, '--paths', String(done + 100_000)))
    const other = await cutwater(...args, '--seed', '2', '--state', state)
    expect(other.err).toContain('[STATE_OF_ANOTHER_RUN]')
  })

  test.each([
    [['--set', 'bypass=0.1'], '"bypassChance"'],
    [['--set', 'bypassChance'], '[FLAG_INVALID]'],
    [['--set', 'bypassChance=2'], '[ASSUMPTION_INVALID]'],
    [['--value', '-5'], '[FLAG_INVALID]'],
    [['--years', '0'], '[FLAG_INVALID]'],
    [['--policy', 'rigit'], '"rigid"'],
    [['--workers', '0'], '[FLAG_INVALID]'],
    [['--since', 'then'], '[FLAG_INVALID]'],
    [['nowhere.yaml'], '[FILE_'],
  ])('says what is wrong with %j', async (args, said) => {
    const { out, err, code } = await cutwater('simulate', ...args)
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toContain(said)
  })

  test.each([
    ['valueUsd: -1\n', 'bridge.yaml:1: valueUsd is -1'],
    ['valueUsd: 10\nasumptions: {}\n', '"assumptions"'],
    [
      'valueUsd: 10\nassumptions:\n  hitRate: 0.5\n  hitrates: 1\n',
      'bridge.yaml:4: there is no assumption "hitrates"',
    ],
  ])('names the line of %j', async (text, said) => {
    const file = join(folder, 'bridge.yaml')
    writeFileSync(file, text)
    expect((await cutwater('simulate', file)).err).toContain(said)
  })
})
