import type { Action } from '../../ladder/Decision.ts'
import * as Layer from '../../ladder/Layer.ts'
import * as Posture from '../../ladder/Posture.ts'
import * as Ratchet from '../../ladder/Ratchet.ts'
import type { Weights } from '../../ladder/Weights.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import * as Account from '../account/Account.ts'
import type { Condor } from '../condor/Condor.ts'
import type { Lot } from '../hedge/Lot.ts'
import * as OptionsPolicy from './OptionsPolicy.ts'

/** Everything known about an options book: a fold of days, changed in place by `step` and by nothing else. */
export type OptionsBook = {
  readonly policy: OptionsPolicy.OptionsPolicy
  readonly posture: Posture.Posture
  readonly account: Account.Account
  readonly trades: Trade[]
  readonly closed: ClosedTrade[]
  readonly lots: Layer.PerLayer<Lot[]>
  readonly ratchets: Layer.PerLayer<Ratchet.State>
  stress: Layer.PerLayer<number>
  weights: Weights
  /** condors that the ladder is for: those that are open, or were last (R6) */
  unit: number
  /** yearly rate that cash earns until the next day */
  rate: number
  counts: Counts
  /** what the last day did, with reasons */
  actions: Action[]
  /** the orders it did it by */
  orders: Order[]
}

/** An order that was filled, and the deed it belongs to once that is named. */
export type Order = { readonly fill: Account.Fill; action?: Action }

/** A condor trade from its opening to its end, over all its shifts. */
export type Trade = {
  readonly owner: string
  readonly openedAt: UnixTime
  condor: Condor
  readonly contracts: number
  /** taken in for one condor now open, cents */
  creditCents: Usd
  shifts: number
  /** the first day it was threatened */
  threatenedAt?: UnixTime
  /** what one condor may lose by the strikes now open, cents */
  maxLossCents: Usd
}

export type ClosedTrade = Trade & { readonly closedAt: UnixTime; readonly profitCents: Usd }

/** How often a rule spoke, in days. */
export type Counts = {
  days: number
  gated: number
  eventGated: number
  tooLittleCredit: number
  pressed: number
  gainRolls: number
  unquoted: number
}

/**
 * A book with cash and no position.
 *
 * Throws OPTIONS_POLICY_INVALID.
 *
 * @example
 * OptionsBook.create(OptionsPolicy.of('balanced'), 0).weights // { near: 0.4, mid: 0.4, far: 0.2 }
 */
export function create(policy: OptionsPolicy.OptionsPolicy, at: UnixTime): OptionsBook {
  OptionsPolicy.check(policy)
  const posture = Posture.of(policy.posture)
  return {
    policy,
    posture,
    account: Account.create(policy.startCents, at),
    trades: [],
    closed: [],
    lots: { near: [], mid: [], far: [] },
    ratchets: Layer.map(() => Ratchet.start(0, at)),
    stress: Layer.map(() => 0),
    weights: posture.base,
    unit: 0,
    rate: 0,
    counts: { days: 0, gated: 0, eventGated: 0, tooLittleCredit: 0, pressed: 0, gainRolls: 0, unquoted: 0 },
    actions: [],
    orders: [],
  }
}

/** Notes a deed of the day and why it was done; the orders since the last deed are its own. */
export function act({ actions, orders }: OptionsBook, what: string, because: string): void {
  const action = { what, because }
  actions.push(action)
  for (let i = orders.length - 1; i >= 0 && orders[i]!.action === undefined; i--) orders[i]!.action = action
}
