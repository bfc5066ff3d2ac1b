import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Held as HeldLeg } from '@cutwater/core/bridge/guard/Lane.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'

/** What a policy let through and whom it made wait: kept beside the book, which never sees the labels. */
export type Score = {
  attackUsd: Usd
  lostUsd: Usd
  attackLegs: { releases: number; mints: number }
  firstAttackAt: UnixTime | null
  /** honest legs that waited and have passed, by kind */
  readonly held: { readonly release: Waits; readonly mint: Waits }
  /** honest legs that still wait, by event id */
  readonly waiting: Map<string, HeldLeg>
  /** legs without source that are no attack and were refused */
  refused: { count: number; usd: Usd }
}

export type Waits = { count: number; usd: Usd; seconds: number; usdSeconds: number }

export function create(): Score {
  return {
    attackUsd: 0,
    lostUsd: 0,
    attackLegs: { releases: 0, mints: 0 },
    firstAttackAt: null,
    held: { release: noWaits(), mint: noWaits() },
    waiting: new Map(),
    refused: { count: 0, usd: 0 },
  }
}

/** Scores an attack leg by whether this step held it. */
export function attackLeg(score: Score, event: BridgeEvent, usd: Usd, outputs: readonly Output[]): void {
  score.firstAttackAt ??= event.at
  score.attackLegs[event.kind === 'mint' ? 'mints' : 'releases'] += 1
  score.attackUsd += usd
  if (!outputs.some((output) => output.type === 'held' && output.held.event === event)) score.lostUsd += usd
}

/**
 * Notes who waits and who waited.
 *
 * @param attackUsdOf value of an attack leg in cents, undefined for honest ones
 */
export function note(
  score: Score,
  outputs: readonly Output[],
  attackUsdOf: (event: BridgeEvent) => Usd | undefined,
): void {
  for (const output of outputs) {
    if (output.type === 'held') noteHeld(score, output.held, attackUsdOf(output.held.event) !== undefined)
    else if (output.type === 'released')
      noteReleased(score, output.held, output.at, attackUsdOf(output.held.event))
  }
}

/** Whoever still waits at the end has waited until then. */
export function finish(score: Score, at: UnixTime): void {
  for (const held of score.waiting.values()) addWait(score, held, at)
  score.waiting.clear()
}

function noteHeld(score: Score, held: HeldLeg, isAttack: boolean): void {
  if (isAttack) return
  if (held.provenAt < Number.POSITIVE_INFINITY) score.waiting.set(Event.id(held.event), held)
  else {
    score.refused.count += 1
    score.refused.usd += held.usd ?? 0
  }
}

function noteReleased(score: Score, held: HeldLeg, at: UnixTime, attackUsd: Usd | undefined): void {
  if (attackUsd !== undefined) {
    score.lostUsd += attackUsd
    return
  }
  // Who began to wait before the score did belongs to the time before.
  if (score.waiting.delete(Event.id(held.event))) addWait(score, held, at)
}

function addWait(score: Score, held: HeldLeg, at: UnixTime): void {
  const waits = score.held[held.event.kind === 'mint' ? 'mint' : 'release']
  const seconds = Math.max(0, at - held.since)
  waits.count += 1
  waits.usd += held.usd ?? 0
  waits.seconds += seconds
  waits.usdSeconds += (held.usd ?? 0) * seconds
}

function noWaits(): Waits {
  return { count: 0, usd: 0, seconds: 0, usdSeconds: 0 }
}
