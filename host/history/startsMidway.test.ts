import { describe, expect, test } from 'vitest'
import { loadHistory } from './loadHistory.ts'
import { smallFiles, withFolder } from './smallFolder.fixture.ts'
import { startsMidway } from './startsMidway.ts'

const out = (message: string, chain = 1) => ({
  kind: 'burn' as const,
  at: 1_650_000_000,
  chain,
  peer: 3 - chain,
  tx: '0xab',
  index: 0,
  block: null,
  message,
  tokenSource: null,
  token: null,
  sender: null,
  beneficiary: '0xb0b',
  amount: 1n,
})

describe('a record begins midway', () => {
  test('when the smallest message of some route is far from the first', () => {
    expect(startsMidway([out('3'), out('4')])).toBe(false)
    expect(startsMidway([out('5078'), out('5079')])).toBe(true)
    expect(startsMidway([out('0'), out('5078', 2)])).toBe(true)
  })

  test('never by ids that are no whole numbers, nor by in legs', () => {
    expect(startsMidway([out('0xfeed')])).toBe(false)
    expect(startsMidway([{ ...out('5078'), kind: 'release' }])).toBe(false)
  })

  test('when its description says so, whatever the ids say', () => {
    const described = { ...smallFiles(), 'bridge.yaml': 'name: Small\nmidway: true\n' }
    expect(withFolder(described, (dir) => loadHistory(dir)).bridge.midway).toBe(true)
    expect(withFolder(smallFiles(), (dir) => loadHistory(dir)).bridge.midway).toBeUndefined()
  })
})
