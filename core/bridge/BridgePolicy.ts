import type { PerLayer } from '../ladder/Layer.ts'
import * as Posture from '../ladder/Posture.ts'
import { tilt } from '../ladder/tilt.ts'
import { type Bounds, base, unbounded, type Weights } from '../ladder/Weights.ts'
import { CutwaterError } from '../units/CutwaterError.ts'
import { choice } from '../units/nearest.ts'
import type { GuardSettings, Level } from './guard/GuardSettings.ts'
import { ofPosture, reactionSeconds } from './guard/GuardSettings.ts'
import type { Economy } from './Protection.ts'
import { defaultEconomy } from './Protection.ts'

/** A way to spend the security budget, and how far to move with stress. */
export type BridgePolicy = {
  readonly name: PolicyName
  readonly posture: Posture.Posture
  readonly base: Weights
  readonly bounds: Bounds
  /** κ: 0 keeps the base whatever happens */
  readonly conviction: number
  readonly guard: GuardSettings
  readonly economy: Economy
  /** whether the budget is spent at all */
  readonly spends: boolean
  /** signals whose word does not count, by name: to see what each is worth */
  readonly ignores?: readonly string[]
}

export type PolicyName = 'none' | 'rigid' | 'near-only' | 'mid-only' | 'far-only' | 'static' | 'adaptive'

export const names: readonly PolicyName[] = [
  'none',
  'rigid',
  'near-only',
  'mid-only',
  'far-only',
  'static',
  'adaptive',
]

/** Whether a policy has a guard at all: its near layer weighs something. */
export function isGuarded(name: PolicyName): boolean {
  return plans[name].base.near > 0
}

export type Options = {
  readonly posture?: Posture.PostureName
  readonly level?: Level
  readonly guard?: Partial<GuardSettings>
  readonly economy?: Partial<Economy>
}

/**
 * The policy of a name under a posture; policies without a guard observe only, whatever the level.
 *
 * @example
 * BridgePolicy.of('static').base // { near: 0.4, mid: 0.4, far: 0.2 }
 */
export function of(name: PolicyName, options: Options = {}): BridgePolicy {
  const { posture: postureName = 'balanced', level = 3, guard = {}, economy = {} } = options
  const posture = Posture.of(postureName)
  const { base, isSingle, spends } = plans[name]
  const policy: BridgePolicy = {
    name,
    posture,
    base,
    bounds: isSingle ? unbounded : posture.bounds,
    conviction: name === 'adaptive' ? posture.conviction : 0,
    guard: { ...ofPosture(postureName, isGuarded(name) ? level : 0), ...guard },
    economy: { ...defaultEconomy, ...economy },
    spends,
  }
  requireLook(policy)
  return policy
}

/**
 * Where a policy puts its weights under this stress: the tilt of its base, or the base itself without conviction.
 *
 * @example
 * BridgePolicy.weightsUnder(BridgePolicy.of('static'), { near: 1, mid: 0, far: 0 }) // { near: 0.4, mid: 0.4, far: 0.2 }
 */
export function weightsUnder({ base, bounds, conviction }: BridgePolicy, stress: PerLayer<number>): Weights {
  return conviction > 0 ? tilt({ base, bounds, conviction, stress }) : base
}

/**
 * Seconds from a bad leg to a stop in force: the guard's reaction, and before it the time until people notice from
 * outside where the watchers are deceived.
 *
 * @example
 * BridgePolicy.stopSeconds(BridgePolicy.of('static'), false) // 36
 * BridgePolicy.stopSeconds(BridgePolicy.of('static'), true) // 13356
 */
export function stopSeconds({ guard, economy }: BridgePolicy, deceived: boolean): number {
  return reactionSeconds(guard) + (deceived ? economy.humanSeconds : 0)
}

// A hold that ends before people have stopped the bridge lets the whole of an attack pass: no bound could be stated.
function requireLook(policy: BridgePolicy): void {
  const { level, holdSeconds } = policy.guard
  const seconds = stopSeconds(policy, true)
  if (level < 2 || holdSeconds > seconds) return
  throw new CutwaterError('HOLD_TOO_SHORT', `value is held for ${holdSeconds} s`, {
    where: 'guard.holdSeconds',
    right: `more than the ${seconds} s until people have stopped the bridge (economy.humanSeconds and the reaction)`,
  })
}

/** The policy name in a text; a clear error with the nearest name for anything else. */
export function parseName(text: string): PolicyName {
  const name = names.find((candidate) => candidate === text)
  if (name !== undefined) return name
  throw new CutwaterError('POLICY_UNKNOWN', `there is no policy "${text}"`, {
    right: choice(text, names),
  })
}

const plans: Readonly<Record<PolicyName, { base: Weights; isSingle: boolean; spends: boolean }>> = {
  none: { base: { near: 0, mid: 0, far: 0 }, isSingle: true, spends: false },
  // One wall of signers takes the whole budget; against a fault behind the signatures it does nothing.
  rigid: { base: { near: 0, mid: 0, far: 0 }, isSingle: true, spends: true },
  'near-only': { base: { near: 1, mid: 0, far: 0 }, isSingle: true, spends: true },
  'mid-only': { base: { near: 0, mid: 1, far: 0 }, isSingle: true, spends: true },
  'far-only': { base: { near: 0, mid: 0, far: 1 }, isSingle: true, spends: true },
  static: { base, isSingle: false, spends: true },
  adaptive: { base, isSingle: false, spends: true },
}
