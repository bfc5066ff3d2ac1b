import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hour } from '../../units/UnixTime.ts'
import type { LimitsSet } from '../Observation.ts'
import * as ChainLimits from './ChainLimits.ts'

const begin = 1_599_998_400

describe('limits on chain', () => {
  it('are tightened to their base times the tightness, both, and keep their windows', () => {
    const limits = known()
    expect(follow(limits, 0.5, begin)).toEqual([
      {
        ...{ kind: 'tighten', chain: 1, token: 'gold-1', direction: 'in', at: begin, because: 'stress' },
        unproven: { capacity: 500n, windowSeconds: 86_400 },
        total: { capacity: 50_000n, windowSeconds: 21_600 },
      },
    ])
  })

  it('do not move for less than a tenth', () => {
    expect(follow(known(), 0.91, begin)).toEqual([])
    expect(follow(known(), 0.89, begin)).toHaveLength(1)
  })

  it('are asked for once while that is on its way, and again after an hour in which nothing came of it', () => {
    const limits = known()
    follow(limits, 0.5, begin)
    expect(follow(limits, 0.5, begin + 60, true)).toEqual([])
    expect(follow(limits, 0.5, begin + hour - 1, true)).toEqual([])
    expect(follow(limits, 0.5, begin + hour)).toHaveLength(1)
  })

  // Found by killing a watch: while a chain was slow, every second asked for all limits anew, a hair's breadth tighter.
  it('are not asked for again, acute or not, when what is on its way is within a tenth of what is wanted now', () => {
    const limits = known()
    follow(limits, 0.5, begin, true)
    for (let second = 1; second < 30; second++)
      expect(follow(limits, 0.5 - 0.001 * second, begin + second, true)).toEqual([])
    expect(follow(limits, 0.44, begin + 30, true)).toHaveLength(1)
  })

  it('are not asked for again because the allowance for unproven value was shut meanwhile', () => {
    const limits = known()
    follow(limits, 0.5, begin, true)
    ChainLimits.take(limits, set({ unproven: 0n, total: 100_000n, at: begin + 12 }))
    expect(follow(limits, 0.5, begin + 12, true)).toEqual([])
  })

  it('move again after an hour, or at once when it is acute', () => {
    const moved = () => {
      const limits = known()
      follow(limits, 0.8, begin)
      ChainLimits.take(limits, set({ unproven: 800n, total: 80_000n, at: begin + 12 }))
      return limits
    }
    expect(follow(moved(), 0.6, begin + hour)).toEqual([])
    expect(follow(moved(), 0.6, begin + hour + 12)).toHaveLength(1)
    expect(follow(moved(), 0.6, begin + 24, true)).toHaveLength(1)
  })

  it('are only proposed to be loosened, hours later and once in as many hours', () => {
    const limits = known()
    follow(limits, 0.5, begin)
    ChainLimits.take(limits, set({ unproven: 500n, total: 50_000n, at: begin }))
    expect(follow(limits, 1, begin + 6 * hour - 1)).toEqual([])
    const [change] = follow(limits, 1, begin + 6 * hour)
    expect(change).toMatchObject({
      kind: 'loosen',
      total: { capacity: 100_000n },
      unproven: { capacity: 1_000n },
    })
    expect(follow(limits, 1, begin + 7 * hour)).toEqual([])
    expect(follow(limits, 1, begin + 12 * hour)).toHaveLength(1)
  })

  it('that people set are the new base, and what was shut stays shut', () => {
    const limits = known()
    follow(limits, 0.5, begin)
    ChainLimits.take(limits, set({ unproven: 500n, total: 50_000n, at: begin }))
    ChainLimits.take(limits, set({ unproven: 0n, total: 50_000n, at: begin + 12 }))
    const [loosened] = follow(limits, 1, begin + 7 * hour)
    expect(loosened).toMatchObject({
      kind: 'loosen',
      total: { capacity: 100_000n },
      unproven: { capacity: 0n },
    })
    ChainLimits.take(limits, set({ unproven: 0n, total: 60_000n, at: begin + 8 * hour }))
    const [tightened] = follow(limits, 0.5, begin + 10 * hour)
    expect(tightened).toMatchObject({
      kind: 'tighten',
      total: { capacity: 30_000n },
      unproven: { capacity: 0n },
    })
  })

  it('for what goes out are left alone', () => {
    const limits: ChainLimits.ChainLimits = new Map()
    ChainLimits.take(limits, set({ direction: 'out' }))
    expect(follow(limits, 0.1, begin, true)).toEqual([])
  })
})

it('law: whatever stress does, a guard that does as it is asked is never above its base, nor asked to loosen', () => {
  const steps = fc.array(
    fc.record({ wait: fc.nat(3 * hour), tightness: fc.double({ min: 0.3, max: 1, noNaN: true }) }),
  )
  fc.assert(
    fc.property(steps, fc.boolean(), (all, isAcute) => {
      const limits = known()
      let [at, capacity] = [begin, 100_000n]
      for (const { wait, tightness } of all) {
        at += wait
        for (const { kind, total, unproven } of follow(limits, tightness, at, isAcute)) {
          if (kind === 'loosen') {
            expect(total.capacity).toBeLessThanOrEqual(100_000n)
            continue
          }
          expect(total.capacity).toBeLessThan(capacity)
          capacity = total.capacity
          ChainLimits.take(limits, set({ unproven: unproven.capacity, total: capacity, at }))
        }
      }
    }),
  )
})

type Parts = Partial<Pick<LimitsSet, 'at' | 'direction'>> & {
  readonly unproven?: bigint
  readonly total?: bigint
}

function set({ unproven = 1_000n, total = 100_000n, at = begin - hour, direction = 'in' }: Parts): LimitsSet {
  const place = { at, chain: 1, tx: '0xab', index: 0, block: 7, token: 'gold-1', direction }
  const [day, sixHours] = [86_400, 21_600]
  return {
    kind: 'limits',
    ...place,
    unproven: { capacity: unproven, windowSeconds: day },
    total: { capacity: total, windowSeconds: sixHours },
  }
}

function known(): ChainLimits.ChainLimits {
  const limits: ChainLimits.ChainLimits = new Map()
  ChainLimits.take(limits, set({}))
  return limits
}

function follow(limits: ChainLimits.ChainLimits, tightness: number, at: number, isAcute = false) {
  return ChainLimits.follow(limits, tightness, at, { isAcute, because: 'stress' })
}
