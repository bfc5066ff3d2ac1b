import * as Input from '../../finance/Input.ts'
import * as UnixTime from '../../units/UnixTime.ts'

/** Half of the distance between bid and ask of SPX options, as a power law in price and tenor. */
export type Parameters = {
  /** dollars for an option of a dollar with thirty days left on an index at 4,000: in January 2011, and since 2022 */
  readonly in2011: number
  readonly since2022: number
  readonly byPrice: number
  readonly byTenor: number
}

export type Quoted = {
  readonly date: UnixTime.UnixTime
  /** level of the index, points */
  readonly spot: number
  /** middle of the market, dollars */
  readonly mid: number
  readonly years: number
}

/**
 * Fitted to the quotes of eleven days, 2011-01-03 to 2023-09-14, out of the money and with a bid; `node
 * scripts/fitHalfSpread.ts` prints them with what they miss by delta and tenor.
 */
export const fitted: Parameters = { in2011: 0.595, since2022: 0.0773, byPrice: 0.388, byTenor: 0.211 }

/**
 * What it costs to trade an SPX option away from the middle of the market, dollars per unit.
 *
 * The options of a high index, of more days and of higher prices have wider markets. Markets narrowed between the two
 * times for which there are quotes; in between, the logarithm is taken to fall in a straight line, and before and after to
 * stay. Never less than half of the least step of a quote: 0.05 below $3, else 0.10 (Cboe Rule 5.4).
 *
 * @example
 * const put = { date: UnixTime.parse('2023-02-07'), spot: 4164, mid: 5.3, years: 30 / 365 }
 * halfSpread.spx(put, { in2011: 0.6, since2022: 0.08, byPrice: 0.4, byTenor: 0.2 }) // ≈ 0.159687
 * halfSpread.spx({ ...put, mid: 0.05 }) // ≈ 0.025
 */
export function spx({ date, spot, mid, years }: Quoted, parameters: Parameters = fitted): number {
  const { in2011, since2022, byPrice, byTenor } = parameters
  const share = Math.min(1, Math.max(0, (date - early) / (late - early)))
  const scale = Input.above(0, spot, 'spot') / 4_000
  const price = (Input.atLeast(0, mid, 'mid') / scale) ** byPrice
  const tenor = (Math.max(Input.atLeast(0, years, 'years') * 365, 1) / 30) ** byTenor
  return Math.max(tick(mid) / 2, in2011 ** (1 - share) * since2022 ** share * scale * price * tenor)
}

/**
 * The same of a VIX option: an assumption, as there are no quotes to fit. Two and a half cents, half of the least step below
 * $3, and 5% of the price: an option of $0.80 trades six and a half cents from its middle.
 *
 * @example
 * halfSpread.vix(0.8) // ≈ 0.065
 */
export function vix(mid: number): number {
  return tick(0) / 2 + vixShare * Input.atLeast(0, mid, 'mid')
}

const vixShare = 0.05
const early = UnixTime.parse('2011-01-05')!
const late = UnixTime.parse('2022-01-07')!

function tick(price: number): number {
  return price < 3 ? 0.05 : 0.1
}
