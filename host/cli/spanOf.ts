import { day, hour, minute } from '@cutwater/core/units/UnixTime.ts'
import { flagInvalid } from './numberOf.ts'

/** The seconds of a span as a flag writes it, such as `90m`, `24h` or `7d`; a clear error otherwise. */
export function spanOf(flag: string, text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const seconds = Number(count) * (units[unit ?? ''] ?? Number.NaN)
  if (seconds > 0) return seconds
  throw flagInvalid(flag, text, 'a number above 0 with s, m, h or d, such as 24h')
}

const units: Readonly<Record<string, number>> = { s: 1, m: minute, h: hour, d: day }
