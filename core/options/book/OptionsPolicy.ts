import type { PerLayer } from '../../ladder/Layer.ts'
import type * as Posture from '../../ladder/Posture.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import type { Usd } from '../../units/Usd.ts'
import * as Commission from '../costs/Commission.ts'
import type { MacroEvent } from '../market/MarketDay.ts'

/**
 * The method's rules as parameters. The published rule stands as the default; where the sources are silent or
 * contradict each other, the default is ours and docs/options.md says so.
 */
export type OptionsPolicy = {
  readonly posture: Posture.PostureName
  /** what the account starts with, cents */
  readonly startCents: Usd
  readonly condor: CondorPolicy
  readonly gate: GatePolicy
  readonly hedge: HedgePolicy
  readonly shift: ShiftPolicy
  readonly press: PressPolicy
  readonly costs: CostPolicy
}

export type CondorPolicy = {
  /** `delta`: strikes by delta on the monthly expiry; `daily`: the house rule, one day to expiry */
  readonly style: 'delta' | 'daily'
  /** days to expiry within which a condor is opened; for `daily` trading days, and only `most` counts */
  readonly days: { readonly least: number; readonly most: number }
  readonly maxOpen: number
  /** the most that one condor trade may lose, as a share of equity (R15) */
  readonly riskShare: number
  readonly shortDelta: number
  readonly wing: { readonly by: 'delta' | 'points'; readonly value: number }
  /** how much further the wings go at the highest rank of time value: 1 doubles points, halves delta */
  readonly widen: number
  /** points between listed strikes */
  readonly strikeStep: number
  readonly tier: Tier
  /** credit that strikes are moved for, dollars per share, by tier (R9) */
  readonly credit: Readonly<Record<Tier, number>>
  /** first distance of the short strikes, in expected daily ranges, by tier (R10) */
  readonly distance: Readonly<Record<Tier, number>>
  readonly edr: EdrPolicy
  /** no condor for less, dollars per share (R14) */
  readonly leastCredit: number
}

export type Tier = 'conservative' | 'balanced' | 'aggressive'

export const tiers: readonly Tier[] = ['conservative', 'balanced', 'aggressive']

export type EdrPolicy = {
  /** `vix`: VIX over the root of 252 (R12b); `blend`: R12 taken as yearly percent, over the same root */
  readonly version: 'vix' | 'blend'
  /** of R12, 0.8 to 2 by regime; no source maps regimes to it */
  readonly multiplier: number
}

export type GatePolicy = {
  readonly on: boolean
  /** every tier is open below this VIX, points (R13) */
  readonly allBelow: number
  /** no new condors at this VIX or above, points (R13) */
  readonly noneFrom: number
  /** whether the aggressive tier is shut between the two: sources contradict each other */
  readonly blocksAggressive: boolean
  /** no new condor when one of `events` falls within so many days after the entry and before expiry; 0 for no such gate */
  readonly eventDays: number
  readonly events: readonly MacroEvent['kind'][]
}

export type HedgePolicy = {
  readonly on: boolean
  readonly instrument: 'calls' | 'futures' | 'etps'
  /** `contracts`: the weights share out ten calls per ten condors; `premium`: they share out what those ten cost */
  readonly sizing: 'contracts' | 'premium'
  /** hedge contracts per condor: 1 is 4/4/2 per 10 (R3) */
  readonly perCondor: number
  /** days to expiry of each layer (R2) */
  readonly tenorDays: PerLayer<number>
  /** whether calls of weekly expiries, listed since October 2015, count as well; their futures are not on record */
  readonly weeklies: boolean
  readonly strike:
    | { readonly by: 'delta'; readonly value: number }
    | { readonly by: 'points'; readonly value: PerLayer<number> }
  /** `always`: R6; `signal`: a layer is on while its stress is high */
  readonly activation: 'always' | 'signal'
  /** stress at which a layer is opened, and below which it is closed, where activation is by signal */
  readonly onAt: number
  readonly offBelow: number
  /** when a layer is rolled: at so many days left, or at a share of its first life */
  readonly roll: { readonly by: 'days' | 'share'; readonly value: number }
  /** whether stress tilts the weights, or they stay 4/4/2 */
  readonly tilts: boolean
  readonly gainRoll: GainRollPolicy
}

/** Gains of the near layer rolled into the longer ones (R18). */
export type GainRollPolicy = {
  readonly on: boolean
  /** VIX above which it may happen, points */
  readonly vixAbove: number
  /** gain over cost from which it happens: 1.5 is 150% */
  readonly gain: number
  /** share of the gain that goes into the longer layers */
  readonly share: number
}

/** A threatened condor rolled in time (R17). */
export type ShiftPolicy = {
  readonly on: boolean
  /** which of the two triggers must be met: sources contradict each other */
  readonly trigger: 'either' | 'both'
  /** expected daily range above which it may happen, a fraction */
  readonly edrAbove: number
  /** VIX above which it may happen, points */
  readonly vixAbove: number
  /** a condor is threatened when a short strike is passed, or when closing costs this many times its credit */
  readonly costMultiple: number
  /** how far expiry may move, days; trading days for `daily` condors */
  readonly days: { readonly least: number; readonly most: number }
  readonly maxShifts: number
  /** `same`: the strikes stay, the only way to a credit without more size; `new`: the entry rule again */
  readonly strikes: 'same' | 'new'
  /** the least net credit, dollars per share; else the loss is taken */
  readonly leastCredit: number
}

/** The "cash press": time value sold into steep contango pays for the far layer. */
export type PressPolicy = {
  readonly on: boolean
  /** front future over realised volatility of 30 days, less 1 */
  readonly premium: number
  /** second future over the front one, less 1 */
  readonly contango: number
  /** share of a condor's credit that buys far calls */
  readonly share: number
}

export type CostPolicy = {
  /** dollars per contract, each way */
  readonly commission: Commission.Commission & { readonly share: number }
  /** share of the half-spread that is paid: by an order of one leg, by a condor's four */
  readonly spreadPaid: { readonly single: number; readonly condor: number }
}

/**
 * The published rules under a posture: monthly condors with gate, ladder and both time shifts.
 *
 * @example
 * OptionsPolicy.of('balanced').hedge.tenorDays // { near: 30, mid: 110, far: 220 }
 */
export function of(posture: Posture.PostureName = 'balanced'): OptionsPolicy {
  return { ...canonical, posture, condor: { ...canonical.condor, ...manners[posture] } }
}

/**
 * The same for the house rule of one day to expiry: wings of five points, credit by tier, shifts of one to seven days.
 *
 * @example
 * OptionsPolicy.daily('conservative').condor.credit.conservative // 0.7
 */
export function daily(tier: Tier = 'conservative', posture: Posture.PostureName = 'balanced'): OptionsPolicy {
  const { condor, shift } = canonical
  return {
    ...canonical,
    posture,
    condor: {
      ...condor,
      style: 'daily',
      days: { least: 1, most: 1 },
      maxOpen: 1,
      wing: { by: 'points', value: 5 },
      tier,
    },
    shift: { ...shift, days: { least: 1, most: 7 } },
  }
}

/** Passes a policy whose numbers make sense together; throws OPTIONS_POLICY_INVALID with the key otherwise. */
export function check({ startCents, condor, gate, hedge, shift, costs }: OptionsPolicy): void {
  need(Number.isSafeInteger(startCents) && startCents > 0, 'startCents', startCents, 'whole cents above 0')
  need(
    isShare(condor.riskShare) && condor.riskShare > 0,
    'condor.riskShare',
    condor.riskShare,
    'above 0, at most 1',
  )
  need(
    isBetween(condor.days),
    'condor.days',
    `${condor.days.least} to ${condor.days.most}`,
    '0 < least <= most',
  )
  need(
    condor.shortDelta > 0 && condor.shortDelta < 0.5,
    'condor.shortDelta',
    condor.shortDelta,
    'between 0 and 0.5',
  )
  const wing =
    condor.wing.by === 'points'
      ? condor.wing.value > 0
      : condor.wing.value > 0 && condor.wing.value < condor.shortDelta
  need(wing, 'condor.wing', condor.wing.value, 'points above 0, or a delta below that of the short strike')
  need(condor.strikeStep > 0, 'condor.strikeStep', condor.strikeStep, 'points above 0')
  need(gate.allBelow <= gate.noneFrom, 'gate.allBelow', gate.allBelow, 'at most gate.noneFrom')
  need(hedge.perCondor >= 0, 'hedge.perCondor', hedge.perCondor, '0 or more')
  need(
    shift.maxShifts >= 0 && isBetween(shift.days),
    'shift.days',
    `${shift.days.least} to ${shift.days.most}`,
    '0 < least <= most',
  )
  for (const [name, paid] of Object.entries(costs.spreadPaid))
    need(isShare(paid), `costs.spreadPaid.${name}`, paid, '0 to 1: no fill is outside of the quote')
}

const canonical: OptionsPolicy = {
  posture: 'balanced',
  startCents: 1_000_000_00,
  condor: {
    style: 'delta',
    days: { least: 30, most: 45 },
    maxOpen: 2,
    riskShare: 0.1,
    shortDelta: 0.16,
    wing: { by: 'delta', value: 0.05 },
    widen: 0,
    strikeStep: 5,
    tier: 'conservative',
    credit: { conservative: 0.7, balanced: 1.15, aggressive: 1.6 },
    distance: { conservative: 1.4, balanced: 1.1, aggressive: 0.85 },
    edr: { version: 'vix', multiplier: 1 },
    leastCredit: 0.3,
  },
  gate: {
    on: true,
    allBelow: 15,
    noneFrom: 20,
    blocksAggressive: true,
    eventDays: 0,
    events: ['fomc', 'cpi', 'ppi'],
  },
  hedge: {
    on: true,
    instrument: 'calls',
    sizing: 'contracts',
    perCondor: 1,
    tenorDays: { near: 30, mid: 110, far: 220 },
    weeklies: false,
    strike: { by: 'delta', value: 0.5 },
    activation: 'always',
    onAt: 0.6,
    offBelow: 0.4,
    roll: { by: 'share', value: 0.5 },
    tilts: false,
    gainRoll: { on: true, vixAbove: 16, gain: 1.5, share: 1 },
  },
  shift: {
    on: true,
    trigger: 'either',
    edrAbove: 0.0094,
    vixAbove: 16,
    costMultiple: 2,
    days: { least: 7, most: 45 },
    maxShifts: 3,
    strikes: 'same',
    leastCredit: 0,
  },
  press: { on: false, premium: 0.18, contango: 0.12, share: 0.25 },
  // What is paid of the spread by one leg and by four is
  // as measured at github.com/FLOX-Foundation/flox, pull request 357.
  costs: {
    commission: { ...Commission.usual, share: 0.005 },
    spreadPaid: { single: 0.75, condor: 0.56 },
  },
}

// The steward respects the skew: wings by delta, wider when time value is dear. The promoter sells one standard
// deviation on both sides with the same points.
const manners: Readonly<Record<Posture.PostureName, Partial<CondorPolicy>>> = {
  steward: { shortDelta: 0.12, wing: { by: 'delta', value: 0.04 }, widen: 0.5 },
  balanced: {},
  promoter: { shortDelta: 0.16, wing: { by: 'points', value: 50 } },
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1
}

function isBetween({ least, most }: { readonly least: number; readonly most: number }): boolean {
  return least > 0 && least <= most && most < 1000
}

function need(isSo: boolean, where: string, value: number | string, right: string): void {
  if (!isSo) throw new CutwaterError('OPTIONS_POLICY_INVALID', `it is ${value}`, { where, right })
}
