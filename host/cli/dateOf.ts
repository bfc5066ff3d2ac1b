import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { flagInvalid } from './numberOf.ts'

/** The date a flag was given, 00:00 UTC; FLAG_INVALID for anything else, undefined for a flag that was not given. */
export function dateOf(flag: string, text: string | undefined): UnixTime.UnixTime | undefined {
  if (text === undefined) return undefined
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? UnixTime.parse(text) : undefined
  if (time !== undefined) return time
  throw flagInvalid(flag, text, 'a date, such as 2020-03-16')
}
