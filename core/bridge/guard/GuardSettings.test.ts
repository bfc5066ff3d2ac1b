import { describe, expect, it } from 'vitest'
import * as Posture from '../../ladder/Posture.ts'
import { fromDollars } from '../../units/Usd.ts'
import { defaultEconomy } from '../Protection.ts'
import * as Settings from './GuardSettings.ts'

const levels: readonly Settings.Level[] = [0, 1, 2, 3]

describe('the settings of a guard', () => {
  it('react within three Ethereum blocks: see, decide, include', () => {
    expect(Settings.reactionSeconds(Settings.ofPosture('balanced', 3))).toBe(36)
  })

  it('differ by level in nothing but the level', () => {
    for (const level of levels) {
      const { level: given, ...rest } = Settings.ofPosture('steward', level)
      const { level: _, ...zero } = Settings.ofPosture('steward', 0)
      expect(given).toBe(level)
      expect(rest).toEqual(zero)
    }
  })

  it('give cold lanes six hours of dYdX’s hourly gate of 1% or $1M', () => {
    // https://docs.dydx.xyz/concepts/trading/withdrawal-rate-limits-and-gating
    const { coldShare, coldFloorUsd, windowSeconds } = Settings.ofPosture('balanced', 2)
    expect(windowSeconds).toBe(6 * 3_600)
    expect(coldShare).toBeCloseTo(6 * 0.01, 12)
    expect(coldFloorUsd).toBe(6 * fromDollars(1e6))
  })

  it.each(Posture.names)('%s: hold proven value longer than people need to look', (name) => {
    expect(Settings.ofPosture(name, 3).holdSeconds).toBeGreaterThan(defaultEconomy.humanSeconds)
  })

  it('grow looser from steward over balanced to promoter, and never tighter', () => {
    const of = Posture.names.map((name) => Settings.ofPosture(name, 3))
    const knobs = ['limitQuantile', 'looseQuantile', 'unprovenQuantile', 'loosenPerDay'] as const
    for (const knob of knobs) {
      expect(of.map((settings) => settings[knob])).toEqual(of.map((settings) => settings[knob]).sort())
      expect(of[0]![knob]).toBeLessThan(of[2]![knob])
    }
    expect(of.map(({ pauseSeconds }) => pauseSeconds)).toEqual(
      of.map(({ pauseSeconds }) => pauseSeconds).sort((a, b) => b - a),
    )
    for (const { looseQuantile, limitQuantile } of of) expect(looseQuantile).toBeGreaterThan(limitQuantile)
  })
})
