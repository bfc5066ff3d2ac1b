import { day, hour, year } from '../../units/UnixTime.ts'

/** Numbers the signals need and no feed gives, each with its unit and source. */
export const assumptions = {
  /** share lost when a bridge fails */
  lossGivenFailure: 0.49,
  /** how long a redemption takes: the horizon of a discount in the pool, seconds */
  pegHorizonSeconds: day,
  /** the same for the queue of claims, for cover, and for the bond */
  queueHorizonSeconds: 7 * day,
  coverHorizonSeconds: 90 * day,
  bondHorizonSeconds: year,
  /** the pool's own fee, share of the amount */
  poolFee: 0.003,
  /** the amount on which gas is spread, dollars */
  typicalUsd: 10_000,
  /** half-lives of what protects, seconds */
  auditHalfLife: year,
  keyHalfLife: year / 2,
  drillHalfLife: year / 4,
  codeHalfLife: year / 2,
  /** what is left of protection when code has changed since anybody read it, share */
  unreadCode: 0.25,
  /** how long before a dated event the hedge ramps, seconds */
  rampSeconds: 72 * hour,
  /** growth of premiums and fees for ever, per year */
  longGrowth: 0.02,
} as const

/** Where each comes from; an assumption is called one. */
export const sources: readonly {
  readonly name: keyof typeof assumptions
  readonly unit: string
  readonly source: string
}[] = [
  {
    name: 'lossGivenFailure',
    unit: 'share',
    source:
      'mean loss ÷ value locked of the six public incidents where both are known (1.00, 0.64, 0.61, 0.47, 0.17, 0.07)',
  },
  { name: 'pegHorizonSeconds', unit: 's', source: 'p90 of honest latency on the recorded bridge is 23 h' },
  {
    name: 'queueHorizonSeconds',
    unit: 's',
    source: 'assumption: a week to work off a queue; range 3–14 days',
  },
  { name: 'coverHorizonSeconds', unit: 's', source: 'a tranche of Nexus Mutual is 91 days' },
  { name: 'bondHorizonSeconds', unit: 's', source: 'bond yields are quoted per year' },
  { name: 'poolFee', unit: 'share', source: 'Uniswap v2: 0.3%' },
  {
    name: 'typicalUsd',
    unit: 'USD',
    source: 'assumption: between the median ($1.1k) and p90 ($86k) of honest transfers',
  },
  {
    name: 'auditHalfLife',
    unit: 's',
    source: 'assumption: code and its surroundings change within a year; range 0.5–2 years',
  },
  { name: 'keyHalfLife', unit: 's', source: 'assumption: half a year; range 0.25–1 year' },
  {
    name: 'drillHalfLife',
    unit: 's',
    source: 'assumption: people and telephones change within a quarter; range 30–180 days',
  },
  {
    name: 'codeHalfLife',
    unit: 's',
    source: 'assumption: half a year since anybody read the running code; range 0.25–1 year',
  },
  {
    name: 'unreadCode',
    unit: 'share',
    source: 'assumption: as if the audit were two half-lives old; range 0–0.5',
  },
  { name: 'rampSeconds', unit: 's', source: 'assumption: three days; a usual timelock is two' },
  {
    name: 'longGrowth',
    unit: 'per year',
    source: 'assumption: no faster than long-run inflation; range 0–3%',
  },
]
