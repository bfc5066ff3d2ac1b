import fc from 'fast-check'
import { MACD } from 'talib-web'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Ema from './Ema.ts'
import * as Macd from './Macd.ts'
import { anyValues, bits, resultsOfTalib, signalContract, startTalib, walk } from './signal.contract.ts'

for (const settings of [Macd.standard, { fast: 1, slow: 2, signal: 1 }, { fast: 3, slow: 7, signal: 4 }]) {
  signalContract<Macd.State>(`Macd(${Object.values(settings)})`, {
    create: () => Macd.create(settings),
    step: Macd.step,
    series: (values, out) =>
      Macd.series(values, settings, out && { ...Macd.linesOf(values.length), histogram: out }).histogram,
  })
}

describe('Macd', () => {
  beforeAll(startTalib)

  test('gives the values that TA-Lib publishes for its own regression test', () => {
    const { macd, signal, histogram } = Macd.series(talibCloses)
    expect(macd.findIndex(Number.isFinite)).toBe(33)
    // github.com/TA-Lib/ta-lib, src/tools/ta_regtest/ta_test_func/test_macd.c: tableTest, "MACD - CLASSIC"
    expect(macd[33]).toBeCloseTo(-1.9738, 4)
    expect(signal[33]).toBeCloseTo(-2.7071, 4)
    expect(histogram[33]).toBeCloseTo(-1.9738 - -2.7071, 4)
  })

  test.each([
    [12, 26, 9],
    [5, 35, 5],
    [3, 10, 16],
    [2, 3, 2],
  ])('equals TA-Lib to the last bit, over flat runs and gaps: %i, %i, %i', (fast, slow, signal) => {
    for (const seed of [1, 2, 3]) {
      const values = walk(seed, 5000)
      const ours = Macd.series(values, { fast, slow, signal })
      const periods = { fastPeriod: fast, slowPeriod: slow, signalPeriod: signal }
      const theirs = MACD({ inReal: [...values], ...periods })
      const start = slow + signal - 2
      const input = `seed ${seed}, ${JSON.stringify(periods)}`
      expect([...ours.macd.slice(start)], input).toEqual(resultsOfTalib(theirs.MACD, values.length, start))
      expect([...ours.signal.slice(start)], input).toEqual(
        resultsOfTalib(theirs.MACDSignal, values.length, start),
      )
      expect([...ours.histogram.slice(start)], input).toEqual(
        resultsOfTalib(theirs.MACDHist, values.length, start),
      )
      for (const line of Object.values(ours)) expect(line.slice(0, start).every(Number.isNaN)).toBe(true)
    }
  })

  test('step leaves in its state what series puts into its three lines', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const settings = { fast: 2, slow: 5, signal: 3 }
        const lines = Macd.series(values, settings)
        const state = Macd.create(settings)
        values.forEach((value, i) => {
          expect(Macd.step(state, value)).toBe(lines.histogram[i])
          if (!state.warm) return
          const { macd, signal, histogram } = state
          expect([macd, signal, histogram]).toEqual([lines.macd[i], lines.signal[i], lines.histogram[i]])
        })
      }),
    )
  })

  test('macd = ema(fast, from value slow − fast on) − ema(slow)', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { macd } = Macd.series(values, { fast: 3, slow: 8, signal: 4 })
        const fast = Ema.series(values.slice(5), { period: 3 })
        const slow = Ema.series(values, { period: 8 })
        const difference = slow.map((average, i) => (i < 11 - 1 ? Number.NaN : fast[i - 5]! - average))
        expect(bits(macd)).toEqual(bits(difference))
      }),
    )
  })

  test('a value that never changes has no divergence', () => {
    const { macd, histogram } = Macd.series(new Float64Array(100).fill(1_250_000))
    expect(macd.slice(33).every((difference) => difference === 0)).toBe(true)
    expect(histogram.slice(33).every((difference) => difference === 0)).toBe(true)
  })

  test('refuses averages that are not fast and slow', () => {
    expect(() => Macd.create({ fast: 26, slow: 12, signal: 9 })).toThrow(
      'fast is 26 and slow is 12; expected fast below slow',
    )
    expect(() => Macd.create({ fast: 12, slow: 12, signal: 9 })).toThrow('expected fast below slow')
    expect(() => Macd.create({ fast: 0, slow: 12, signal: 9 })).toThrow('fast is 0')
    expect(() => Macd.create({ fast: 12, slow: 26, signal: 0 })).toThrow('signal is 0')
  })

  test('refuses lines of another length', () => {
    expect(() => Macd.series(talibCloses, Macd.standard, Macd.linesOf(3))).toThrow(
      'lines.macd holds 3 places; expected 34, one for each value',
    )
  })
})

// github.com/TA-Lib/ta-lib, src/tools/ta_regtest/test_data.c: TA_SREF_close_daily_ref_0_PRIV, the first 34
const talibCloses = Float64Array.of(
  ...[91.5, 94.815, 94.375, 95.095, 93.78, 94.625, 92.53, 92.75, 90.315, 92.47, 96.125, 97.25, 98.5, 89.875],
  ...[91, 92.815, 89.155, 89.345, 91.625, 89.875, 88.375, 87.625, 84.78, 83, 83.5, 81.375, 84.44, 89.25],
  ...[86.375, 86.25, 85.25, 87.125, 85.815, 88.97],
)
