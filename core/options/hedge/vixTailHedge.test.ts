import { describe, expect, it } from 'vitest'
import { madeUpMarket } from '../testing/madeUpMarket.ts'
import { prepare } from '../view/prepare.ts'
import { tailRolls, tailWeight } from './vixTailHedge.ts'

describe('the rule of the VIX tail hedge', () => {
  // The table of weights as published: 15 and below 0, to 30 1%, to 50 0.5%, above 0.
  it.each([
    [9, 0],
    [15, 0],
    [15.01, 0.01],
    [30, 0.01],
    [30.01, 0.005],
    [50, 0.005],
    [50.01, 0],
  ])('at a front future of %d puts %d into calls', (future, weight) =>
    expect(tailWeight(future)).toBe(weight),
  )

  const days = madeUpMarket({ from: '2019-01-02', days: 300, seed: 4, crash: { day: 200, vix: 50 } })
  const rolls = tailRolls(prepare({ days, events: [], etps: [] }))

  it('rolls every month, from one settlement to the next', () => {
    expect(rolls).toHaveLength(13)
    for (const [i, { from, to }] of rolls.entries()) {
      if (i > 0) expect(from).toBe(rolls[i - 1]!.to)
      expect((to - from) / 86_400).toBeLessThanOrEqual(36)
    }
  })

  it('buys calls above the future, and is paid what the settlement is above their strike', () => {
    for (const { strike, future, price, payoff, to } of rolls) {
      const settled = days
        .find(({ date }) => date === to)!
        .futures.find(({ expiry }) => expiry === to)!.settle
      expect(strike).toBeGreaterThan(future)
      expect(price).toBeGreaterThan(0)
      expect(payoff).toBeCloseTo(Math.max(0, settled - strike), 12)
    }
    expect(Math.max(...rolls.map(({ payoff }) => payoff))).toBeGreaterThan(5)
  })

  it('leaves out a month whose future is missing, and a day without VVIX', () => {
    const [first] = rolls
    const without = days.map((day) =>
      day.date === first!.from ? { ...day, futures: day.futures.slice(0, 1) } : day,
    )
    expect(tailRolls(prepare({ days: without, events: [], etps: [] }))).toHaveLength(12)
    const blind = days.map((day) => ({ ...day, indices: {} }))
    expect(tailRolls(prepare({ days: blind, events: [], etps: [] }))).toEqual([])
  })
})
