import type { BridgePolicy, PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import { format, hour, minute, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { compareObservations, withAttack } from './attacks.ts'
import type { History } from './History.ts'
import { parameters } from './parameters.ts'
import { policyResult } from './policyResult.ts'
import type { Attack, PolicyResult, ReplayResult } from './ReplayResult.ts'
import * as Run from './Run.ts'
import { type Recording, record } from './record.ts'
import { track } from './track.ts'

/** Another future from a moment on. */
export type Branch = { readonly policy: PolicyName; readonly at: UnixTime }

export type ReplayOptions = {
  readonly policies?: readonly PolicyName[]
  readonly posture?: PostureName
  /** count and score from here on; the book still learns from all that came before */
  readonly from?: UnixTime
  /** adds rows in which the shown policy is left for another at a moment, after the same past */
  readonly branch?: Branch
  /** called after each of the runs */
  readonly onProgress?: (done: number, total: number) => void
}

/** Seconds from the first bad release to a pause in force: the same block, 1, 5, 10, 30, 60 and 90 minutes. */
export const reactionTimes: readonly number[] = [
  0,
  minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  90 * minute,
]

export const attacks: readonly Attack[] = ['recorded', 'split', 'slow', 'deceived']

/**
 * Folds a history once for every policy, guard level and attack, and says what each would have lost.
 *
 * The first policy with a guard, at level 3, gives the series and decisions; what the bridge itself shows
 * (matches, findings) comes from a run that only observes.
 */
export function replay(history: History, options: ReplayOptions = {}): ReplayResult {
  const { policies = Policy.names, posture = 'balanced', from, branch, onProgress } = options
  const plan = planOf(policies)
  const branches = branch === undefined ? [] : attacks
  const total = plan.length + branches.length + reactionTimes.length + 2
  let done = 0
  const tick = <T>(result: T): T => {
    done += 1
    onProgress?.(done, total)
    return result
  }
  const tracks = new Map(attacks.map((attack) => [attack, track(withAttack(history, attack))]))
  const recorded = tracks.get('recorded')!
  const observed = tick(record(recorded, Policy.of('none', { posture }), from))
  const shown = tick(record(recorded, shownPolicy(policies, posture), from))
  const results = plan.map(({ name, level, attack }) =>
    tick(runPolicy(tracks.get(attack)!, Policy.of(name, { posture, level }), attack, { from })),
  )
  for (const attack of branches) {
    const policy = shownPolicy(policies, posture)
    results.push(tick(runPolicy(tracks.get(attack)!, policy, attack, { from, branch, posture })))
  }
  const lossByReaction = reactionTimes.map((seconds) => tick(reactionLoss(recorded, posture, seconds, from)))
  return resultOf(history, posture, observed, shown, results, lossByReaction)
}

export type RunOptions = {
  readonly from?: UnixTime | undefined
  readonly branch?: Branch | undefined
  readonly posture?: PostureName
}

/** One policy at one level against one attack; with a branch, another policy from that moment on. */
export function runPolicy(
  prepared: Run.Track,
  policy: BridgePolicy,
  attack: Attack,
  { from, branch, posture = 'balanced' }: RunOptions = {},
): PolicyResult {
  const deceived = attack === 'deceived'
  const tracked = deceived ? withPeople(prepared, policy) : prepared
  const run = Run.start(tracked.history, policy, deceived)
  const takeBranch = ({ policy, at }: Branch) => Run.branch(run, tracked, Policy.of(policy, { posture }), at)
  const isBranchFirst = branch !== undefined && from !== undefined && branch.at < from
  if (isBranchFirst) takeBranch(branch)
  if (from !== undefined) Run.forget(Run.follow(run, tracked, { until: from - 1 }))
  if (branch !== undefined && !isBranchFirst) takeBranch(branch)
  const result = policyResult(Run.finish(Run.follow(run, tracked), tracked), attack, tracked)
  return branch === undefined ? result : { ...result, name: branchName(policy, branch) }
}

function branchName({ name }: BridgePolicy, { policy, at }: Branch): string {
  return `${name}→${policy}@${format(at)}`
}

function planOf(policies: readonly PolicyName[]) {
  return policies.flatMap((name) =>
    levelsOf(name).flatMap((level) => attacks.map((attack) => ({ name, level, attack }))),
  )
}

function levelsOf(name: PolicyName): readonly Level[] {
  return Policy.isGuarded(name) ? [1, 2, 3] : [0]
}

function shownPolicy(policies: readonly PolicyName[], posture: PostureName): BridgePolicy {
  const name = policies.includes('adaptive') ? 'adaptive' : (policies.find(Policy.isGuarded) ?? policies[0])
  return Policy.of(name ?? 'adaptive', { posture })
}

// Deceived watchers see nothing wrong; what ends the attack is people, who notice from outside.
function withPeople(prepared: Run.Track, policy: BridgePolicy): Run.Track {
  const first = [...prepared.attackUsd.keys()][0]
  if (policy.guard.level === 0 || first === undefined) return prepared
  const at = prepared.history.observations[first]!.at + policy.economy.humanSeconds
  const order: Observation = { kind: 'order', at, action: 'pause', reason: 'people noticed from outside' }
  const observations = [...prepared.history.observations, order].sort(compareObservations)
  return track({ ...prepared.history, observations })
}

// The reaction curve needs a guard that only pauses, at a chosen speed.
function reactionLoss(prepared: Run.Track, posture: PostureName, seconds: number, from?: UnixTime) {
  const guard = { detectSeconds: seconds, decideSeconds: 0, includeSeconds: 0 }
  const policy = Policy.of('static', { posture, level: 1, guard })
  const run = Run.start(prepared.history, policy)
  if (from !== undefined) Run.forget(Run.follow(run, prepared, { until: from - 1 }))
  Run.follow(run, prepared)
  return { seconds, usd: toDollars(run.score.lostUsd) }
}

function resultOf(
  history: History,
  posture: PostureName,
  observed: Recording,
  shown: Recording,
  policies: readonly PolicyResult[],
  lossByReaction: ReplayResult['lossByReaction'],
): ReplayResult {
  const { counts } = observed.run.book
  const { attackLegs, attackUsd } = observed.run.score
  const { bridge, source } = history
  return {
    bridge: { name: bridge.name, synthetic: bridge.synthetic, source },
    range: { from: observed.from, to: observed.to, events: counts.legs },
    posture,
    matched: counts.matched,
    finalityBreaches: counts.early,
    withoutSource: counts.withoutSource,
    findings: counts.findings,
    baselineLossUsd: toDollars(attackUsd),
    attackReleases: attackLegs.releases + attackLegs.mints,
    firstAttackFinding: observed.firstAttackFinding,
    policies,
    lossByReaction,
    series: shown.series,
    notable: observed.notable,
    decisions: shown.decisions,
    parameters: parameters(Policy.of('adaptive', { posture })),
    notes: notesOf(history),
  }
}

function notesOf(history: History): string[] {
  const { bridge } = history
  const unpriced = bridge.tokens.filter((token) => token.priceId === null).map((token) => token.symbol)
  const notes: string[] = []
  if (bridge.synthetic)
    notes.push('SYNTHETIC: this history was made up; no figure in it says anything about a real bridge.')
  if (history.attack.size === 0)
    notes.push('No attack is labelled in this history: losses are zero by definition.')
  if (unpriced.length > 0)
    notes.push(`No price is known for ${unpriced.join(', ')}: their value counts as unknown, not as zero.`)
  notes.push(
    'Policies see a price one day late, at the close of the day before; losses are scored at the close of their own day.',
  )
  notes.push('Labels score the result. No limit, hold or pause reads them.')
  return notes
}
