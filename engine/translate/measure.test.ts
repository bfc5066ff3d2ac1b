import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { incident, to } from '@cutwater/core/simulation/incidents/incident.fixture.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { describe, expect, test } from 'vitest'
import { madeUpHistory } from '../backtest/testing/madeUpHistory.ts'
import * as BridgeBench from './bench/BridgeBench.ts'
import * as Lens from './bench/Lens.ts'
import * as OptionsBench from './bench/OptionsBench.ts'
import * as Hearing from './concepts/Hearing.ts'
import { fixed, type Row, tilted, whole } from './concepts/Row.ts'
import { measure } from './measure.ts'

const history = madeUpHistory({ from: '2016-01-04', days: 1_000, seed: 3, crash: { day: 500, vix: 60 } })
const benches = {
  options: OptionsBench.create(history, { seed: 1, draws: 60 }),
  bridge: BridgeBench.create({
    lockedUsd: 5e9,
    incidents: Array.from({ length: 40 }, (_, index) => incident(index)),
    to,
    seed: 1,
    paths: 12_000,
    resamples: 12,
  }),
}

const planted = (options: Row['options'], bridge: Row['bridge']) =>
  measure({ name: 'planted', group: 'signal', options, bridge }, benches)
const texts = { definition: 'planted', measured: 'planted' }

describe('a planted concept', () => {
  test('that changes nothing does not translate, and measures nothing at all', () => {
    const policy = whole()
    const { options, bridge, verdict } = planted(
      { ...texts, on: { policy }, off: [{ policy }] },
      { ...texts, on: fixed, off: [fixed] },
    )
    expect(verdict).toBe('does not')
    for (const { effect, low, high } of [options, bridge]) expect({ effect, low, high }).toEqual(zero)
  })

  test('that is noise in both books, heard long enough, does not translate', () => {
    const noise = Lens.ranked('noise', { near: 1, mid: 0, far: 0 }, (past) => {
      const rng = Rng.create(9)
      return past.map(() => Rng.uniform(rng))
    })
    const hearing = { hits: 500, attacks: 1_000, byLuck: 0.5, cries: 240, quietYears: 10 }
    const { verdict } = planted(
      { ...texts, on: { policy: tilted(), lens: noise }, off: [{ policy: whole() }] },
      { ...texts, on: Hearing.moved(hearing), off: [fixed] },
    )
    expect(verdict).toBe('does not')
  })

  test('that saves a bridge is seen to help it', () => {
    const { bridge, verdict } = planted(
      { definition: 'planted', missing: 'nobody looked' },
      { ...texts, on: fixed, off: [{ recipe: Plan.recipeOf('none') }] },
    )
    expect(bridge.low).toBeGreaterThan(0)
    expect(verdict).toBe('cannot be measured here')
  })

  test('that is a signal before every attack that never errs does the ladder no harm', () => {
    const oracle = { hits: 1_000, attacks: 1_000, byLuck: 0, cries: 0, quietYears: 1_000, leadSeconds: 60 }
    const { bridge } = planted(
      { definition: 'planted', missing: 'nobody looked' },
      { ...texts, on: Hearing.moved(oracle), off: [fixed] },
    )
    expect(bridge.effect).toBeGreaterThan(0)
  })
})

test('law: turned round, an effect is the same the other way', () => {
  const [a, b] = [fixed, { recipe: Plan.recipeOf('near-only') }]
  const there = planted(nobody, { ...texts, on: a, off: [b] }).bridge
  const back = planted(nobody, { ...texts, on: b, off: [a] }).bridge
  expect(back.effect).toBeCloseTo(-there.effect!, 9)
  expect(back.low).toBeCloseTo(-there.high!, 9)
})

test('a market that is too short to trade is one clear error', () => {
  const short = madeUpHistory({ from: '2016-01-04', days: 300, seed: 3 })
  expect(() => OptionsBench.create(short, { seed: 1, draws: 10 })).toThrow(/\[TRANSLATE_MARKET_SHORT\]/)
})

const nobody = { definition: 'planted', missing: 'nobody looked' }
const zero = { effect: 0, low: 0, high: 0 }
