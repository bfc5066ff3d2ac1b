import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import { settle } from '@cutwater/core/ladder/Waterfall.ts'
import { hour, year } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Attack, Held, Pause, PolicyResult } from './ReplayResult.ts'
import type { Run, Standing, Track } from './Run.ts'
import type { Waits } from './Score.ts'

/** A finished run as the row it fills: the waterfall, what it cost, and who had to wait. */
export function policyResult(run: Run, attack: Attack, track: Track): PolicyResult {
  const { book, score } = run
  const { policy, counts, protection } = book
  const funds = fundsBefore(run)
  const waterfall = settle({
    baseline: score.attackUsd,
    lost: score.lostUsd,
    cover: funds.coverUsd,
    reserve: funds.reserveUsd,
  })
  const forged = attack === 'deceived' ? score.attackLegs : none
  const honestReleases = counts.matched.withdrawals + counts.early.withdrawals - forged.releases
  const honestMints = counts.matched.deposits + counts.early.deposits - forged.mints
  const { release, mint } = score.held
  return {
    name: policy.name,
    level: policy.guard.level,
    attack,
    lostUsd: toDollars(score.lostUsd),
    preventedUsd: toDollars(waterfall.prevented),
    coveredUsd: toDollars(waterfall.covered),
    backstoppedUsd: toDollars(waterfall.backstopped),
    shortfallUsd: toDollars(waterfall.shortfall),
    carryUsdPerYear: cents(protection.carryUsd / 100 / yearsOf(track)),
    frictionUsd: cents((frictionOf(release) + frictionOf(mint)) * policy.economy.frictionPerYear),
    boundUsd: run.boundUsd === null ? null : toDollars(run.boundUsd),
    held: heldOf(release),
    meanWaitSeconds: honestReleases > 0 ? release.seconds / honestReleases : 0,
    honestReleases,
    heldMints: heldOf(mint),
    honestMints,
    refused: { count: score.refused.count, usd: toDollars(score.refused.usd) },
    pauses: pausesOf(run),
    weights: run.atAttack?.weights ?? book.weights,
  }
}

const none = { releases: 0, mints: 0 }

// Cover and reserve are what they were when the attack came: nobody buys cover after the fact.
function fundsBefore({ atAttack }: Run) {
  return atAttack ?? { coverUsd: 0, reserveUsd: 0 }
}

function yearsOf({ history, end }: Track): number {
  const from = history.observations.find((observation) => observation.kind !== 'price')?.at ?? end
  return Math.max(1, end - from) / year
}

/** Dollar-years that honest users waited. */
function frictionOf(waits: Waits): number {
  return toDollars(waits.usdSeconds) / year
}

function heldOf(waits: Waits): Held {
  return { count: waits.count, usd: toDollars(waits.usd), hours: waits.seconds / hour }
}

/** Every pause a run decided, as it is reported. */
export function pausesOf({ book }: Pick<Standing, 'book'>): readonly Pause[] {
  return book.guard.pauses.map(({ scope, from, until, reason }) => ({
    at: from,
    scope: Catalog.scopeName(book.catalog, scope),
    until: Number.isFinite(until) ? until : null,
    reason,
  }))
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100
}
