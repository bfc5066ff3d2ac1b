import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day } from '../../units/UnixTime.ts'
import * as Account from './Account.ts'
import type * as Audit from './Audit.ts'
import * as Instrument from './Instrument.ts'

const expiry = 100 * day
const call = Instrument.vixOption('call', 20, expiry)
const put = Instrument.spxOption('put', 2800, expiry, 'open')
const future = Instrument.vixFuture(expiry)
const fund = Instrument.share('vxx')
const instruments = [call, put, future, fund]

const quoteAt = (at: number, mid: number, half = 0.05): Account.Quote => ({
  at,
  bid: Math.max(0, mid - half),
  mid,
  ask: mid + half,
})
const order = (
  at: number,
  quantity: number,
  mid: number,
  parts: Partial<Account.Fill> = {},
): Account.Fill => {
  const quote = quoteAt(at, mid)
  const price = quantity > 0 ? quote.ask : quote.bid
  return { at, instrument: call, owner: 'near', quantity, price, quote, commission: 0.65, ...parts }
}
const marksAt = (at: number, mid: number): Account.Marks => ({ at, midOf: () => mid })
const rulesOf = ({ audit }: Account.Account) => audit.violations.map(({ rule }) => rule)

const deed = fc.record({
  instrument: fc.constantFrom(...instruments),
  owner: fc.constantFrom('near', 'far', 'condor 1'),
  quantity: fc.integer({ min: -20, max: 20 }).filter((quantity) => quantity !== 0),
  mid: fc.double({ min: 0.01, max: 400, noNaN: true }),
  where: fc.double({ min: 0, max: 1, noNaN: true }),
  rate: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
})

describe('Account', () => {
  it('law: whatever is bought, sold, marked and settled, both sets of books agree to the cent', () => {
    fc.assert(
      fc.property(
        fc.array(deed, { maxLength: 30 }),
        fc.double({ min: 0, max: 4000, noNaN: true }),
        (deeds, last) => {
          const account = Account.create(1_000_000_00, 0)
          for (const [index, { instrument, owner, quantity, mid, where, rate }] of deeds.entries()) {
            const at = index * day
            const quote = quoteAt(at, mid, mid / 10)
            const price = quote.bid + where * (quote.ask - quote.bid)
            Account.accrue(account, rate, at)
            Account.fill(account, { at, instrument, owner, quantity, price, quote, commission: 1.13 })
            Account.mark(account, at, marksAt(at, mid * 1.1))
            Account.inspect(account, at)
          }
          Account.accrue(account, 0.05, expiry)
          for (const held of [...account.positions])
            if (held.instrument.type !== 'share') Account.settle(account, held, last, expiry)
          Account.inspect(account, expiry)
          expect(account.audit.violations).toEqual([])
          expect(Account.equity(account)).toBe(1_000_000_00 + earned(account))
        },
      ),
    )
  })

  it('law: a round trip at one quote costs the spread and two commissions, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...instruments),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        (instrument, count, first) => {
          const account = Account.create(1_000_000_00, 0)
          const side = first ? count : -count
          Account.fill(account, order(0, side, 10, { instrument }))
          Account.fill(account, order(0, -side, 10, { instrument }))
          const spread = Account.centsOf(instrument, 10.05) - Account.centsOf(instrument, 9.95)
          expect(account.positions).toEqual([])
          expect(1_000_000_00 - account.cash).toBe(count * (spread + 130))
        },
      ),
    )
  })

  it('pays the difference to the strike, once, and only on the day it is due', () => {
    const account = Account.create(100_000_00, 0)
    const held = Account.fill(account, order(0, -2, 3, { instrument: put, owner: 'condor 1', commission: 0 }))
    expect(() => Account.settle(account, held, 2750, expiry - day)).toThrow('[SETTLEMENT_INVALID]')
    expect(() => Account.settle(account, held, Number.NaN, expiry)).toThrow('[SETTLEMENT_INVALID]')
    expect(Account.settle(account, held, 2750, expiry)).toBe(5_000_00)
    Account.inspect(account, expiry)
    expect(account.cash).toBe(100_000_00 + 2 * 295_00 - 2 * 5_000_00)
    expect(Account.earnings(account, 'condor 1')).toEqual({
      price: -2 * 4_700_00,
      spread: -10_00,
      commission: 0,
      interest: 0,
    })
    expect(account.audit.violations).toEqual([])
  })

  it('moves what a future gains into cash the same day', () => {
    const account = Account.create(100_000_00, 0)
    Account.fill(account, order(0, 1, 20, { instrument: future, commission: 0 }))
    expect(account.cash).toBe(100_000_00 - 50_00)
    Account.mark(account, day, marksAt(day, 22.5))
    expect(account.cash).toBe(100_000_00 - 50_00 + 2_500_00)
    expect(Account.equity(account)).toBe(account.cash)
  })

  it('lends cash at the rate of the day, for the days that passed', () => {
    const account = Account.create(1_000_000_00, 0)
    expect(Account.accrue(account, 0.05, 365 * day)).toBe(Math.round(1e8 * Math.expm1(0.05)))
  })

  it('refuses a fill that no market could give', () => {
    const account = Account.create(100_00, 0)
    for (const parts of [{ quantity: 0 }, { quantity: 0.5 }, { price: Number.NaN }, { commission: -1 }])
      expect(() => Account.fill(account, order(0, 1, 3, parts)), JSON.stringify(parts)).toThrow(
        '[FILL_INVALID]',
      )
    expect(() => Account.create(0.5, 0)).toThrow('[ACCOUNT_CASH_INVALID]')
    expect(account).toEqual(Account.create(100_00, 0))
  })
})

describe('the second set of books finds', () => {
  const begun = () => {
    const account = Account.create(100_000_00, 0)
    Account.fill(account, order(0, 4, 3))
    Account.inspect(account, 0)
    expect(rulesOf(account)).toEqual([])
    return account
  }
  const after = (plant: (account: Account.Account) => void) => {
    const account = begun()
    plant(account)
    Account.inspect(account, day)
    return new Set(rulesOf(account))
  }
  const free: Audit.Rule = 'no position appears or disappears free'
  const balance: Audit.Rule = 'equity is cash plus positions'

  it('nothing, where nothing is wrong', () => expect(after(() => {})).toEqual(new Set()))

  it('a position that disappears', () =>
    expect(after(({ positions }) => positions.pop())).toEqual(new Set([balance, free])))

  it('an exit that pays cash and leaves the position', () =>
    expect(
      after((account) => {
        account.cash += 300_00
      }),
    ).toEqual(new Set([balance])))

  it('a position that was never paid for', () =>
    expect(
      after((account) => {
        const { positions } = account
        positions.push({ ...positions[0]!, key: 'a gift', quantity: 1 })
      }),
    ).toEqual(new Set([balance, free])))

  it('a hedge that grew on its own', () =>
    expect(
      after(({ positions }) => {
        positions[0]!.quantity += 1
      }),
    ).toEqual(new Set([balance, free])))

  it('a mark that moved outside of the books', () =>
    expect(
      after(({ positions }) => {
        positions[0]!.markCents += 1
      }),
    ).toEqual(new Set([balance])))

  it('half a cent', () =>
    expect(
      after((account) => {
        account.cash += 0.5
      }),
    ).toEqual(new Set([balance, 'money is whole cents'])))

  it('an option held on after its day', () => {
    const account = begun()
    Account.inspect(account, expiry)
    expect(rulesOf(account)).toEqual([free])
  })

  it.each([
    ['above the ask', 3.06, [3]],
    ['below the bid', 2.94, [3]],
  ])('a fill %s', (_, price, [mid]) => {
    const account = begun()
    Account.fill(account, order(0, 1, mid!, { price }))
    expect(rulesOf(account)).toEqual(['each fill is inside bid and ask'])
  })

  it('a fill and a mark by a quote of tomorrow', () => {
    const account = begun()
    Account.fill(account, order(0, 1, 3, { quote: quoteAt(day, 3) }))
    Account.mark(account, 0, marksAt(day, 3))
    expect(rulesOf(account)).toEqual(['nothing reads the future', 'nothing reads the future'])
  })
})

function earned(account: Account.Account): number {
  const parts = [...account.ledger.values()]
  return parts.reduce(
    (sum, { price, spread, commission, interest }) => sum + price + spread + commission + interest,
    0,
  )
}
