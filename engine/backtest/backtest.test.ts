import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { describe, expect, it } from 'vitest'
import { expectFinite } from './BacktestResult.fixture.ts'
import { backtest } from './backtest.ts'
import { madeUpHistory } from './testing/madeUpHistory.ts'
import * as Variant from './Variant.ts'

const history = madeUpHistory({ from: '2019-06-03', days: 1000, seed: 11, crash: { day: 180, vix: 65 } })
const result = backtest(history)

describe('a backtest', () => {
  it('runs every part by itself, of both condors', () => {
    expect(result.variants.map(({ name }) => name)).toEqual([
      ...Variant.parts,
      ...Variant.parts.map((part) => `1-DTE ${part}`),
    ])
    expect(
      result.variants
        .filter(({ name }) => name.startsWith('1-DTE'))
        .every(({ from }) => from >= '2022-05-11'),
    ).toBe(true)
  })

  it('hedges only where a hedge is on, and gates only where a gate is', () => {
    const of = (name: string) => result.variants.find((variant) => variant.name === name)!
    for (const name of ['core', 'gate', 'roll']) expect(of(name).hedgeCostPerYear).toBe(0)
    expect(of('hedge').hedgeCostPerYear).not.toBe(0)
    for (const name of ['core', 'hedge', 'roll']) expect(of(name).counts.gated).toBe(0)
    expect(of('gate').counts.gated).toBeGreaterThan(0)
  })

  it('checks its books and finds nothing', () => {
    expect(result.invariants).toMatchObject({ violations: 0, first: [] })
    expect(result.invariants.checks).toBeGreaterThan(10_000)
  })

  it('answers all twenty-five claims, in order, with a reason', () => {
    expect(result.claims.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, i) => `C${i + 1}`))
    expect(result.claims.every(({ why }) => why.length > 20)).toBe(true)
  })

  it('lets nothing out that is not a number', () => expectFinite(result))

  it('gives the same bytes again', () => {
    expect(JSON.stringify(backtest(history))).toBe(JSON.stringify(result))
  })

  it('trades only in its range, and learns from before', () => {
    const from = history.days[500]!.date
    const later = backtest(history, { from, parts: ['core'] })
    expect(later.range.days).toBe(500)
    expect(later.variants.map(({ name }) => name)).toEqual(['core', '1-DTE core'])
    expect(() => backtest(history, { from: history.days.at(-1)!.date + 86_400 })).toThrow('[BACKTEST_EMPTY]')
  })

  it('runs a policy of one day as its own only variants', () => {
    const daily = backtest(history, { policy: OptionsPolicy.daily('balanced'), parts: ['core', 'all'] })
    expect(daily.variants.map(({ name }) => name)).toEqual(['core', 'all'])
  })
})

it('a part that does not exist is named, with the one that was likely meant', () => {
  expect(() => Variant.parse('core,hegde')).toThrow('"hedge"')
})
