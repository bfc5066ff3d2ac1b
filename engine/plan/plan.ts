import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Account from '@cutwater/core/options/account/Account.ts'
import { multiplier } from '@cutwater/core/options/account/Instrument.ts'
import type { OptionsBook, Trade } from '@cutwater/core/options/book/OptionsBook.ts'
import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { decisionOf, step, weigh } from '@cutwater/core/options/book/step.ts'
import * as margin from '@cutwater/core/options/margin.ts'
import type { MarketDay, MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Black76 from '@cutwater/core/options/pricing/Black76.ts'
import { prepare } from '@cutwater/core/options/view/prepare.ts'
import { termsOf } from '@cutwater/core/options/view/quote.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { checkHoldings } from './checkHoldings.ts'
import { bookOf, type Holdings } from './Holdings.ts'
import type { CondorRisk, Greeks, PlanResult, Ticket } from './PlanResult.ts'
import { termStructure } from './termStructure.ts'

/**
 * Today's orders under a policy: the very step of the backtest, taken once on what is really held. Nothing is sent.
 *
 * @param today the day to plan for, after those of the history that came before it; the last of them when left out
 * @throws PLAN_WITHOUT_MARKET where there is neither, HOLDINGS_EXPIRY for a position that cannot be held on that day
 */
export function plan(
  history: MarketHistory,
  policy: OptionsPolicy,
  holdings: Holdings,
  today?: MarketDay,
): PlanResult {
  const days =
    today === undefined ? history.days : [...history.days.filter(({ date }) => date < today.date), today]
  const views = prepare({ ...history, days })
  const view = views.at(-1)
  if (view === undefined) throw withoutMarket()
  checkHoldings(holdings, view.date)
  const book = bookOf(holdings, policy, view)
  // Weights and ratchets come from the days before, as if the book had stood through them.
  for (const before of views.slice(-longestMemory, -1)) weigh(book, before)
  step(book, view)
  return {
    date: UnixTime.formatDate(view.date),
    decision: decisionOf(book, view),
    orders: ticketsOf(book),
    equityUsd: toDollars(Account.equity(book.account)),
    cashUsd: toDollars(book.account.cash),
    condors: book.trades.map(riskOf),
    greeks: greeksOf(book, view),
    maxLossUsd: maxLossOf(book),
    term: termStructure(days.at(-1)!),
    notes: notesOf(book, view, views.length),
  }
}

function ticketsOf({ orders }: OptionsBook): readonly Ticket[] {
  return orders.map(({ fill, action }) => ({
    action: action?.what ?? '',
    side: fill.quantity > 0 ? 'buy' : 'sell',
    quantity: Math.abs(fill.quantity),
    instrument: fill.instrument.id,
    limit: cents(fill.price),
    bid: cents(fill.quote.bid),
    ask: cents(fill.quote.ask),
    because: action?.because ?? '',
  }))
}

function riskOf({ owner, condor, contracts, creditCents }: Trade): CondorRisk {
  const credit = toDollars(creditCents) / 100
  return {
    name: owner,
    strikes: [condor.putWing, condor.putShort, condor.callShort, condor.callWing],
    expiry: UnixTime.formatDate(condor.expiry),
    contracts,
    creditUsd: cents(credit * 100 * contracts),
    maxLossUsd: cents(margin.maximumLoss(margin.condor(condor), credit) * 100 * contracts),
    breakEvens: margin.breakEvens(margin.condor(condor), credit).map(cents),
  }
}

/** SPX greeks are per SPX point, those of the ladder per point of each call's future. */
function greeksOf({ account }: OptionsBook, view: View): readonly Greeks[] {
  const owners = ['condors', ...Layer.layers]
  return owners.map((owner) => {
    const sum = { owner, delta: 0, gamma: 0, vega: 0, theta: 0 }
    for (const { instrument, quantity, owner: holder } of account.positions) {
      if (instrument.type !== 'option' || (holder.startsWith('condor') ? 'condors' : holder) !== owner)
        continue
      const terms = termsOf(view, instrument)
      if (terms === undefined) continue
      const { delta, gamma, vega, theta } = Black76.greeks(terms)
      const size = quantity * multiplier(instrument)
      sum.delta += size * delta
      sum.gamma += size * gamma
      sum.vega += size * vega * 0.01
      sum.theta += (size * theta) / 365
    }
    return sum
  })
}

function maxLossOf({ trades, account }: OptionsBook): PlanResult['maxLossUsd'] {
  const condors = trades.reduce((sum, trade) => sum + riskOf(trade).maxLossUsd, 0)
  const hedges = account.positions.filter(({ owner }) => !owner.startsWith('condor'))
  return {
    condors: cents(condors),
    hedges: toDollars(hedges.reduce((sum, held) => sum + Account.value(held), 0)),
  }
}

function notesOf({ orders, counts, account }: OptionsBook, view: View, days: number): readonly string[] {
  const notes = [
    'Quotes are modelled from index levels and futures; put in your own limits from the screen. Nothing is sent.',
  ]
  if (orders.length === 0) notes.push('There is nothing to do today.')
  if (counts.gated > 0) notes.push(`No new condor: VIX is ${view.day.vix.close}.`)
  if (counts.eventGated > 0) notes.push('No new condor: a release is too near.')
  if (counts.tooLittleCredit > 0) notes.push('No new condor: the credit is too small.')
  if (days < 252) notes.push(`Only ${days} days are known, so ranks of signals are neutral or young.`)
  if (view.day.indices.vvix === undefined) notes.push('There is no VVIX, so no VIX call can be priced.')
  for (const { what } of account.audit.violations) notes.push(what)
  return notes
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100 + 0
}

// Half-lives of the ratchets are days; what a year ago pressed is long gone.
const longestMemory = 60

function withoutMarket(): CutwaterError {
  return new CutwaterError('PLAN_WITHOUT_MARKET', 'there is no day to plan for', {
    right: 'a market file for today, or a folder of market data',
  })
}
