import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** The whole number a flag was given, within its bounds; a clear error otherwise. */
export function numberOf(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw flagInvalid(flag, text, `a whole number from ${least} to ${most}`)
}

/** The same for a number with a fraction, such as `2.5` or `1e6`. */
export function decimalOf(flag: string, text: string, least: number, most: number): number {
  const value = /^\d+(?:\.\d+)?(?:e\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw flagInvalid(flag, text, `a number from ${least} to ${most}`)
}

export function flagInvalid(flag: string, value: string, right: string): CutwaterError {
  return new CutwaterError('FLAG_INVALID', `"${value}" does not fit`, { where: flag, right })
}
