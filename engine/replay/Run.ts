import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { stopSeconds } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Guard from '@cutwater/core/bridge/guard/Guard.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { drainAll } from '@cutwater/core/bridge/pass.ts'
import { advance, step } from '@cutwater/core/bridge/step.ts'
import { tuning } from '@cutwater/core/bridge/tuning.ts'
import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import type { History } from './History.ts'
import * as Score from './Score.ts'

/** A policy on its way through a history: plain data, so that it can be kept and taken up again. */
export type Run = {
  book: BridgeBook
  score: Score.Score
  /** how many observations are behind it */
  position: number
  /** the bound in force just before the first attack leg, cents */
  boundUsd: Usd | null
  /** weights and funds just before the first attack leg; null until then */
  atAttack: { readonly weights: Weights; readonly coverUsd: Usd; readonly reserveUsd: Usd } | null
  readonly deceived: boolean
}

/** Where a book stands, and whether its watchers are deceived: what is said of a moment follows from these. */
export type Standing = Pick<Run, 'book' | 'deceived'>

/** What a run needs of a history, prepared once for all policies. */
export type Track = {
  readonly history: History
  /** value in cents of each attack leg by position; undefined elsewhere */
  readonly attackUsd: ReadonlyMap<number, Usd>
  readonly attackUsdById: ReadonlyMap<string, Usd>
  readonly end: UnixTime
}

export type Listener = (outputs: readonly Output[], observation: Observation, run: Run) => void

/** Starts a policy at the beginning of a history. */
export function start(history: History, policy: BridgePolicy, deceived = false): Run {
  const book = Book.create(history.bridge, policy)
  return { book, score: Score.create(), position: 0, boundUsd: null, atAttack: null, deceived }
}

/** How far to follow, and who sees what each step puts out while it is valid. */
export type Following = {
  /** observations after this time stay ahead; the last leg when it is left out, as prices after it tell nothing */
  readonly until?: UnixTime
  /** observations from this position on stay ahead */
  readonly stop?: number
  readonly listen?: Listener
}

/** Folds observations in place. */
export function follow(run: Run, track: Track, { until, stop, listen }: Following = {}): Run {
  const { observations } = track.history
  const last = until ?? track.end
  const end = Math.min(stop ?? observations.length, observations.length)
  while (run.position < end) {
    const observation = observations[run.position]!
    if (observation.at > last) break
    const usd = track.attackUsd.get(run.position)
    if (usd !== undefined) beforeAttack(run, track, observation, listen)
    const outputs = step(run.book, observation)
    if (usd !== undefined && isLeg(observation)) Score.attackLeg(run.score, observation, usd, outputs)
    if (outputs.length > 0) take(run, track, outputs, observation, listen)
    run.position += 1
  }
  return run
}

/** Forgets the score and the counts so far, not what the book has learned: for a range that starts later. */
export function forget(run: Run): Run {
  run.book.counts = Book.noCounts()
  run.score = Score.create()
  return run
}

/** Leaves a run's policy for another at a moment: the same past, another future. */
export function branch(run: Run, track: Track, policy: BridgePolicy, at: UnixTime): Run {
  follow(run, track, { until: Math.min(at, track.end) })
  run.book = Book.withPolicy(run.book, policy)
  return run
}

/** Lets time pass without observations: hours close, pauses end, whoever may go goes. */
export function pass(run: Run, track: Track, at: UnixTime): Run {
  advance(run.book, at)
  drainAll(run.book, run.book.now)
  take(run, track, run.book.out)
  return run
}

/** Closes the run at the end of its history: whoever waits has waited until then. */
export function finish(run: Run, track: Track): Run {
  pass(run, track, track.end)
  Score.finish(run.score, track.end)
  return run
}

/** The loss bound of a run's book as it stands, in cents; null below level 2, where nothing bounds a loss. */
export function boundOf({ book, deceived }: Standing): Usd | null {
  if (book.guard.settings.level < 2) return null
  const seconds = stopSeconds(book.policy, deceived)
  return Guard.boundUsd(book.guard, tuning(book, Book.lockedUsd(book)), seconds, deceived)
}

function take(
  run: Run,
  track: Track,
  outputs: readonly Output[],
  observation?: Observation,
  listen?: Listener,
): void {
  Score.note(run.score, outputs, (event) => track.attackUsdById.get(Event.id(event)))
  if (observation !== undefined) listen?.(outputs, observation, run)
}

// The bound that counts is the one stated before anything happened, all hours until then closed.
function beforeAttack(run: Run, track: Track, observation: Observation, listen?: Listener): void {
  if (run.score.firstAttackAt !== null) return
  take(run, track, advance(run.book, observation.at), observation, listen)
  const { weights, protection } = run.book
  run.boundUsd = boundOf(run)
  run.atAttack = {
    weights,
    coverUsd: Math.floor(protection.coverUsd),
    reserveUsd: Math.floor(protection.reserveUsd),
  }
}
