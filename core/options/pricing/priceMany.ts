import { CutwaterError } from '../../units/CutwaterError.ts'
import * as NormalTable from './NormalTable.ts'

/** Options side by side, one place each in arrays of one length; units as in `Black76.Option`. */
export type Batch = {
  /** 0 for a call, 1 for a put */
  readonly puts: Uint8Array
  readonly forwards: Float64Array
  readonly strikes: Float64Array
  readonly years: Float64Array
  readonly volatilities: Float64Array
  readonly discounts: Float64Array
}

/** As many as fit the fastest cache along with their inputs. */
const chunk = 256

/**
 * The prices of many options, dollars per unit, written into `out`: Black's formula, to 1e-15 of the larger of forward and
 * strike. `Black76.price` is exact relative to the price itself, and some ten times slower.
 *
 * Throws PRICE_BATCH_INVALID, with the place, for arrays of different lengths and for what no option has; `out` is then
 * partly written.
 *
 * @example
 * const one = (value) => Float64Array.of(value)
 * const terms = { years: one(0.75), volatilities: one(0.28), discounts: one(Math.exp(-0.075)) }
 * priceMany({ puts: Uint8Array.of(1), forwards: one(19), strikes: one(19), ...terms })[0] // ≈ 1.70105
 */
export function priceMany(batch: Batch, out = new Float64Array(batch.puts.length)): Float64Array {
  checkLengths(batch, out)
  const room = Math.min(chunk, out.length)
  const scratch = { first: new Float64Array(room), second: new Float64Array(room) }
  for (let from = 0; from < out.length; from += chunk) {
    const count = Math.min(chunk, out.length - from)

    const invalid = takeTerms(batch, from, count, scratch)
    if (invalid >= 0) throw invalidAt(batch, invalid)
    takeLogs(count, scratch)
    takeForwards(batch, from, count, scratch)
    takeStrikes(batch, from, count, scratch, out)
    const infinite = findInvalid(batch, from, count, out)
    if (infinite >= 0) throw invalidAt(batch, infinite)
  }
  return out
}

type Scratch = { readonly first: Float64Array; readonly second: Float64Array }

// Four short loops run twice as fast as one long one: nothing is spilled around the logarithm, and no call is left over.

// first: F/K, second: s = σ√T. Returns the first place that holds what no option has, −1 where there is none.
function takeTerms(batch: Batch, from: number, count: number, { first, second }: Scratch): number {
  const { forwards, strikes, years, volatilities } = batch
  for (let i = 0; i < count; i++) {
    const forward = forwards[from + i]!
    const strike = strikes[from + i]!
    const volatility = volatilities[from + i]!
    const s = volatility * Math.sqrt(years[from + i]!)
    if (!(forward > 0 && strike > 0 && strike < Number.POSITIVE_INFINITY && volatility >= 0 && s >= 0))
      return from + i
    first[i] = forward / strike
    // Without volatility the quotient below is ±∞, or 0 at the strike.
    second[i] = Math.max(s, Number.MIN_VALUE)
  }
  return -1
}

function takeLogs(count: number, { first }: Scratch): void {
  for (let i = 0; i < count; i++) first[i] = Math.log(first[i]!)
}

// first: F N(d₁), second: d₂
function takeForwards({ forwards }: Batch, from: number, count: number, { first, second }: Scratch): void {
  for (let i = 0; i < count; i++) {
    const s = second[i]!
    const d1 = first[i]! / s + 0.5 * s
    first[i] = forwards[from + i]! * NormalTable.cdf(d1)
    second[i] = d1 - s
  }
}

// A put is a call less the forward plus the strike.
function takeStrikes(batch: Batch, from: number, count: number, scratch: Scratch, out: Float64Array): void {
  const { puts, forwards, strikes, discounts } = batch
  const { first, second } = scratch
  for (let i = 0; i < count; i++) {
    const strike = strikes[from + i]!
    const call = first[i]! - strike * NormalTable.cdf(second[i]!)
    const value = call - puts[from + i]! * (forwards[from + i]! - strike)
    out[from + i] = Math.max(0, value) * discounts[from + i]!
  }
}

// What no option has and the terms do not show: infinite numbers make an infinite price, or none.
function findInvalid({ puts, discounts }: Batch, from: number, count: number, out: Float64Array): number {
  for (let i = from; i < from + count; i++)
    if (!(out[i]! < Number.POSITIVE_INFINITY && discounts[i]! > 0 && puts[i]! < 2)) return i
  return -1
}

function checkLengths(batch: Batch, out: Float64Array): void {
  for (const [name, { length }] of Object.entries({ ...batch, out }))
    if (length !== batch.puts.length)
      throw new CutwaterError('PRICE_BATCH_INVALID', `${name} holds ${length} places`, {
        right: `${batch.puts.length}, as puts does`,
      })
}

function invalidAt(batch: Batch, index: number): CutwaterError {
  const values = Object.entries(batch).map(([name, array]) => `${name} ${array[index]}`)
  return new CutwaterError('PRICE_BATCH_INVALID', values.join(', '), {
    where: `option ${index}`,
    right:
      '0 or 1 for puts, forward, strike and discount above 0, years and volatility 0 or more, all finite',
  })
}
