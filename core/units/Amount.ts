import { CutwaterError } from './CutwaterError.ts'

/** An exact amount of one token: `raw` is the whole number the contract keeps, `raw / 10^decimals` whole tokens. */
export type Amount = { readonly raw: bigint; readonly decimals: number }

/**
 * An amount of `raw` units of a token with `decimals`.
 *
 * Throws AMOUNT_DECIMALS_INVALID unless `decimals` is a whole number from 0 to 255, the range of ERC-20.
 *
 * @example
 * Amount.of(13_000_000n, 6) // { raw: 13000000n, decimals: 6 }
 */
export function of(raw: bigint, decimals: number): Amount {
  checkDecimals(decimals)
  return { raw, decimals }
}

/**
 * Reads whole tokens written as decimal text, without rounding.
 *
 * Throws AMOUNT_MALFORMED for anything but digits with an optional sign and point, and AMOUNT_TOO_FINE where
 * the text says more than `decimals` can hold.
 *
 * @param where path and line of the text, for the error
 *
 * @example
 * Amount.parse('13.5', 6) // { raw: 13500000n, decimals: 6 }
 * Amount.parse('0.000000000000000001', 18) // { raw: 1n, decimals: 18 }
 * Amount.parse('1e3', 6) // throws AMOUNT_MALFORMED
 * Amount.parse('0.0000001', 6) // throws AMOUNT_TOO_FINE
 */
export function parse(text: string, decimals: number, where?: string): Amount {
  checkDecimals(decimals)
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw malformed(text, where)
  const [, sign, whole, fraction = ''] = match
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  if (/[1-9]/.test(fraction.slice(decimals))) throw tooFine(text, decimals, where)
  const magnitude = BigInt(whole + kept)
  return { raw: sign ? -magnitude : magnitude, decimals }
}

/**
 * Whole tokens as decimal text, exact and without trailing zeros.
 *
 * @example
 * Amount.format({ raw: 13500000n, decimals: 6 }) // '13.5'
 * Amount.format({ raw: -1n, decimals: 6 }) // '-0.000001'
 */
export function format({ raw, decimals }: Amount): string {
  const digits = String(raw < 0n ? -raw : raw).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const fraction = digits.slice(point).replace(/0+$/, '')
  return `${raw < 0n ? '-' : ''}${digits.slice(0, point)}${fraction && `.${fraction}`}`
}

/**
 * The exact sum, in the finer of the two decimals.
 *
 * @example
 * Amount.add({ raw: 15n, decimals: 1 }, { raw: 25n, decimals: 2 }) // { raw: 175n, decimals: 2 }
 */
export function add(a: Amount, b: Amount): Amount {
  const decimals = Math.max(a.decimals, b.decimals)
  return { raw: rawAt(a, decimals) + rawAt(b, decimals), decimals }
}

/**
 * The exact difference `a - b`, in the finer of the two decimals; negative where `b` is more.
 *
 * @example
 * Amount.subtract({ raw: 15n, decimals: 1 }, { raw: 25n, decimals: 2 }) // { raw: 125n, decimals: 2 }
 */
export function subtract(a: Amount, b: Amount): Amount {
  const decimals = Math.max(a.decimals, b.decimals)
  return { raw: rawAt(a, decimals) - rawAt(b, decimals), decimals }
}

/**
 * Negative where `a` is less than `b`, 0 where they are the same amount, positive where it is more.
 *
 * @example
 * Amount.compare({ raw: 15n, decimals: 1 }, { raw: 150n, decimals: 2 }) // 0
 */
export function compare(a: Amount, b: Amount): number {
  const decimals = Math.max(a.decimals, b.decimals)
  const left = rawAt(a, decimals)
  const right = rawAt(b, decimals)
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * The same amount with other decimals, as for a token that has 6 on one chain and 18 on another.
 *
 * Throws AMOUNT_TOO_FINE where the new decimals cannot hold it exactly: nothing is ever rounded away.
 *
 * @example
 * Amount.rescale({ raw: 15n, decimals: 1 }, 3) // { raw: 1500n, decimals: 3 }
 * Amount.rescale({ raw: 1500n, decimals: 3 }, 1) // { raw: 15n, decimals: 1 }
 * Amount.rescale({ raw: 1501n, decimals: 3 }, 1) // throws AMOUNT_TOO_FINE
 */
export function rescale(amount: Amount, decimals: number): Amount {
  checkDecimals(decimals)
  if (decimals >= amount.decimals) return { raw: rawAt(amount, decimals), decimals }
  const divisor = 10n ** BigInt(amount.decimals - decimals)
  if (amount.raw % divisor !== 0n) throw tooFine(format(amount), decimals)
  return { raw: amount.raw / divisor, decimals }
}

/** Raw units at decimals at least as fine as the amount's own. */
function rawAt({ raw, decimals }: Amount, finer: number): bigint {
  return finer === decimals ? raw : raw * 10n ** BigInt(finer - decimals)
}

function checkDecimals(decimals: number): void {
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= 255) return
  throw new CutwaterError('AMOUNT_DECIMALS_INVALID', `a token cannot have ${decimals} decimals`, {
    right: 'a whole number from 0 to 255',
  })
}

function malformed(text: string, where?: string): CutwaterError {
  return new CutwaterError('AMOUNT_MALFORMED', `${quote(text)} is not an amount`, {
    where,
    right: 'digits with at most one point, such as 13.5',
  })
}

function tooFine(text: string, decimals: number, where?: string): CutwaterError {
  return new CutwaterError('AMOUNT_TOO_FINE', `${quote(text)} is finer than ${decimals} decimals can hold`, {
    where,
    right: `at most ${decimals} digits after the point`,
  })
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
