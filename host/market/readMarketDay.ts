import { indexNames, type MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import * as z from 'zod'
import { readYaml } from '../config/readYaml.ts'
import { date, positive } from './planSchemas.ts'

/**
 * The market of one day, from a YAML file: levels at the close, the bill's yield, and the VIX futures that are listed.
 *
 * Throws `FILE_*` or `YAML_*` with line and path.
 */
export function readMarketDay(file: string): MarketDay {
  const { value } = readYaml(file, schema)
  const futures = [...value.futures].sort((a, b) => a.expiry - b.expiry)
  return { ...value, futures, flags: [] }
}

const spread = 'a high at or above, and a low at or below, opening and close'

const bar = z
  .strictObject({ open: positive, high: positive, low: positive, close: positive })
  .refine(
    ({ open, high, low, close }) => Math.max(open, close) <= high && low <= Math.min(open, close),
    spread,
  )

const schema = z.strictObject({
  date,
  spx: bar,
  vix: bar,
  indices: z.partialRecord(z.enum(indexNames), positive).default({}),
  futures: z.array(z.strictObject({ expiry: date, settle: positive })).default([]),
  billYield: z
    .number('a yield per year, such as 0.05')
    .min(-0.05, 'a yield per year, such as 0.05')
    .max(0.5, 'a yield per year, such as 0.05'),
})
