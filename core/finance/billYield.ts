import * as Input from './Input.ts'

/** The 13-week bill behind the quotes, days (31 CFR 356, appendix B). */
const billDays = 91

/**
 * The continuously compounded yield a year, of 365 days, of a bill quoted on a bank-discount basis, of 360 days:
 * `-ln(1 - d·91/360)·365/91` (31 CFR 356, appendix B, for the price; both rates as fractions).
 *
 * Throws FINANCE_INPUT_INVALID for a discount at which the price would not be above zero.
 *
 * @example
 * billYield.fromDiscount(0.0525) // ≈ 0.053586
 */
export function fromDiscount(discount: number): number {
  const taken = (Input.between(-1, 1, discount, 'discount') * billDays) / 360
  return (-Math.log1p(-taken) * 365) / billDays
}

/**
 * The same of a bond-equivalent (simple, 365 days) yield, as constant-maturity yields are quoted.
 *
 * @example
 * billYield.fromBondEquivalent(0.06) // ≈ 0.0595557
 */
export function fromBondEquivalent(yearly: number): number {
  return (Math.log1p((Input.between(-1, 1, yearly, 'yearly') * billDays) / 365) * 365) / billDays
}
