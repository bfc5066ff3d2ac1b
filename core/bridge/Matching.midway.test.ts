import { describe, expect, test } from 'vitest'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as Matching from './Matching.ts'
import { keyOf } from './MessageId.ts'

const since = 1_650_000_000
const leg = (kind: BridgeEvent['kind'], message: string, at: number): BridgeEvent => ({
  kind,
  at,
  chain: kind === 'burn' ? 2 : 1,
  peer: kind === 'burn' ? 1 : 2,
  tx: `0x${message}${at}`,
  index: 0,
  block: null,
  message,
  tokenSource: null,
  token: '0xa',
  sender: null,
  beneficiary: '0xb0b',
  amount: 5n,
})

function verdict(route: Matching.RouteMatching, event: BridgeEvent): Matching.Outcome {
  const key = keyOf(event.message)
  return Matching.excuse(route, event, key, Matching.takeIn(route, event, key, 0), since).outcome
}

function takeOut(route: Matching.RouteMatching, out: BridgeEvent): void {
  Matching.takeOut(route, out, keyOf(out.message))
}

describe('a record that begins midway', () => {
  test('does not accuse a release whose message is older than the first it shows', () => {
    const route = Matching.create()
    expect(verdict(route, leg('release', '40', since + 10))).toBe('predates')
    takeOut(route, leg('burn', '50', since + 20))
    expect(verdict(route, leg('release', '41', since + 30))).toBe('predates')
  })

  test('accuses what it could have shown: an id after the first, a field that differs, a settled id', () => {
    const route = Matching.create()
    takeOut(route, leg('burn', '50', since))
    expect(verdict(route, leg('release', '51', since + 10))).toBe('ahead')
    expect(verdict(route, { ...leg('release', '50', since + 10), amount: 6n })).toBe('mismatch')
    expect(verdict(route, leg('release', '50', since + 10))).toBe('matched')
    expect(verdict(route, leg('release', '50', since + 20))).toBe('settled')
  })

  test('is out of excuses after a week', () => {
    const route = Matching.create()
    takeOut(route, leg('burn', '50', since))
    const last = since + Matching.graceSeconds
    expect(verdict(route, leg('release', '41', last))).toBe('predates')
    expect(verdict(route, leg('release', '42', last + 1))).toBe('unknown')
  })
})
