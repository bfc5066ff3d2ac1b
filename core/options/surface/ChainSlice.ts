import type { UnixTime } from '../../units/UnixTime.ts'
import * as OptionChain from '../market/OptionChain.ts'
import type { Kind } from '../pricing/Black76.ts'
import { impliedVolatility } from '../pricing/impliedVolatility.ts'
import * as normal from '../pricing/normal.ts'
import * as parity from '../pricing/parity.ts'
import * as years from '../settlement/years.ts'

/** The options of one root and expiry, as their own prices see them. */
export type ChainSlice = {
  readonly root: string
  readonly expiry: UnixTime
  readonly settles: 'open' | 'close'
  readonly years: number
  /** from put-call parity near the money, points */
  readonly forward: number
  readonly discount: number
  /** out of the money and with a bid, by strike */
  readonly options: readonly Implied[]
  /** total variance that a strip of the options costs, as the VIX reckons it */
  readonly modelFree: number
}

export type Implied = {
  readonly kind: Kind
  readonly strike: number
  readonly bid: number
  readonly ask: number
  /** at the middle of the market, per year */
  readonly volatility: number
  /** of the forward, without its sign, from 0 to 1 */
  readonly delta: number
}

/**
 * Takes a chain apart by root and expiry. Expiries of today, and those with fewer than `fewest` usable options, are left
 * out.
 *
 * `rate` is continuous, per year, for the discount: over weeks the prices alone do not tell it.
 */
export function ofChain(chain: OptionChain.OptionChain, rate: number, fewest = 6): readonly ChainSlice[] {
  return grouped(chain.quotes).flatMap((quotes) => {
    const slice = sliceOf(chain, quotes, rate)
    return slice !== undefined && slice.options.length >= fewest ? [slice] : []
  })
}

// Quotes of an expiry and root stand together in a chain.
function grouped(
  quotes: readonly OptionChain.OptionQuote[],
): readonly (readonly OptionChain.OptionQuote[])[] {
  const groups: OptionChain.OptionQuote[][] = []
  for (const quote of quotes) {
    const last = groups.at(-1)
    const [first] = last ?? []
    if (last !== undefined && first?.expiry === quote.expiry && first.root === quote.root) last.push(quote)
    else groups.push([quote])
  }
  return groups
}

type Pair = parity.Pair

function sliceOf(
  { date, spot }: OptionChain.OptionChain,
  quotes: readonly OptionChain.OptionQuote[],
  rate: number,
): ChainSlice | undefined {
  const { root, expiry } = quotes[0]!
  const settles = root === 'SPX' ? 'open' : 'close'
  if (expiry <= date) return undefined
  const time = years.calendar({ date, at: 'close' }, { date: expiry, at: settles })
  const discount = Math.exp(-rate * time)
  const pairs = pairsOf(quotes)
  const near = pairs.filter(({ strike, call, put }) => {
    return call.bid > 0 && put.bid > 0 && Math.abs(Math.log(strike / spot)) < 0.03 + 0.1 * Math.sqrt(time)
  })
  if (near.length === 0) return undefined
  const { forward } = parity.fit(near, discount)
  const terms = { forward, discount, years: time }
  const options = quotes.flatMap((quote) => impliedOf(quote, terms))
  return { root, expiry, settles, ...terms, options, modelFree: modelFreeOf(pairs, terms) }
}

function pairsOf(quotes: readonly OptionChain.OptionQuote[]): readonly Pair[] {
  const puts = new Map(quotes.filter(({ kind }) => kind === 'put').map((put) => [put.strike, put]))
  return quotes.flatMap((call) => {
    const put = call.kind === 'call' ? puts.get(call.strike) : undefined
    return put === undefined ? [] : [{ strike: call.strike, call, put }]
  })
}

type Terms = Pick<ChainSlice, 'forward' | 'discount' | 'years'>

function impliedOf(quote: OptionChain.OptionQuote, terms: Terms): readonly Implied[] {
  const { kind, strike, bid, ask } = quote
  const isOut = kind === 'call' ? strike >= terms.forward : strike < terms.forward
  if (!isOut || bid === 0) return []
  const volatility = impliedVolatility({ kind, strike, ...terms, price: OptionChain.mid(quote) })
  if (volatility === undefined || volatility === 0) return []
  const s = volatility * Math.sqrt(terms.years)
  const d1 = Math.log(terms.forward / strike) / s + s / 2
  return [{ kind, strike, bid, ask, volatility, delta: normal.cdf(kind === 'call' ? d1 : -d1) }]
}

// Cboe, "Volatility index methodology" (2023), step 2: out of the money, outward from the forward until two strikes in a
// row have no bid.
function modelFreeOf(pairs: readonly Pair[], { forward, discount }: Terms): number {
  const below = pairs.filter(({ strike }) => strike <= forward)
  const middle = below.at(-1) ?? pairs[0]!
  const down = untilUnbid(below.slice(0, -1).reverse(), ({ put }) => put).reverse()
  const up = untilUnbid(pairs.slice(Math.max(1, below.length)), ({ call }) => call)
  const atMiddle = (OptionChain.mid(middle.call) + OptionChain.mid(middle.put)) / 2
  const strip = [...down, { strike: middle.strike, price: atMiddle }, ...up]
  const total = strip.reduce((sum, { strike, price }, i) => {
    const [before, after] = [strip[i - 1]?.strike ?? strike, strip[i + 1]?.strike ?? strike]
    const width = i === 0 || i === strip.length - 1 ? after - before : (after - before) / 2
    return sum + (width / strike ** 2) * price
  }, 0)
  return (2 * total) / discount - (forward / middle.strike - 1) ** 2
}

function untilUnbid(pairs: readonly Pair[], side: (pair: Pair) => parity.Quote) {
  const found: { readonly strike: number; readonly price: number }[] = []
  let unbid = 0
  for (const pair of pairs) {
    const quote = side(pair)
    unbid = quote.bid > 0 ? 0 : unbid + 1
    if (unbid === 2) break
    if (quote.bid > 0) found.push({ strike: pair.strike, price: OptionChain.mid(quote) })
  }
  return found
}
