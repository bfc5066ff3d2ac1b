import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { flagInvalid } from './numberOf.ts'

/** The time a flag was given; a clear error otherwise. */
export function timeOf(flag: string, text: string): UnixTime.UnixTime {
  const time = UnixTime.parse(text)
  if (time !== undefined) return time
  throw flagInvalid(flag, text, 'a UTC time, such as 2022-08-01T21:32:31Z, 2022-08-01 or 1659389551')
}
