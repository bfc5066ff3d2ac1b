import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { describe, expect, it } from 'vitest'
import { expectFinite } from '../backtest/BacktestResult.fixture.ts'
import { madeUpHistory } from '../backtest/testing/madeUpHistory.ts'
import * as Holdings from './Holdings.ts'
import { plan } from './plan.ts'
import { toCsv } from './toCsv.ts'

const history = madeUpHistory({ from: '2023-01-03', days: 400, seed: 2 })
const policy = OptionsPolicy.of()
const dayWith = (test: (result: ReturnType<typeof plan>) => boolean, holdings = Holdings.nothing) => {
  for (let end = 300; end < 400; end++) {
    const result = plan({ ...history, days: history.days.slice(0, end) }, policy, holdings)
    if (test(result)) return result
  }
  throw new Error('no such day')
}

describe('a plan', () => {
  const opening = dayWith(({ orders }) => orders.length > 0)

  it('opens a condor and its ladder, with reasons', () => {
    const sides = opening.orders
      .slice(0, 4)
      .map(({ side, instrument }) => `${side} ${instrument.split(' ')[2]![0]}`)
    expect(sides).toEqual(['buy P', 'sell P', 'sell C', 'buy C'])
    expect(
      opening.orders.filter(({ instrument }) => instrument.startsWith('VIX')).map(({ side }) => side),
    ).toEqual(['buy', 'buy', 'buy'])
    expect(opening.orders.every(({ because, action }) => because.length > 10 && action.length > 10)).toBe(
      true,
    )
    expect(opening.decision.sentence).toContain('because')
  })

  it('asks for no price outside of its quote', () => {
    for (const { limit, bid, ask } of opening.orders) {
      expect(limit).toBeGreaterThanOrEqual(bid)
      expect(limit).toBeLessThanOrEqual(ask)
    }
  })

  it('says what can be lost, and between which levels something is earned', () => {
    const [condor] = opening.condors
    const { strikes, contracts, creditUsd, maxLossUsd, breakEvens } = condor!
    const width = Math.max(strikes[1] - strikes[0], strikes[3] - strikes[2])
    expect(maxLossUsd).toBeCloseTo(width * 100 * contracts - creditUsd, 0)
    expect(breakEvens[0]).toBeCloseTo(strikes[1] - creditUsd / 100 / contracts, 1)
    expect(opening.maxLossUsd.condors).toBe(maxLossUsd)
  })

  it('gives greeks by layer: condors short of volatility, the ladder long of it', () => {
    const of = (owner: string) => opening.greeks.find((each) => each.owner === owner)!
    expect(of('condors').vega).toBeLessThan(0)
    expect(of('condors').theta).toBeGreaterThan(0)
    for (const layer of ['near', 'mid', 'far']) expect(of(layer).delta).toBeGreaterThan(0)
  })

  it('lets nothing out that is not a number', () => expectFinite(opening))

  it('takes over what is held, and leaves alone what needs nothing', () => {
    const held = heldFrom(opening)
    const quiet = dayWith(({ orders }) => orders.length === 0, held)
    expect(quiet.condors).toHaveLength(1)
    expect(quiet.notes.join(' ')).toContain('nothing to do')
  })

  it('keeps positions through a day for which there is no history, and says that signals are young', () => {
    const alone = plan({ ...history, days: [] }, policy, Holdings.nothing, history.days[350]!)
    expect(alone.notes.join(' ')).toContain('Only 1 days are known')
    expect(() => plan({ ...history, days: [] }, policy, Holdings.nothing)).toThrow('[PLAN_WITHOUT_MARKET]')
  })

  it('forgets days after the one it plans for', () => {
    const today = history.days[350]!
    const from = (days: typeof history.days) => plan({ ...history, days }, policy, Holdings.nothing, today)
    expect(from(history.days)).toEqual(from(history.days.slice(0, 350)))
  })
})

describe('order tickets as CSV', () => {
  const ticket = {
    action: 'open',
    side: 'buy' as const,
    quantity: 1,
    instrument: 'SPX',
    limit: 1,
    bid: 1,
    ask: 1,
    because: '',
  }

  it('quote what needs it, and start no formula', () => {
    const [, row] = toCsv([{ ...ticket, because: '=1+1, "really"' }]).split('\n')
    expect(row).toBe(`buy,1,SPX,1,1,1,open,"'=1+1, ""really"""`)
  })
})

function heldFrom({ condors, date, cashUsd, orders }: ReturnType<typeof plan>): Holdings.Holdings {
  const at = Date.parse(date) / 1000
  const layers = ['near', 'mid', 'far'] as const
  const calls = orders.filter(({ instrument }) => instrument.startsWith('VIX'))
  return {
    cashUsd,
    condors: condors.map(
      ({ strikes: [putWing, putShort, callShort, callWing], expiry, contracts, creditUsd }) => ({
        condor: {
          putWing,
          putShort,
          callShort,
          callWing,
          expiry: Date.parse(expiry) / 1000,
          settles: 'open',
        },
        contracts,
        credit: creditUsd / 100 / contracts,
        opened: at,
        shifts: 0,
      }),
    ),
    hedges: calls.map(({ instrument, quantity, limit }, i) => ({
      layer: layers[i]!,
      strike: Number(instrument.split(' C')[1]),
      expiry: Date.parse(instrument.split(' ')[1]!) / 1000,
      quantity,
      cost: limit,
      opened: at,
    })),
  }
}
