import * as Input from '../../finance/Input.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'

/** A bid and an ask, dollars per unit: the bid is 0 or more, the ask not below it. */
export type Quote = { readonly bid: number; readonly ask: number }

/** The call and the put of one strike and expiry, points and dollars per unit. */
export type Pair = { readonly strike: number; readonly call: Quote; readonly put: Quote }

export type Fit = {
  /** points */
  readonly forward: number
  /** what a dollar at expiry is worth now */
  readonly discount: number
  /** how far calls less puts lie from the line, dollars, as their spreads weigh them (root mean square) */
  readonly residual: number
  /** how many pairs were used: those with a bid on both sides */
  readonly pairs: number
}

/** The two rates of a market at an expiry, and what all legs of a trade cost, dollars per unit, 0 or more. */
export type Market = { readonly forward: number; readonly discount: number; readonly costs: number }

/**
 * The forward and the discount that a chain's own prices hold: European calls less puts are `discount · (F − K)`, a line in
 * the strike (Stoll, Journal of Finance 24, 1969), laid through the middles by least squares, each pair weighted by the
 * inverse square of its spreads.
 *
 * Over days the slope of that line is lost in the spreads: with `discount` given, only the forward is fitted. Throws
 * PARITY_PAIRS_INVALID without two strikes (one, where the discount is given) that have a bid on both sides, for quotes
 * that cross or are no numbers, and for pairs that no discount above 0 explains.
 *
 * @example
 * const pairs = [
 *   { strike: 4400, call: { bid: 120, ask: 121 }, put: { bid: 68.5, ask: 69.5 } },
 *   { strike: 4500, call: { bid: 60, ask: 61 }, put: { bid: 107.5, ask: 108.5 } },
 * ]
 * parity.fit(pairs).forward // ≈ 4452.02
 * parity.fit(pairs).discount // ≈ 0.99
 * parity.fit(pairs, 0.995) // ≈ { forward: 4452.01, discount: 0.995, residual: 0.25, pairs: 2 }
 */
export function fit(pairs: readonly Pair[], discount?: number): Fit {
  const points = pairs.map(pointOf).filter(({ isQuoted }) => isQuoted)
  if (points.length < (discount === undefined ? 2 : 1)) throw tooFew(points.length)
  const weight = sum(points, ({ weight }) => weight)
  const strike = sum(points, (point) => point.weight * point.strike) / weight
  const spread = sum(points, (point) => point.weight * point.spread) / weight
  const slope =
    discount === undefined ? slopeOf(points, strike, spread) : -Input.above(0, discount, 'discount')
  if (!(slope < 0)) throw unexplained(-slope)
  const missed = sum(points, (point) => {
    return point.weight * (point.spread - spread - slope * (point.strike - strike)) ** 2
  })
  return {
    forward: Input.above(0, strike - spread / slope, 'forward'),
    discount: Input.result(-slope, 'discount'),
    residual: Input.result(Math.sqrt(missed / weight), 'residual'),
    pairs: points.length,
  }
}

/**
 * What is left of a conversion or a reversal after spreads and costs, dollars per unit; 0 where they eat it.
 *
 * Positive: buy the forward and the put, sell the call (a conversion). Negative: the other way (a reversal). The trade is
 * worth that much now whatever happens until expiry.
 *
 * @example
 * const pair = { strike: 4400, call: { bid: 122, ask: 123 }, put: { bid: 67, ask: 68 } }
 * parity.conversionGap(pair, { forward: 4452, discount: 0.99, costs: 0.5 }) // ≈ 2.02
 * parity.conversionGap(pair, { forward: 4452, discount: 0.99, costs: 3 }) // 0
 */
export function conversionGap({ strike, call, put }: Pair, { forward, discount, costs }: Market): number {
  const fair = Input.above(0, discount, 'discount') * (Input.above(0, forward, 'forward') - strike)
  const { bid, ask } = synthetic(call, put)
  return gap(fair, bid, ask, costs)
}

/**
 * What is left of a box of two strikes after spreads and costs, dollars per unit; 0 where they eat it.
 *
 * A box pays the distance of its strikes at expiry. Negative: it can be bought below what that is worth now; positive: it
 * can be sold above. It needs no forward, so it tests the discount alone.
 *
 * @example
 * const low = { strike: 4400, call: { bid: 120, ask: 121 }, put: { bid: 68.5, ask: 69.5 } }
 * const high = { strike: 4500, call: { bid: 58, ask: 58.5 }, put: { bid: 109.5, ask: 110 } }
 * parity.boxGap(low, high, { discount: 0.99, costs: 0.5 }) // ≈ 2
 */
export function boxGap(low: Pair, high: Pair, { discount, costs }: Omit<Market, 'forward'>): number {
  if (!(high.strike > low.strike)) throw upsideDown(low.strike, high.strike)
  const fair = Input.above(0, discount, 'discount') * (high.strike - low.strike)
  const [bought, sold] = [synthetic(low.call, low.put), synthetic(high.call, high.put)]
  return gap(fair, bought.bid - sold.ask, bought.ask - sold.bid, costs)
}

type Point = {
  readonly strike: number
  readonly spread: number
  readonly weight: number
  readonly isQuoted: boolean
}

// A call less a put, which is a forward bought at the strike.
function synthetic(call: Quote, put: Quote): Quote {
  return { bid: checked(call).bid - checked(put).ask, ask: call.ask - put.bid }
}

function gap(fair: number, bid: number, ask: number, costs: number): number {
  Input.atLeast(0, costs, 'costs')
  if (bid - costs > fair) return Input.result(bid - costs - fair, 'gap')
  if (ask + costs < fair) return Input.result(ask + costs - fair, 'gap')
  return 0
}

function pointOf({ strike, call, put }: Pair): Point {
  const { bid, ask } = synthetic(call, put)
  // Half a cent each way where a quote has no spread, so that it weighs much and not all.
  const width = Math.max(ask - bid, 0.01)
  return {
    strike: Input.above(0, strike, 'strike'),
    spread: (bid + ask) / 2,
    weight: 1 / (width * width),
    isQuoted: call.bid > 0 && put.bid > 0,
  }
}

function slopeOf(points: readonly Point[], strike: number, spread: number): number {
  const across = sum(points, (point) => point.weight * (point.strike - strike) ** 2)
  const along = sum(points, (point) => point.weight * (point.strike - strike) * (point.spread - spread))
  return along / across
}

function sum(points: readonly Point[], of: (point: Point) => number): number {
  let total = 0
  for (const point of points) total += of(point)
  return total
}

function checked(quote: Quote): Quote {
  if (quote.bid >= 0 && quote.ask >= quote.bid && quote.ask < Number.POSITIVE_INFINITY) return quote
  throw pairsInvalid(
    `a quote is ${quote.bid} bid, ${quote.ask} ask`,
    'a bid of 0 or more, and an ask not below it',
  )
}

function tooFew(count: number): CutwaterError {
  return pairsInvalid(
    `${count} strikes have a bid for both call and put`,
    'two of them, or one and the discount',
  )
}

function unexplained(discount: number): CutwaterError {
  return pairsInvalid(
    `calls less puts give a discount of ${discount}`,
    'quotes of two strikes or more, of one moment',
  )
}

function upsideDown(low: number, high: number): CutwaterError {
  return pairsInvalid(`the box is from ${low} to ${high}`, 'a lower strike first')
}

function pairsInvalid(what: string, right: string): CutwaterError {
  return new CutwaterError('PARITY_PAIRS_INVALID', what, { right })
}
