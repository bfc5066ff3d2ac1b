/**
 * US dollars as a whole number of cents in a double, exact up to 90 trillion dollars.
 *
 * Token amounts stay `bigint`; a dollar value is an estimate by a price, so cents are finer than any price
 * feed, and whole cents add without error (docs/decisions/0002-dollars-are-whole-cents.md).
 */
export type Usd = number

export const zero: Usd = 0

/**
 * The value of a raw token amount at a price, rounded up to the cent: what is not nothing is never worth zero.
 *
 * @param amount raw token units
 * @param centsPerUnit cents per raw unit, see `centsPerUnit`
 *
 * @example
 * Usd.ofUnits(13_000_000, Usd.centsPerUnit(1.0003, 6)) // 1301
 * Usd.ofUnits(1, Usd.centsPerUnit(1, 18)) // 1
 */
export function ofUnits(amount: number, centsPerUnit: number): Usd {
  const cents = amount * centsPerUnit
  return Math.ceil(cents - cents * slack)
}

/**
 * Cents per raw unit of a token with `decimals` at `price` dollars.
 *
 * @example
 * Usd.centsPerUnit(1, 6) // 0.0001
 */
export function centsPerUnit(price: number, decimals: number): number {
  return (price * 100) / 10 ** decimals
}

/** Whole cents nearest to `dollars`; half a cent goes up. */
export function fromDollars(dollars: number): Usd {
  // Adding zero turns the -0 of a negative fraction of a cent into 0.
  return Math.round(dollars * 100) + 0
}

/** Dollars with two decimals, as a number: for JSON and charts. */
export function toDollars(usd: Usd): number {
  return usd / 100
}

/**
 * Dollars as a person writes them, to the precision that is worth reading.
 *
 * @example
 * Usd.format(15957768491) // '$159.58M'
 * Usd.format(1301) // '$13.01'
 * Usd.format(99999999) // '$1.00M'
 */
export function format(usd: Usd): string {
  const sign = usd < 0 ? '-' : ''
  const dollars = Math.abs(usd) / 100
  // Each step begins where the one below would round up to a thousand.
  if (dollars >= 999.995e9) return `${sign}$${(dollars / 1e12).toFixed(2)}T`
  if (dollars >= 999.995e6) return `${sign}$${(dollars / 1e9).toFixed(2)}B`
  if (dollars >= 999.95e3) return `${sign}$${(dollars / 1e6).toFixed(2)}M`
  if (dollars >= 1e4) return `${sign}$${(dollars / 1e3).toFixed(1)}k`
  return `${sign}$${dollars.toFixed(2)}`
}

// A product that is a whole number of cents may come out a few units in the last place above it, and without
// this slack a cent would be added to it. Five roundings lead there (the amount, the price, its cents, the
// division by decimals, the product), each by at most half an epsilon; relative, so that dust stays above zero.
const slack = 4 * Number.EPSILON
