import type { Counts } from '@cutwater/core/bridge/BridgeBook.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import type { Held } from '@cutwater/core/bridge/guard/Lane.ts'
import * as Matching from '@cutwater/core/bridge/Matching.ts'
import type { Reading } from '@cutwater/core/bridge/Pressure.ts'
import type { PerLayer } from '@cutwater/core/ladder/Layer.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { copy } from '../journal/copy.ts'
import { pausesOf } from './policyResult.ts'
import type { Pause } from './ReplayResult.ts'
import * as Run from './Run.ts'

/** Everything a person asks about a bridge at one moment, under one policy. */
export type Moment = {
  readonly bridge: { readonly name: string; readonly synthetic: boolean }
  readonly at: UnixTime
  readonly policy: string
  readonly level: number
  readonly posture: string
  readonly lockedUsd: number
  readonly boundUsd: number | null
  readonly weights: PerLayer<number>
  readonly stress: PerLayer<number>
  readonly readings: readonly Pick<Reading, 'name' | 'value' | 'unit' | 'rank'>[]
  readonly coverUsd: number
  readonly reserveUsd: number
  /** out legs that wait for their in leg */
  readonly openMessages: number
  readonly waiting: readonly Waiting[]
  readonly pauses: readonly Pause[]
  readonly counts: Counts
}

/** A leg the guard holds, why, and since when; `proven` ones will pass, the others wait for people. */
export type Waiting = {
  readonly event: string
  readonly lane: string
  readonly usd: number | null
  readonly since: UnixTime
  readonly reason: string
  readonly proven: boolean
}

/** The moment a book stands at. */
export function of(run: Run.Standing): Moment {
  const { book } = run
  const { policy, protection } = book
  const bound = Run.boundOf(run)
  const { name, synthetic } = book.catalog.bridge
  return {
    bridge: { name, synthetic },
    at: book.now,
    policy: policy.name,
    level: policy.guard.level,
    posture: policy.posture.name,
    lockedUsd: toDollars(Book.lockedUsd(book)),
    boundUsd: bound === null ? null : toDollars(bound),
    weights: book.weights,
    stress: book.stress,
    readings: book.readings.map(({ name, value, unit, rank }) => ({ name, value, unit, rank })),
    coverUsd: toDollars(Math.floor(protection.coverUsd)),
    reserveUsd: toDollars(Math.floor(protection.reserveUsd)),
    openMessages: book.matching.reduce((sum, route) => sum + Matching.openCount(route), 0),
    waiting: waitingOf(run),
    pauses: pausesOf(run).filter(({ until }) => until === null || until > book.now),
    // The book goes on to count.
    counts: copy(book.counts),
  }
}

/** A moment somewhat later, while nothing changes but the clock: pauses end. */
export function later(moment: Moment, at: UnixTime): Moment {
  const now = Math.max(moment.at, at)
  return { ...moment, at: now, pauses: moment.pauses.filter(({ until }) => until === null || until > now) }
}

function waitingOf({ book }: Run.Standing): Waiting[] {
  return book.guard.lanes.flatMap((lane) => {
    if (lane === null) return []
    const name = Catalog.laneName(book.catalog, lane.route, lane.token)
    return [...lane.queue, ...lane.kept].map((held) => waitingFor(held, name))
  })
}

function waitingFor({ event, usd, since, reason, provenAt }: Held, lane: string): Waiting {
  const proven = provenAt < Number.POSITIVE_INFINITY
  return { event: Event.id(event), lane, usd: usd === null ? null : toDollars(usd), since, reason, proven }
}
