import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import * as Account from '../account/Account.ts'
import { payoff } from '../account/Instrument.ts'
import type { MarketDay } from '../market/MarketDay.ts'
import { madeUpMarket } from '../testing/madeUpMarket.ts'
import { prepare } from '../view/prepare.ts'
import type { View } from '../view/View.ts'
import * as OptionsBook from './OptionsBook.ts'
import * as OptionsPolicy from './OptionsPolicy.ts'
import { decisionOf, step } from './step.ts'

type Deep<T> = { readonly [K in keyof T]?: T[K] extends object ? Deep<T[K]> : T[K] }

const policyOf = (base: OptionsPolicy.OptionsPolicy, parts: Deep<OptionsPolicy.OptionsPolicy>) =>
  Object.fromEntries(
    Object.entries(base).map(([key, value]) => {
      const part = parts[key as keyof typeof parts]
      return [key, typeof value === 'object' ? { ...value, ...(part as object) } : (part ?? value)]
    }),
  ) as unknown as OptionsPolicy.OptionsPolicy
const viewsOf = (days: readonly MarketDay[]) => prepare({ days, events: [], etps: [] })
const fold = (
  views: readonly View[],
  policy: OptionsPolicy.OptionsPolicy,
  each: (book: OptionsBook.OptionsBook, view: View) => void = () => {},
) => {
  const book = OptionsBook.create(policy, views[0]!.date)
  for (const view of views) each(step(book, view), view)
  return book
}
const equities = (views: readonly View[], policy: OptionsPolicy.OptionsPolicy) => {
  const values: number[] = []
  fold(views, policy, ({ account }) => values.push(Account.equity(account)))
  return values
}

const calm = viewsOf(madeUpMarket({ from: '2022-06-01', days: 300, seed: 3 }))
const crash = viewsOf(madeUpMarket({ from: '2022-06-01', days: 300, seed: 3, crash: { day: 150, vix: 60 } }))
const monthly = OptionsPolicy.of()
const daily = OptionsPolicy.daily()

const market = fc.record({
  from: fc.constant('2022-06-01'),
  days: fc.constant(200),
  seed: fc.nat(1e6),
  crash: fc.record({ day: fc.integer({ min: 80, max: 190 }), vix: fc.integer({ min: 20, max: 80 }) }),
})
const policy = fc
  .record({
    base: fc.constantFrom(
      monthly,
      daily,
      OptionsPolicy.of('steward'),
      OptionsPolicy.of('promoter'),
      OptionsPolicy.daily('aggressive'),
    ),
    gate: fc.record({ on: fc.boolean(), noneFrom: fc.integer({ min: 15, max: 60 }) }),
    hedge: fc.record({
      on: fc.boolean(),
      instrument: fc.constantFrom('calls' as const, 'futures' as const),
      sizing: fc.constantFrom('contracts' as const, 'premium' as const),
      activation: fc.constantFrom('always' as const, 'signal' as const),
      perCondor: fc.constantFrom(0.5, 1, 3),
      roll: fc.constantFrom(
        { by: 'share' as const, value: 0.5 },
        { by: 'days' as const, value: 0 },
        { by: 'days' as const, value: 21 },
      ),
      strike: fc.constantFrom(
        { by: 'delta' as const, value: 0.3 },
        { by: 'points' as const, value: { near: 5, mid: 8, far: 14 } },
      ),
      tilts: fc.boolean(),
    }),
    shift: fc.record({ on: fc.boolean(), strikes: fc.constantFrom('same' as const, 'new' as const) }),
    press: fc.record({ on: fc.boolean() }),
  })
  .map(({ base, ...parts }) => policyOf(base, parts))

describe('the books', () => {
  it('law: under any policy and any market no check fails, and no number is lost', () => {
    fc.assert(
      fc.property(market, policy, (made, under) => {
        const book = fold(viewsOf(madeUpMarket(made)), under, ({ account }) => {
          expect(Number.isSafeInteger(Account.equity(account))).toBe(true)
        })
        expect(book.account.audit.violations).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('law: nothing before a day changes when every day after it does', () => {
    const poisoned = fc.integer({ min: 60, max: 190 })
    fc.assert(
      fc.property(market, policy, poisoned, fc.nat(1e6), (made, under, day, seed) => {
        const days = madeUpMarket(made)
        const other = madeUpMarket({ ...made, seed, crash: { day: 61, vix: 80 } })
        const swapped = days.map((each, i) => (i <= day ? each : { ...other[i]!, date: each.date }))
        const past = equities(viewsOf(days), under).slice(0, day + 1)
        expect(equities(viewsOf(swapped), under).slice(0, day + 1)).toEqual(past)
      }),
      { numRuns: 12 },
    )
  })

  it('a book that is marked by tomorrow is found out by it', () => {
    const peek = (days: readonly MarketDay[]) => {
      const views = viewsOf(days)
      return views.map((view, i) => ({ ...view, surface: (views[i + 1] ?? view).surface }))
    }
    const days = crash.map(({ day }) => day)
    const swapped = days.map((day, i) => (i <= 149 ? day : calm[i]!.day))
    const past = (views: readonly View[]) => equities(views, monthly).slice(0, 150)
    expect(past(peek(swapped))).not.toEqual(past(peek(days)))
    expect(past(viewsOf(swapped))).toEqual(past(viewsOf(days)))
  })
})

describe('the gate', () => {
  const opened = (under: OptionsPolicy.OptionsPolicy) => {
    const at: number[] = []
    fold(crash, under, (book, view) => {
      if (book.trades.some(({ openedAt }) => openedAt === view.date)) at.push(view.day.vix.close)
    })
    return at
  }

  it('opens no condor at VIX 20 or above; without it some are', () => {
    expect(Math.max(...opened(policyOf(monthly, { gate: { on: true } })))).toBeLessThan(20)
    expect(Math.max(...opened(policyOf(monthly, { gate: { on: false } })))).toBeGreaterThan(20)
  })

  it('keeps the aggressive tier shut from VIX 15 on, where that is asked for', () => {
    const highest = (blocksAggressive: boolean) =>
      Math.max(
        ...opened(policyOf(OptionsPolicy.daily('aggressive'), { gate: { on: true, blocksAggressive } })),
      )
    expect(highest(true)).toBeLessThan(15)
    expect(highest(false)).toBeGreaterThan(15)
  })

  it('waits for a release that is near', () => {
    const events = calm.map(({ date }) => ({ date, kind: 'cpi' as const, scheduled: true }))
    const under = policyOf(monthly, { gate: { eventDays: 5, events: ['cpi'] } })
    const views = prepare({ days: calm.map(({ day }) => day), events, etps: [] })
    expect(fold(views, under).closed).toEqual([])
    const surprises = prepare({
      days: calm.map(({ day }) => day),
      events: events.map((event) => ({ ...event, scheduled: false })),
      etps: [],
    })
    expect(fold(surprises, under).closed.length).toBeGreaterThan(0)
  })
})

describe('the ladder', () => {
  const held = (book: OptionsBook.OptionsBook) =>
    [book.lots.near, book.lots.mid, book.lots.far].map((lots) =>
      lots.reduce((sum, { quantity }) => sum + quantity, 0),
    )

  it('is 4/4/2 for ten condors, at about 30, 110 and 220 days and half a delta', () => {
    let first: OptionsBook.OptionsBook | undefined
    fold(calm, policyOf(monthly, { startCents: 10_000_000_00 }), (book, view) => {
      if (first !== undefined || book.trades.length === 0) return
      first = structuredClone(book)
      const unit = book.trades[0]!.contracts
      expect(held(book)).toEqual([0.4, 0.4, 0.2].map((share) => Math.round(share * unit)))
      const tenors = [book.lots.near, book.lots.mid, book.lots.far].map(
        ([lot]) => (lot!.expiry! - view.date) / UnixTime.day,
      )
      for (const [i, aim] of [30, 110, 220].entries())
        expect(Math.abs(tenors[i]! - aim)).toBeLessThanOrEqual(18)
    })
    expect(first).toBeDefined()
  })

  it('stays on while the gate is shut and no condor is open', () => {
    let quiet = 0
    fold(crash, policyOf(monthly, { gate: { on: true } }), (book) => {
      if (book.unit === 0 || book.trades.length > 0) return
      quiet += 1
      expect(Math.min(...held(book))).toBeGreaterThan(0)
    })
    expect(quiet).toBeGreaterThan(10)
  })

  it('pays in a crash, and costs in a calm', () => {
    const earned = (views: readonly View[]) => {
      const { account } = fold(views, policyOf(monthly, { gate: { on: false } }))
      return ['near', 'mid', 'far'].reduce((sum, owner) => {
        const { price, spread, commission } = Account.earnings(account, owner)
        return sum + price + spread + commission
      }, 0)
    }
    expect(earned(crash.slice(0, 162))).toBeGreaterThan(0)
    expect(earned(calm)).toBeLessThan(0)
  })

  it('rolls a great gain of the near layer into the longer ones', () => {
    const book = fold(crash, monthly)
    expect(book.counts.gainRolls).toBeGreaterThan(0)
    expect(
      fold(
        crash,
        policyOf(monthly, {
          hedge: { ...monthly.hedge, gainRoll: { ...monthly.hedge.gainRoll, on: false } },
        }),
      ).counts.gainRolls,
    ).toBe(0)
  })

  it('leans with stress only when it tilts, and says why', () => {
    const tilted = policyOf(monthly, { hedge: { ...monthly.hedge, tilts: true } })
    const weights = new Set<number>()
    const book = fold(crash, tilted, ({ weights: { near } }) => weights.add(near))
    expect(weights.size).toBeGreaterThan(10)
    const decision = decisionOf(book, crash.at(-1)!)
    expect(decision.reasons.map(({ signal }) => signal)).toContain('vixRsi')
    expect(decision.sentence).toMatch(/near \d+%, mid \d+%, far \d+%/)
    expect(fold(crash, monthly).weights).toEqual({ near: 0.4, mid: 0.4, far: 0.2 })
  })
})

describe('a condor', () => {
  it('risks no more than its share of the account when it is opened', () => {
    for (const under of [monthly, daily, OptionsPolicy.of('promoter')])
      fold(calm, under, ({ account, trades }, { date }) => {
        for (const { openedAt, contracts, maxLossCents } of trades)
          if (openedAt === date)
            expect(contracts * maxLossCents).toBeLessThanOrEqual(0.101 * Account.equity(account))
      })
  })

  it('ends with what its strikes pay, no more and no less', () => {
    const under = policyOf(monthly, {
      hedge: { ...monthly.hedge, on: false },
      shift: { ...monthly.shift, on: false },
      costs: { commission: { spx: 0, vix: 0, vixFuture: 0, share: 0 }, spreadPaid: { single: 0, condor: 0 } },
    })
    const { closed } = fold(crash, under)
    expect(closed.length).toBeGreaterThan(5)
    for (const { condor, contracts, creditCents, closedAt, profitCents } of closed) {
      const settled = crash.find(({ date }) => date === closedAt)!.day.spx.open
      const { putWing, putShort, callShort, callWing, expiry } = condor
      const legs = [
        [putWing, 'put', 1],
        [putShort, 'put', -1],
        [callShort, 'call', -1],
        [callWing, 'call', 1],
      ] as const
      const paid = legs.reduce(
        (sum, [strike, kind, sign]) =>
          sum +
          sign *
            payoff({ type: 'option', id: '', on: 'spx', kind, strike, expiry, settles: 'open' }, settled),
        0,
      )
      expect(profitCents).toBeCloseTo(contracts * (creditCents + paid * 100 * 100), -1.5)
    }
  })

  it('of one day lives one trading day, and brings in its tier’s credit', () => {
    const book = fold(
      calm,
      policyOf(daily, { hedge: { ...daily.hedge, on: false }, shift: { ...daily.shift, on: false } }),
    )
    expect(book.closed.length).toBeGreaterThan(150)
    for (const { openedAt, closedAt } of book.closed)
      expect((closedAt - openedAt) / UnixTime.day).toBeLessThanOrEqual(4)
    const credits = book.closed.map(({ creditCents }) => creditCents / 100 / 100).sort((a, b) => a - b)
    expect(credits[credits.length >> 1]).toBeGreaterThan(0.4)
    expect(credits[credits.length >> 1]).toBeLessThan(0.95)
  })

  it('that is threatened is rolled to a later expiry, for a credit, with the same number', () => {
    let rolls = 0
    fold(
      crash,
      policyOf(monthly, {
        condor: { ...monthly.condor, maxOpen: 1 },
        gate: { on: false },
        hedge: { ...monthly.hedge, on: false },
      }),
      (book) => {
        for (const { what } of book.actions) {
          if (!what.startsWith('roll')) continue
          rolls += 1
          expect(Number(/for (-?[\d.]+)$/.exec(what)![1])).toBeGreaterThanOrEqual(0)
        }
      },
    )
    expect(rolls).toBeGreaterThan(0)
  })
})

describe('a policy that makes no sense is refused', () => {
  it.each([
    ['condor.riskShare', { condor: { ...monthly.condor, riskShare: 1.5 } }],
    ['condor.shortDelta', { condor: { ...monthly.condor, shortDelta: 0.6 } }],
    ['condor.wing', { condor: { ...monthly.condor, wing: { by: 'delta' as const, value: 0.4 } } }],
    ['gate.allBelow', { gate: { allBelow: 30 } }],
    ['costs.spreadPaid.single', { costs: { ...monthly.costs, spreadPaid: { single: 2, condor: 0 } } }],
    ['startCents', { startCents: 0.5 }],
  ])('%s', (where, parts) => {
    expect(() => OptionsBook.create(policyOf(monthly, parts), 0)).toThrow(`${where}: `)
  })
})
