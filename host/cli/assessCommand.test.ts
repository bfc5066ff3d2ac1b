import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveHistory } from '../history/saveHistory.ts'
import { cutwater, jsonOf, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'

let folder: string
let small: string
beforeAll(() => {
  folder = newFolder()
  small = join(folder, 'small')
  saveHistory(smallHistory(), small)
})
afterAll(() => removeFolder(folder))

describe('cutwater assess', () => {
  test('prints a board’s page, and the same as JSON', async () => {
    const { out, err, code } = await cutwater('assess', small)
    expect({ err, code }).toEqual({ err: '', code: 0 })
    for (const head of ['Next', 'Layers', 'Signals', 'Economics', 'Setup'])
      expect(out).toContain(`\n${head}\n`)
    expect(out).toMatch(/^Synthetic bridge \[SYNTHETIC/)
    const { layers, signals, economics, lint, actions } = JSON.parse(await jsonOf('assess', small))
    expect(layers).toHaveLength(3)
    expect(signals.length).toBeGreaterThanOrEqual(20)
    expect(economics.budgetUsdPerYear).toBeGreaterThan(0)
    expect(lint.length).toBeGreaterThan(0)
    expect(actions.length).toBeGreaterThan(0)
  })

  test('reads facts.yaml beside a history, and a bridge.yaml named in place of its folder', async () => {
    const before = JSON.parse(await jsonOf('assess', small))
    writeFileSync(join(small, 'facts.yaml'), 'threshold: 1\nverifiers: [{ name: a, operator: b }]\n')
    const after = JSON.parse(await jsonOf('assess', join(small, 'bridge.yaml')))
    expect(before.lint[0].rule).not.toBe('oneSigner')
    expect(after.lint[0]).toMatchObject({
      rule: 'oneSigner',
      severity: 'high',
      what: 'one signature moves money (1-of-1)',
    })
    expect(after.economics.corruption).toMatchObject({ operatorsNeeded: 1 })
    expect(after.lockedUsd).toBe(before.lockedUsd)
  })

  test('takes facts from elsewhere in place of those beside the history', async () => {
    const facts = join(folder, 'other.yaml')
    writeFileSync(facts, 'timelockHours: 0\naudits: [{ on: 2020-01-01 }]\n')
    const { lint, signals } = JSON.parse(await jsonOf('assess', small, '--facts', facts))
    expect(lint[0]).toMatchObject({ rule: 'noTimelock', severity: 'high' })
    expect(lint.find(({ rule }: { rule: string }) => rule === 'oneSigner').severity).toBe('unknown')
    expect(signals.find(({ name }: { name: string }) => name === 'protection').value).toBeLessThan(0.5)
  })

  test('writes the page as one file that asks nothing of the network', async () => {
    const file = join(folder, 'new', 'board.html')
    const { code } = await cutwater('assess', small, '--posture', 'steward', '--report', file)
    expect(code).toBe(0)
    const page = readFileSync(file, 'utf8')
    expect(page).not.toMatch(/https?:|<img|@import/)
    expect(page).toContain('Three things to do next.')
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('shows how signals stood before the attack', async () => {
    const { out } = await cutwater('assess', small, '--before-attack')
    expect(out).toMatch(/concentration .*\n/)
    const { warnings } = JSON.parse(await jsonOf('assess', small, '--before-attack'))
    expect(warnings.find(({ name }: { name: string }) => name === 'cpi').verdict).toBe('says nothing')
  })

  test('assesses a live bridge by what its description and its facts say', async () => {
    const file = join(folder, 'bridge.yaml')
    writeFileSync(file, liveYaml)
    const { signals, lint, economics } = JSON.parse(await jsonOf('assess', file))
    expect(signals.every(({ value }: { value: unknown }) => value === null)).toBe(true)
    expect(lint.length).toBeGreaterThan(0)
    expect(economics.breakEven).toEqual({ why: 'nothing is locked' })
  })

  test.each([
    [['--at', 'soon'], '[FLAG_INVALID]'],
    [['--posture', 'brave'], '[FLAG_INVALID]'],
    [[join('no', 'where')], '[FOLDER_MISSING]'],
  ])('says what is wrong with %j, and writes nothing', async (args, said) => {
    const file = join(folder, 'never.html')
    const { out, err, code } = await cutwater('assess', ...args, '--report', file)
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toContain(said)
    expect(existsSync(file)).toBe(false)
  })
})

const liveYaml = `name: Live bridge
chains:
  - { id: 1, name: Home, finality: { blocks: 12, blockSeconds: 12 }, rpcs: [{ http: 'http://127.0.0.1:1' }] }
  - { id: 2, name: Away, finality: { blocks: 12, blockSeconds: 2 }, rpcs: [{ http: 'http://127.0.0.1:2' }] }
contracts:
  - chain: 1
    address: '0x${'1'.repeat(40)}'
    events:
      - { abi: 'event Locked(uint256 id, uint256 peer, address tokenSource, address token, address sender, address beneficiary, uint256 amount)', kind: lock, fields: { message: id, peer: peer, tokenSource: tokenSource, token: token, sender: sender, beneficiary: beneficiary, amount: amount } }
tokens:
  - { symbol: USDC, decimals: 6, home: 1, contracts: [{ chain: 1, address: '0x${'2'.repeat(40)}' }, { chain: 2, address: '0x${'3'.repeat(40)}' }] }
`
