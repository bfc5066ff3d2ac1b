import type { Measure, Observation } from '@cutwater/core/bridge/Observation.ts'
import { day, hour } from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, test } from 'vitest'
import type { History } from '../replay/History.ts'
import { attackAt, handHistory } from '../replay/handHistory.fixture.ts'
import { earlyWarning } from './earlyWarning.ts'

/** The same sheet of paper after ninety days of silence, with a price of the wrapped dollar every hour. */
function withPrices(priceOf: (hoursBefore: number) => number): History {
  const begin = attackAt - 90 * day
  const first = { ...handHistory.observations[2]!, at: begin } as Observation
  const prices = Array.from({ length: 90 * 24 }, (_, i): Measure => {
    const at = begin + i * hour + 1
    const value = priceOf(90 * 24 - i)
    return {
      kind: 'measure',
      at,
      asOf: at,
      name: 'wrappedPrice',
      of: 'USDC',
      value,
      unit: 'canonical per wrapped',
      source: 'pool',
    }
  })
  const rest = handHistory.observations.filter((each) => each !== handHistory.observations[2])
  return { ...handHistory, observations: [first, ...prices, ...rest].sort((a, b) => a.at - b.at) }
}

const impliedOf = (history: History) =>
  earlyWarning(history).warnings.find(({ name }) => name === 'impliedLoss')!
const calm = (hours: number) => 0.999 - (hours % 7) / 10_000

describe('early warning', () => {
  test('a peg that breaks once, a day before, stands out', () => {
    const warning = impliedOf(withPrices((hours) => (hours < 20 ? 0.95 : calm(hours))))
    expect(warning).toMatchObject({
      peak: { day: 1, threeDays: 1, week: 1 },
      chance: 0,
      verdict: 'stood out',
    })
    expect(warning.leadHours).toBeGreaterThan(17)
    expect(warning.leadHours).toBeLessThan(21)
  })

  test('one that breaks every five days is no better than chance', () => {
    const warning = impliedOf(withPrices((hours) => (hours % 120 < 5 ? 0.95 - hours / 1e5 : calm(hours))))
    expect(warning.verdict).toBe('no better than chance')
    expect(warning.chance).toBeGreaterThan(0.9)
    expect(warning.crossingsPerMonth).toBeCloseTo(6, 0)
  })

  test('one that holds is silent, and what is not fed says nothing', () => {
    const { warnings } = earlyWarning(withPrices((hours) => (hours > 1_000 && hours < 1_010 ? 0.9 : 0.999)))
    const of = (name: string) => warnings.find((warning) => warning.name === name)!
    expect(of('impliedLoss').verdict).toBe('silent before the attack')
    expect(of('cpi')).toEqual({
      name: 'cpi',
      peak: { day: null, threeDays: null, week: null },
      leadHours: null,
      crossingsPerMonth: null,
      chance: null,
      verdict: 'says nothing',
    })
  })

  test('sees nothing of the attack itself, nor of what comes after', () => {
    const history = withPrices(calm)
    const before = { ...history, observations: history.observations.filter(({ at }) => at <= attackAt) }
    expect(earlyWarning(before)).toEqual(earlyWarning(history))
  })

  test('needs an attack', () => {
    expect(() => earlyWarning({ ...handHistory, attack: new Set() })).toThrow('[HISTORY_WITHOUT_ATTACK]')
  })
})
