import type { Holdings } from '@cutwater/engine/plan/Holdings.ts'
import * as z from 'zod'
import { readYaml } from '../config/readYaml.ts'
import { count, date, positive } from './planSchemas.ts'

/**
 * What an account holds, from a YAML file: cash, condors by their four strikes, VIX calls by layer.
 *
 * Throws `FILE_*` or `YAML_*` with line and path.
 */
export function readHoldings(file: string): Holdings {
  const { cashUsd, condors, hedges, hedgedCondors } = readYaml(file, schema).value
  return {
    cashUsd,
    condors: condors.map(({ strikes, expiry, settles, contracts, credit, opened, shifts }) => {
      const [putWing, putShort, callShort, callWing] = strikes
      return {
        condor: { putWing, putShort, callShort, callWing, expiry, settles },
        contracts,
        credit,
        opened,
        shifts,
      }
    }),
    hedges,
    ...(hedgedCondors === undefined ? {} : { hedgedCondors }),
  }
}

const rising = 'four strikes that rise: put wing, short put, short call, call wing'

const schema = z.strictObject({
  cashUsd: z.number('dollars').min(0, 'dollars, 0 or more'),
  condors: z
    .array(
      z.strictObject({
        strikes: z
          .tuple([positive, positive, positive, positive], rising)
          .refine(([a, b, c, d]) => a < b && b < c && c < d, rising),
        expiry: date,
        settles: z.enum(['open', 'close']).default('open'),
        contracts: count,
        credit: z.number('dollars per share').min(0, 'dollars per share, 0 or more'),
        opened: date,
        shifts: z.int('a whole number').min(0, 'a whole number, 0 or more').default(0),
      }),
    )
    .default([]),
  hedges: z
    .array(
      z.strictObject({
        layer: z.enum(['near', 'mid', 'far']),
        strike: positive,
        expiry: date,
        quantity: count,
        cost: z.number('dollars per share').min(0, 'dollars per share, 0 or more'),
        opened: date,
      }),
    )
    .default([]),
  hedgedCondors: z.int('a whole number').min(0, 'a whole number, 0 or more').optional(),
})
