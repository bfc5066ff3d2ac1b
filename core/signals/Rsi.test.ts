import fc from 'fast-check'
import { RSI } from 'talib-web'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Rsi from './Rsi.ts'
import { anyValues, bits, resultsOfTalib, signalContract, startTalib, walk } from './signal.contract.ts'

for (const period of [2, 14]) {
  signalContract<Rsi.State>(`Rsi(${period})`, {
    create: () => Rsi.create({ period }),
    step: Rsi.step,
    series: (values, out) => Rsi.series(values, { period }, out),
  })
}

describe('Rsi', () => {
  beforeAll(startTalib)

  test('gives the values that TA-Lib publishes for its own regression test', () => {
    const results = Rsi.series(talibCloses)
    expect(results.slice(0, 14).every(Number.isNaN)).toBe(true)
    // github.com/TA-Lib/ta-lib, src/tools/ta_regtest/ta_test_func/test_rsi.c: tableTest, first three rows
    // (given to two places, some cut rather than rounded; TA-Lib allows 0.01)
    expect(Math.abs(results[14]! - 49.14)).toBeLessThan(0.01)
    expect(Math.abs(results[15]! - 52.32)).toBeLessThan(0.01)
    expect(Math.abs(results[16]! - 46.07)).toBeLessThan(0.01)
  })

  test('gives the table of the StockCharts worked example', () => {
    const results = Rsi.series(stockChartsCloses)
    // school.stockcharts.com, "Relative Strength Index (RSI)", table of QQQQ, column "14-day RSI"
    const published = [70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42]
    published.push(39.99, 41.46, 41.87, 45.46, 37.3, 33.08, 37.77)
    expect([...results.slice(14)].map((result) => Math.round(result * 100) / 100)).toEqual(published)
    // github.com/gbeced/pyalgotrade, testcases/technical_rsi_test.py, testRSIFunc: to eight places
    expect(results[14]).toBeCloseTo(70.53278948, 8)
    expect(results[32]).toBeCloseTo(37.77295211, 8)
  })

  test.each([2, 5, 14, 50])('equals TA-Lib to 1e-9 over flat runs and gaps, period %i', (period) => {
    // flat runs so short that TA-Lib's averages do not decay below its threshold of 1e-8: see two tests on
    for (const seed of [1, 2, 3, 4]) {
      const values = walk(seed, 5000, 4 * period)
      const ours = Rsi.series(values, { period })
      talibRsi(values, period).forEach((expected, i) => {
        const input = `seed ${seed}, period ${period}, index ${i + period}`
        expect(Math.abs(ours[i + period]! - expected), input).toBeLessThan(1e-9)
      })
    }
  })

  test('is 0 while nothing has changed yet, as TA-Lib', () => {
    const flat = new Float64Array(40).fill(12.5)
    const theirs = talibRsi(flat, 14)
    expect([...Rsi.series(flat).slice(14)]).toEqual(theirs)
    expect(theirs.every((index) => index === 0)).toBe(true)
  })

  test('stays where it is when values stand still, where TA-Lib falls to 0 in the end', () => {
    const values = Float64Array.of(...walk(5, 100), ...new Float64Array(20_000).fill(100))
    const results = Rsi.series(values)
    const whenItStopped = results[100]!
    expect(whenItStopped).toBeGreaterThan(10)
    expect(results.at(-1)).toBeCloseTo(whenItStopped, 6)
    expect(talibRsi(values.slice(0, 600), 14).at(-1)).toBe(0)
  })

  test('0 ≤ rsi ≤ 100', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        for (const index of Rsi.series(values, { period: 3 }).slice(3)) {
          expect(index).toBeGreaterThanOrEqual(0)
          expect(index).toBeLessThanOrEqual(100)
        }
      }),
    )
  })

  test('rsi(values × 2^k) = rsi(values), bit for bit', () => {
    fc.assert(
      fc.property(anyWalk, fc.integer({ min: -60, max: 60 }), (values, k) => {
        expect(bits(Rsi.series(values.map((value) => value * 2 ** k)))).toEqual(bits(Rsi.series(values)))
      }),
    )
  })

  test('rsi(a × values + b) = rsi(values) for a > 0, to rounding', () => {
    fc.assert(
      fc.property(
        anyWalk,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: -99, max: 99 }),
        (values, a, b) => {
          const moved = Rsi.series(values.map((value) => value * a + b))
          Rsi.series(values).forEach((index, i) => {
            if (i >= 14) expect(moved[i]! - index).toBeCloseTo(0, 6)
          })
        },
      ),
    )
  })

  test('rsi(−values) = 100 − rsi(values) once anything has changed', () => {
    fc.assert(
      fc.property(anyWalk, (values) => {
        const mirrored = Rsi.series(values.map((value) => -value))
        Rsi.series(values).forEach((index, i) => {
          const changed = values.slice(0, i + 1).some((value) => value !== values[0])
          if (i >= 14 && changed) expect(mirrored[i]! + index).toBeCloseTo(100, 9)
        })
      }),
    )
  })

  test('only rises give 100, only falls give 0', () => {
    const rising = Float64Array.from({ length: 60 }, (_, i) => 1.1 ** i)
    expect(Rsi.series(rising).at(-1)).toBe(100)
    expect(Rsi.series(rising.reverse()).at(-1)).toBe(0)
  })

  test('refuses a period below 2, as TA-Lib', () => {
    expect(() => Rsi.create({ period: 1 })).toThrow(
      'period is 1; expected a whole number of values, at least 2',
    )
    expect(() => RSI({ inReal: [1, 2, 3], timePeriod: 1 })).toThrow()
  })
})

function talibRsi(values: Float64Array, period: number): number[] {
  return resultsOfTalib(RSI({ inReal: [...values], timePeriod: period }).output, values.length, period)
}

const anyWalk = fc.integer({ min: 1, max: 1e9 }).map((seed) => walk(seed, 80))

// github.com/TA-Lib/ta-lib, src/tools/ta_regtest/test_data.c: TA_SREF_close_daily_ref_0_PRIV, the first 17
const talibCloses = Float64Array.of(
  ...[91.5, 94.815, 94.375, 95.095, 93.78, 94.625, 92.53, 92.75, 90.315, 92.47, 96.125, 97.25, 98.5, 89.875],
  ...[91, 92.815, 89.155],
)

// The closes of QQQQ from 14 December 2009 to 1 February 2010 behind the StockCharts table, to four places as
// in github.com/gbeced/pyalgotrade, testcases/technical_rsi_test.py
const stockChartsCloses = Float64Array.of(
  ...[44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931],
  ...[46.0328, 45.614, 46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521],
  ...[45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314],
)
