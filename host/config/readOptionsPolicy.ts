import * as Posture from '@cutwater/core/ladder/Posture.ts'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import * as z from 'zod'
import { readYaml } from './readYaml.ts'

/**
 * An options policy from a YAML file: the published rules, with the keys that the file names put in their place.
 *
 * Throws `FILE_*`, `YAML_*` with line and path, or OPTIONS_POLICY_INVALID with the file where numbers do not fit together.
 */
export function readOptionsPolicy(file: string): OptionsPolicy.OptionsPolicy {
  const { value } = readYaml(file, schema)
  const policy = policyOf(value)
  try {
    OptionsPolicy.check(policy)
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
    throw new CutwaterError(error.code, error.message, { where: file, right: error.right, cause: error })
  }
  return policy
}

const number = z.number('a number')
const positive = number.min(0, 'a number, 0 or more')
const share = number.min(0, 'a share from 0 to 1').max(1, 'a share from 0 to 1')
const days = z.strictObject({ least: positive.optional(), most: positive.optional() })
const tier = z.enum(OptionsPolicy.tiers)
const byTier = z.strictObject({
  conservative: positive.optional(),
  balanced: positive.optional(),
  aggressive: positive.optional(),
})
const byLayer = z.strictObject({ near: positive, mid: positive, far: positive })

const schema = z.strictObject({
  posture: z.enum(Posture.names).default('balanced'),
  accountUsd: positive.optional(),
  condor: z
    .strictObject({
      style: z.enum(['delta', 'daily']).optional(),
      days: days.optional(),
      maxOpen: z.int('a whole number').min(1, 'a whole number, 1 or more').optional(),
      riskShare: share.optional(),
      shortDelta: share.optional(),
      wing: z.strictObject({ by: z.enum(['delta', 'points']), value: positive }).optional(),
      widen: positive.optional(),
      strikeStep: positive.optional(),
      tier: tier.optional(),
      credit: byTier.optional(),
      distance: byTier.optional(),
      edr: z
        .strictObject({ version: z.enum(['vix', 'blend']).optional(), multiplier: positive.optional() })
        .optional(),
      leastCredit: positive.optional(),
    })
    .optional(),
  gate: z
    .strictObject({
      on: z.boolean('true or false').optional(),
      allBelow: positive.optional(),
      noneFrom: positive.optional(),
      blocksAggressive: z.boolean('true or false').optional(),
      eventDays: positive.optional(),
      events: z.array(z.enum(['fomc', 'cpi', 'ppi', 'nfp'])).optional(),
    })
    .optional(),
  hedge: z
    .strictObject({
      on: z.boolean('true or false').optional(),
      instrument: z.enum(['calls', 'futures', 'etps']).optional(),
      sizing: z.enum(['contracts', 'premium']).optional(),
      perCondor: positive.optional(),
      tenorDays: byLayer.optional(),
      weeklies: z.boolean('true or false').optional(),
      strike: z
        .discriminatedUnion('by', [
          z.strictObject({ by: z.literal('delta'), value: share }),
          z.strictObject({ by: z.literal('points'), value: byLayer }),
        ])
        .optional(),
      activation: z.enum(['always', 'signal']).optional(),
      onAt: share.optional(),
      offBelow: share.optional(),
      roll: z.strictObject({ by: z.enum(['days', 'share']), value: positive }).optional(),
      tilts: z.boolean('true or false').optional(),
      gainRoll: z
        .strictObject({
          on: z.boolean('true or false').optional(),
          vixAbove: positive.optional(),
          gain: positive.optional(),
          share: share.optional(),
        })
        .optional(),
    })
    .optional(),
  shift: z
    .strictObject({
      on: z.boolean('true or false').optional(),
      trigger: z.enum(['either', 'both']).optional(),
      edrAbove: positive.optional(),
      vixAbove: positive.optional(),
      costMultiple: positive.optional(),
      days: days.optional(),
      maxShifts: positive.optional(),
      strikes: z.enum(['same', 'new']).optional(),
      leastCredit: number.optional(),
    })
    .optional(),
  press: z
    .strictObject({
      on: z.boolean('true or false').optional(),
      premium: positive.optional(),
      contango: positive.optional(),
      share: share.optional(),
    })
    .optional(),
  costs: z
    .strictObject({
      commission: z
        .strictObject({
          spx: positive.optional(),
          vix: positive.optional(),
          vixFuture: positive.optional(),
          share: positive.optional(),
        })
        .optional(),
      spreadPaid: z.strictObject({ single: share.optional(), condor: share.optional() }).optional(),
    })
    .optional(),
})

function policyOf({ posture, accountUsd, ...parts }: z.output<typeof schema>): OptionsPolicy.OptionsPolicy {
  const base =
    parts.condor?.style === 'daily'
      ? OptionsPolicy.daily(parts.condor.tier, posture)
      : OptionsPolicy.of(posture)
  const start = accountUsd === undefined ? {} : { startCents: Usd.fromDollars(accountUsd) }
  return { ...merged(base, parts), ...start }
}

/** The base with what was given in its place, key by key; lists and what has a `by` are replaced whole. */
function merged<Base extends object>(base: Base, given: object): Base {
  const result = Object.fromEntries(Object.entries(base))
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    const isNested = typeof value === 'object' && !Array.isArray(value) && !('by' in value)
    result[key] = isNested ? merged(result[key], value) : value
  }
  return result as Base
}
