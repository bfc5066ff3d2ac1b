import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as z from 'zod'

// Parts of the two files that a plan reads: what is held, and the market of the day.

export const positive = z.number('a number above 0').gt(0, 'a number above 0')

export const count = z.int('a whole number').min(1, 'a whole number, 1 or more')

export const date = z
  .string('a date, such as 2024-01-19')
  .refine(
    (text) => /^\d{4}-\d\d-\d\d$/.test(text) && UnixTime.parse(text) !== undefined,
    'a date, such as 2024-01-19',
  )
  .transform((text) => UnixTime.parse(text)!)
