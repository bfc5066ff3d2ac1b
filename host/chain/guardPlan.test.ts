import * as enums from '@cutwater/contracts/enums.ts'
import { abi } from '@cutwater/contracts/generated/Guard.ts'
import * as fc from 'fast-check'
import { encodeFunctionData, pad, toHex } from 'viem'
import { expect, test } from 'vitest'
import { type Limit, plan, question, tighter } from './guardPlan.ts'

const limit = fc.record({
  capacity: fc.bigInt({ min: 0n, max: 2n ** 208n - 1n }),
  window: fc.integer({ min: 1, max: 2 ** 48 - 1 }),
})

test('law: the contract takes it: no more at once, and no more per second', () => {
  fc.assert(
    fc.property(limit, limit, (wanted, current) => {
      expect(isTighter(tighter(wanted, current), current)).toBe(true)
    }),
  )
})

test('law: it is no looser than what is wanted', () => {
  fc.assert(
    fc.property(limit, limit, (wanted, current) => {
      expect(isTighter(tighter(wanted, current), wanted)).toBe(true)
    }),
  )
})

test('law: done once, there is nothing left to do', () => {
  fc.assert(
    fc.property(limit, limit, (wanted, current) => {
      const once = tighter(wanted, current)
      expect(tighter(wanted, once)).toEqual(once)
    }),
  )
})

test('what is wanted and tighter is set as it is', () => {
  expect(tighter({ capacity: 10n, window: 60 }, { capacity: 1_000n, window: 60 })).toEqual({
    capacity: 10n,
    window: 60,
  })
})

test('nothing wanted leaves a limit, and one that was never set lets nothing through already', () => {
  expect(tighter(null, { capacity: 7n, window: 9 })).toEqual({ capacity: 7n, window: 9 })
  expect(tighter({ capacity: 7n, window: 9 }, { capacity: 0n, window: 0 })).toEqual({
    capacity: 0n,
    window: 0,
  })
})

test.each([
  ['token', '0x12', /no token's address/],
  ['direction', 'up', /neither in nor out/],
  ['message', '17', /no message id of 32 bytes/],
] as const)('a %s %s is no key', (scope, key, says) => {
  const act = { kind: 'pause' as const, scope, key, seconds: 60 }
  expect(question({ id: 'a', chain: 1, act, reason: 'r' })).toMatch(says)
})

/** As contracts/src/libraries/LimitLib.sol has it. */
function isTighter(next: Limit, old: Limit): boolean {
  if (next.window === 0 || next.capacity > old.capacity) return false
  return next.capacity * BigInt(old.window) <= old.capacity * BigInt(next.window)
}

test('a stop is ended by the timelock alone: the call is written out, and none where nothing is stopped', () => {
  const act = { kind: 'resume', scope: 'bridge', key: '' } as const
  const deed = { id: 'person:drill', chain: 1, act, reason: 'the drill is over' }
  const until = (at: number) => toHex(at, { size: 32 })
  const now = { earliest: 1_000, latest: 1_002 }
  expect(plan(deed, until(1_000), now)).toEqual({ kind: 'already' })
  const wanted = plan(deed, until(1_001), now)
  const data = encodeFunctionData({ abi, functionName: 'unpause', args: [enums.scope.bridge, pad('0x0')] })
  expect(wanted).toEqual({ kind: 'proposal', text: `unpause(bridge), call data ${data},` })
})
