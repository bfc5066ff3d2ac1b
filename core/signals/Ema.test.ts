import { EMA } from 'talib-web'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Ema from './Ema.ts'
import { resultsOfTalib, signalContract, startTalib, walk } from './signal.contract.ts'

for (const period of [1, 2, 9]) {
  signalContract<Ema.State>(`Ema(${period})`, {
    create: () => Ema.create({ period }),
    step: Ema.step,
    series: (values, out) => Ema.series(values, { period }, out),
  })
}

describe('Ema', () => {
  beforeAll(startTalib)

  test.each([2, 9, 12, 26, 200])('equals TA-Lib to the last bit, period %i', (period) => {
    for (const seed of [1, 2, 3]) {
      const values = walk(seed, 5000)
      const ours = Ema.series(values, { period })
      const { output } = EMA({ inReal: [...values], timePeriod: period })
      const theirs = resultsOfTalib(output, values.length, period - 1)
      expect([...ours.slice(period - 1)], `seed ${seed}, period ${period}`).toEqual(theirs)
      expect(ours.slice(0, period - 1).every(Number.isNaN)).toBe(true)
    }
  })

  test('starts as the simple average, then moves by 2 / (period + 1) of the gap', () => {
    const results = Ema.series(Float64Array.of(1, 2, 3, 5, 5.5), { period: 3 })
    expect([...results]).toEqual([Number.NaN, Number.NaN, 2, 3.5, 4.5])
  })

  test('refuses a period that is not a whole number of values', () => {
    for (const period of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => Ema.create({ period })).toThrow('expected a whole number of values, at least 1')
    }
  })

  test('refuses values whose differences overflow, in step and in series, and names the place', () => {
    const values = Float64Array.of(1e308, -1e308, 3)
    const state = Ema.create({ period: 1 })
    Ema.step(state, 1e308)
    expect(() => Ema.step(state, -1e308)).toThrow('value is -1e+308')
    expect(() => Ema.series(values, { period: 1 })).toThrow('value 1: value is -1e+308')
  })
})
