import * as Account from '@cutwater/core/options/account/Account.ts'
import type { ClosedTrade } from '@cutwater/core/options/book/OptionsBook.ts'
import type { Tier } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { edr } from '@cutwater/core/options/condor/edr.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import type { Claim, Interval } from '../BacktestResult.ts'
import { wilson } from '../bootstrap.ts'
import type { Track } from '../Track.ts'
import type { Evidence } from './Evidence.ts'
import { judge, percent, type Said, untestable } from './judge.ts'

/** What is claimed of how often condors win: C12 to C15, C20. */
export function winClaims(evidence: Evidence): readonly Claim[] {
  return [
    conservative(evidence),
    tierOdds(evidence),
    lowerOdds(evidence),
    beyondRange(evidence),
    contango(evidence),
  ]
}

/** What is claimed of the theta time shift: C16 to C19. */
export function shiftClaims(evidence: Evidence): readonly Claim[] {
  const net = { range: [0, 1] as Interval }
  return [
    recovery(
      evidence,
      { id: 'C16', claimed: 'the theta time shift recovers 88% of losing trades', range: [0.86, 0.9] },
      'gross',
    ),
    recovery(
      evidence,
      { id: 'C17', claimed: 'it recovers 79–83% after spreads', range: [0.79, 0.83] },
      'net',
    ),
    recovery(
      evidence,
      { ...net, id: 'C18', claimed: 'it recovers 71% without the hedge', range: [0.69, 0.73] },
      'net',
    ),
    recovery(
      evidence,
      { ...net, id: 'C19', claimed: 'it brings 70–80% of losers to break-even', range: [0.7, 0.8] },
      'net',
    ),
  ]
}

function conservative(evidence: Evidence): Claim {
  const said: Said = {
    id: 'C12',
    claimed: 'conservative 1-DTE condors at $0.70 win about 90%, without stops, 2015–2025',
    range: [0.88, 1],
  }
  const gated = evidence.daily('conservative', { gate: true })
  const bare = evidence.daily('conservative', {})
  if (gated === undefined || bare === undefined) return untestable(said, noDaily)
  return judge(said, {
    ...winRate(gated),
    why: `From May 2022, as no daily expiry was listed before: ${wins(gated)} under the gate, ${wins(bare)} without it. Five points wide, break-even is at 86%; the account went from $1 to $${endOf(gated)}.`,
  })
}

function tierOdds(evidence: Evidence): Claim {
  const said = { id: 'C13', claimed: 'odds by tier: 90–95%, 85–90%, 80–85%' }
  const ranges = { conservative: [0.9, 0.95], balanced: [0.85, 0.9], aggressive: [0.8, 0.85] } as const
  return tierClaim(evidence, said, ranges)
}

function lowerOdds(evidence: Evidence): Claim {
  const said = { id: 'C14', claimed: 'the same tiers: 78–82% at $0.70, 68–74% at $1.15' }
  return tierClaim(evidence, said, { conservative: [0.78, 0.82], balanced: [0.68, 0.74] })
}

/** Holds when every tier does, fails when one does; the first tier's number stands for it. */
function tierClaim(
  evidence: Evidence,
  said: Omit<Said, 'range'>,
  ranges: Partial<Record<Tier, Interval>>,
): Claim {
  const claims: { tier: Tier; claim: Claim; track: Track }[] = []
  for (const [tier, range] of Object.entries(ranges) as [Tier, Interval][]) {
    const track = evidence.daily(tier, {})
    if (track === undefined) return untestable(said, noDaily)
    claims.push({ tier, track, claim: judge({ ...said, range }, { ...winRate(track), why: '' }) })
  }
  const failed = claims.find(({ claim }) => claim.verdict === 'does not hold')
  const unclear = claims.find(({ claim }) => claim.verdict !== 'holds')
  const shown = failed ?? unclear ?? claims[0]!
  const each = claims.map(({ tier, track, claim }) => `${tier} ${wins(track)} (${claim.verdict})`).join(', ')
  return {
    ...shown.claim,
    ...said,
    why: `From May 2022, without the gate, so that each tier trades every day: ${each}. The number is that of the ${shown.tier} tier.`,
  }
}

function beyondRange({ past }: Evidence): Claim {
  const said: Said = {
    id: 'C15',
    claimed: 'strikes beyond the expected daily range expire worthless over 80% of the time',
    range: [0.8, 1],
  }
  let inside = 0
  let upper = 0
  let lower = 0
  for (let i = 1; i < past.length; i++) {
    const range = edr(past[i - 1]!, { version: 'vix', multiplier: 1 })
    const change = past[i]!.day.spx.close / past[i - 1]!.day.spx.close - 1
    if (Math.abs(change) <= range) inside += 1
    if (change <= range) upper += 1
    if (change >= -range) lower += 1
  }
  const days = past.length - 1
  return judge(said, {
    value: inside / days,
    interval: wilson(inside, days),
    why: `Both sides on ${days.toLocaleString('en-US')} days, range as VIX over the root of 252; the call strike alone ${percent(upper / days)}, the put strike alone ${percent(lower / days)}. It holds for any fair range: VIX is above what follows most of the time.`,
  })
}

function contango(evidence: Evidence): Claim {
  const said: Said = {
    id: 'C20',
    claimed: 'top-quartile contango raises the 1-DTE win rate by 8–14 points',
    range: [0.08, 0.14],
  }
  const track = evidence.daily('conservative', {})
  if (track === undefined) return untestable(said, noDaily)
  const trades = track.book.closed.flatMap((trade) => {
    const steepness = slopeOf(track.views.find(({ date }) => date === trade.openedAt)!)
    return steepness === undefined ? [] : [{ trade, steepness }]
  })
  const sorted = trades.map(({ steepness }) => steepness).sort((a, b) => a - b)
  const cut = sorted[Math.floor(sorted.length * 0.75)]!
  const [top, rest] = [
    trades.filter(({ steepness }) => steepness >= cut),
    trades.filter(({ steepness }) => steepness < cut),
  ]
  const share = (of: typeof trades) => of.filter(({ trade }) => isWin(trade)).length / of.length
  const [a, b] = [share(top), share(rest)]
  const error = Math.sqrt((a * (1 - a)) / top.length + (b * (1 - b)) / rest.length)
  return judge(said, {
    value: a - b,
    interval: [a - b - 1.96 * error, a - b + 1.96 * error],
    why: `${percent(a)} of ${top.length} trades in the steepest quarter (second future over the first), ${percent(b)} of the other ${rest.length}.`,
  })
}

function recovery(evidence: Evidence, said: Said, by: 'gross' | 'net'): Claim {
  const track = evidence.daily('conservative', { shift: true })
  const monthly = evidence.monthly({ shift: true })
  if (track === undefined) return untestable(said, noDaily)
  const [daily, slow] = [recovered(track, by), recovered(monthly, by)]
  const threatened = track.book.closed.filter(({ threatenedAt }) => threatenedAt !== undefined).length
  const outside = `${threatened - daily.all} more were threatened and found no later expiry that paid without more size`
  if (daily.all < leastRolled)
    return untestable(
      said,
      `Only ${daily.all} threatened 1-DTE condors could be rolled; ${outside}. Of monthly condors ${slow.saved} of ${slow.all} that were rolled ended without a loss.`,
    )
  return judge(said, {
    value: daily.saved / daily.all,
    interval: wilson(daily.saved, daily.all),
    why: `1-DTE condors that were threatened and rolled, ${by === 'gross' ? 'before' : 'after'} spreads and fees: ${daily.saved} of ${daily.all} ended without a loss; ${outside}, and are left out of the share. Monthly condors: ${slow.saved} of ${slow.all}.`,
  })
}

function recovered({ book }: Track, by: 'gross' | 'net') {
  const rolled = book.closed.filter(({ shifts, threatenedAt }) => shifts > 0 && threatenedAt !== undefined)
  const profit = (trade: ClosedTrade) =>
    by === 'net' ? trade.profitCents : Account.earnings(book.account, trade.owner).price
  return { all: rolled.length, saved: rolled.filter((trade) => profit(trade) >= 0).length }
}

function winRate({ book: { closed } }: Track): { readonly value: number; readonly interval: Interval } {
  const won = closed.filter(isWin).length
  return { value: closed.length > 0 ? won / closed.length : 0, interval: wilson(won, closed.length) }
}

function wins(track: Track): string {
  return `${percent(winRate(track).value)} of ${track.book.closed.length}`
}

function endOf({ equity }: Track): string {
  return (equity.at(-1)! / equity[0]!).toFixed(2)
}

function isWin({ profitCents }: ClosedTrade): boolean {
  return profitCents > 0
}

function slopeOf({ day: { futures }, date }: View): number | undefined {
  const [front, second] = futures.filter(({ expiry }) => expiry > date)
  return front === undefined || second === undefined ? undefined : second.settle / front.settle - 1
}

const leastRolled = 5

const noDaily = 'The record ends before condors of one day could be traded every day (May 2022).'
