import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Claim, Interval } from '../BacktestResult.ts'
import { bootstrap } from '../bootstrap.ts'
import { episodeOf, episodes } from '../episodes.ts'
import { cagr, drawdown, mean } from '../figures.ts'
import { hedgeCost, usdPerTenCondors } from '../hedgeCost.ts'
import type { Track } from '../Track.ts'
import type { Evidence } from './Evidence.ts'
import { judge, percent, untestable } from './judge.ts'

/** What is claimed of drawdowns with the ladder: C1, C3 to C7, C24. */
export function drawdownClaims(evidence: Evidence): readonly Claim[] {
  const core = evidence.monthly({})
  const hedged = evidence.monthly({ hedge: true })
  return [
    cut(evidence),
    spring2020(hedged, evidence),
    offset2020(hedged),
    since2015(core, hedged),
    since2008(core, hedged),
    moderate(core, hedged),
    aboveTwentyFive(hedged),
  ]
}

/** What is claimed of the ladder's cost: C2, C8, C9. */
export function costClaims(evidence: Evidence): readonly Claim[] {
  const hedged = evidence.monthly({ hedge: true })
  return [yearlyCost(hedged), costOfNotional(hedged), monthlyDrag(evidence)]
}

function cut(evidence: Evidence): Claim {
  const core = evidence.monthly({})
  const hedged = evidence.monthly({ hedge: true })
  const gated = evidence.monthly({ gate: true })
  const both = evidence.monthly({ gate: true, hedge: true })
  const said = {
    id: 'C1',
    claimed: 'the hedge cuts drawdowns by 35–40% in volatility spikes',
    range: [0.35, 0.4] as const,
  }
  return judge(said, {
    value: cutOf(core.equity, hedged.equity),
    interval: cutInterval(core, hedged),
    why: `Deepest drawdown ${percent(drawdown(core.equity).depth)} without the ladder, ${percent(drawdown(hedged.equity).depth)} with it; with the gate on, ${percent(drawdown(gated.equity).depth)} and ${percent(drawdown(both.equity).depth)}.`,
  })
}

function spring2020(hedged: Track, evidence: Evidence): Claim {
  const said = {
    id: 'C3',
    claimed: 'drawdown limited to 10–12% in a spike as in 2020',
    range: [0, 0.12] as const,
  }
  const spring = episodes.find(({ name }) => name === '2020-03')!
  const result = episodeOf(hedged, spring)
  if (result === undefined) return untestable(said, 'The record does not span February to April 2020.')
  const bare = episodeOf(evidence.monthly({}), spring)!
  const gated = episodeOf(evidence.monthly({ gate: true }), spring)!
  return judge(said, {
    value: result.drawdown,
    why: `February to April 2020: ${percent(result.drawdown)} with the ladder, ${percent(bare.drawdown)} without, ${percent(gated.drawdown)} with the gate alone. One event, so no interval.`,
  })
}

function offset2020(hedged: Track): Claim {
  const said = {
    id: 'C4',
    claimed: 'February to April 2020: the hedge offset 68–82% of condor losses',
    range: [0.68, 0.82] as const,
  }
  const result = episodeOf(hedged, episodes.find(({ name }) => name === '2020-03')!)
  if (result === undefined || result.payoff === null)
    return untestable(said, 'The condors lost nothing in that time.')
  return judge(said, {
    value: result.payoff,
    why: `Condors ${percent(result.condors)} of equity, ladder ${percent(result.hedge)}. One event, so no interval.`,
  })
}

function since2015(core: Track, hedged: Track): Claim {
  const said = {
    id: 'C5',
    claimed: '2015–2025: drawdown cut by about 47%, from 28–32% to 14–17%',
    range: [0.42, 0.52] as const,
  }
  const { equity: a } = within(core, '2015-01-01', '2025-12-31')
  const { equity: b } = within(hedged, '2015-01-01', '2025-12-31')
  if (a.length < 250) return untestable(said, 'The record has less than a year of it.')
  return judge(said, {
    value: cutOf(a, b),
    interval: cutIntervalOf(a, b),
    why: `Deepest drawdown from 2015 to ${endOf(core, '2025-12-31')} ${percent(drawdown(a).depth)} without the ladder, ${percent(drawdown(b).depth)} with it; this claim is of monthly condors.`,
  })
}

function since2008(core: Track, hedged: Track): Claim {
  const said = {
    id: 'C6',
    claimed: '2008–2023: over 38% drawdown without, under 14% with the hedge, for 0.8% of return a year',
    range: [0.6, 1] as const,
  }
  const { dates, equity: a } = within(core, '2008-01-01', '2023-12-31')
  const { equity: b } = within(hedged, '2008-01-01', '2023-12-31')
  if (a.length < 250) return untestable(said, 'The record has less than a year of it.')
  const cost = cagr({ dates, values: a }) - cagr({ dates, values: b })
  return judge(said, {
    value: cutOf(a, b),
    interval: cutIntervalOf(a, b),
    why: `${percent(drawdown(a).depth)} without and ${percent(drawdown(b).depth)} with the ladder, for ${percent(cost, 2)} of return a year.`,
  })
}

function moderate(core: Track, hedged: Track): Claim {
  const said = { id: 'C7', claimed: 'moderate spikes: drawdowns cut by 25–35%', range: [0.25, 0.35] as const }
  const cuts = moderateSpikes(core).flatMap(({ from, to }) => {
    const depth = drawdown(core.equity.subarray(from, to + 1)).depth
    return depth < 0.01 ? [] : [1 - drawdown(hedged.equity.subarray(from, to + 1)).depth / depth]
  })
  if (cuts.length < 3)
    return untestable(
      said,
      `Only ${cuts.length} spikes with a peak of VIX from 25 to 40 cost the condors anything.`,
    )
  const intervals = bootstrap(
    cuts.length,
    (indices) => [mean(Array.from(indices, (index) => cuts[index]!))],
    { seed: 7, draws: 1000, block: 1 },
  )
  return judge(said, {
    value: mean(cuts),
    interval: intervals[0]!,
    why: `Mean over ${cuts.length} spikes in which VIX peaked between 25 and 40 and the condors lost 1% or more.`,
  })
}

function aboveTwentyFive(hedged: Track): Claim {
  const said = {
    id: 'C24',
    claimed: 'VIX above 25: the hedge cuts losses by 40%',
    range: [0.35, 0.45] as const,
  }
  const days = [...hedged.views.keys()].slice(1).filter((i) => hedged.views[i - 1]!.day.vix.close > 25)
  const condors = days.map(
    (i) => dayOf(hedged.equity, i) - dayOf(hedged.hedge, i) - dayOf(hedged.interest, i),
  )
  const ladder = days.map((i) => dayOf(hedged.hedge, i))
  const lost = -condors.reduce((sum, cents) => sum + cents, 0)
  const onLossDays = ladder.reduce((sum, cents, i) => (condors[i]! < 0 ? sum + cents : sum), 0)
  const losses = -condors.reduce((sum, cents) => sum + Math.min(0, cents), 0)
  if (losses <= 0) return untestable(said, 'No condor lost on such a day.')
  const [interval] = bootstrap(days.length, (indices) => {
    let [gain, loss] = [0, 0]
    for (const index of indices) {
      if (condors[index]! >= 0) continue
      gain += ladder[index]!
      loss -= condors[index]!
    }
    return [loss > 0 ? gain / loss : 0]
  })
  return judge(said, {
    value: onLossDays / losses,
    interval: interval!,
    why: `What the ladder made on the days after a close above 25 on which condors lost, for each dollar lost, without the gate; over all ${days.length} such days the condors ${lost > 0 ? 'lost' : 'made'} $${Math.round(Math.abs(toDollars(lost))).toLocaleString('en-US')}. Under the gate of the same page no condor is opened then.`,
  })
}

function yearlyCost(hedged: Track): Claim {
  const { value, interval } = hedgeCost(hedged)
  const usd = usdPerTenCondors(hedged)
  const said = { id: 'C2', claimed: 'the hedge costs 1–2% of the account a year', range: [0, 0.02] as const }
  // The account that a tenth at risk leaves for ten of the house's condors: five points wide, for 0.70.
  const account = (10 * 100 * (5 - 0.7)) / 0.1
  const scale = value === 0 ? 0 : usd / account / value
  return judge(said, {
    value: usd / account,
    interval: ordered(interval[0] * scale, interval[1] * scale),
    why: `Over the whole record the ladder cost $${Math.round(usd).toLocaleString('en-US')} a year for ten condors, net of what it paid in spikes. Ten of the house’s condors, five points wide with a tenth of the account at risk, belong to an account of $${thousands(account)}; 2% needs $${thousands(usd / 0.02)}. The monthly condors tested here are so much wider that for them the same ladder cost ${percent(value, 2)} (${percent(interval[0], 2)} to ${percent(interval[1], 2)}), which would be within the claim.`,
    accountUsd: usd / 0.02,
  })
}

function costOfNotional(hedged: Track): Claim {
  const said = {
    id: 'C8',
    claimed: 'the full stack’s hedge costs 1.8–3.4% of notional a year',
    range: [0.018, 0.034] as const,
  }
  const usd = usdPerTenCondors(hedged)
  const notional = 10 * 100 * mean(hedged.views.map(({ day }) => day.spx.close))
  const account = hedgeCost(hedged)
  const scale = account.value === 0 ? 0 : usd / notional / account.value
  return judge(said, {
    value: usd / notional,
    interval: ordered(account.interval[0] * scale, account.interval[1] * scale),
    why: 'Notional is taken as SPX times 100 for each condor; the page does not say of what.',
  })
}

function monthlyDrag(evidence: Evidence): Claim {
  const said = {
    id: 'C9',
    claimed: 'on the conservative 1-DTE tier the hedge drags 0.4–1.2% a month',
    range: [0.004, 0.012] as const,
  }
  const track = evidence.daily('conservative', { gate: true, hedge: true })
  if (track === undefined)
    return untestable(said, 'The record ends before 1-DTE condors could be traded every day.')
  const { value, interval } = hedgeCost(track)
  const usd = usdPerTenCondors(track)
  return judge(said, {
    value: value / 12,
    interval: [interval[0] / 12, interval[1] / 12],
    why: `From May 2022, condors five points wide with a tenth of the account at risk: $${Math.round(usd).toLocaleString('en-US')} a year for ten condors. 1.2% a month would need $${thousands(usd / 0.144)} for ten condors, not the $${thousands(50_000)} or so that they are sized for.`,
    accountUsd: usd / 0.144,
  })
}

/** Stretches with VIX above 20 whose peak lies from 25 to 40, with the month before them. */
function moderateSpikes({ views }: Track): readonly { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  let start = -1
  for (let i = 0; i <= views.length; i++) {
    const isHigh = i < views.length && views[i]!.day.vix.close > 20
    if (isHigh && start < 0) start = i
    if (isHigh || start < 0) continue
    const peak = Math.max(...views.slice(start, i).map(({ day }) => day.vix.close))
    if (peak >= 25 && peak < 40) found.push({ from: Math.max(0, start - 21), to: i - 1 })
    start = -1
  }
  return found
}

function cutOf(core: ArrayLike<number>, hedged: ArrayLike<number>): number {
  const depth = drawdown(core).depth
  return depth > 0 ? 1 - drawdown(hedged).depth / depth : 0
}

function cutInterval(core: Track, hedged: Track): Interval {
  return cutIntervalOf(core.equity, hedged.equity)
}

// Both paths are drawn from the same days, so that what they share stays shared.
function cutIntervalOf(core: Float64Array, hedged: Float64Array): Interval {
  const [a, b] = [new Float64Array(core.length), new Float64Array(core.length)]
  const [interval] = bootstrap(core.length - 1, (indices) => [
    cutOf(along(core, indices, a), along(hedged, indices, b)),
  ])
  return interval!
}

function along(values: Float64Array, indices: Int32Array, out: Float64Array): Float64Array {
  out[0] = 1
  for (let i = 0; i < indices.length; i++)
    out[i + 1] = (out[i]! * values[indices[i]! + 1]!) / values[indices[i]!]!
  return out
}

/** The days of a track that lie in the years a claim is of, both dates included. */
function within({ views, equity }: Track, from: string, to: string) {
  const [first, last] = [UnixTime.parse(from)!, UnixTime.parse(to)!]
  const dates = views.map(({ date }) => date)
  const start = dates.findIndex((date) => date >= first)
  const end = dates.findLastIndex((date) => date <= last) + 1
  if (start < 0 || end <= start) return { dates: [], equity: new Float64Array(0) }
  return { dates: dates.slice(start, end), equity: equity.subarray(start, end) }
}

function endOf({ views }: Track, latest: string): string {
  const last = views.at(-1)
  return last === undefined || last.date > UnixTime.parse(latest)! ? latest : 'the end of the record'
}

function dayOf(values: Float64Array, i: number): number {
  return values[i]! - values[i - 1]!
}

function ordered(a: number, b: number): Interval {
  return a < b ? [a, b] : [b, a]
}

function thousands(usd: number): string {
  return `${Math.round(usd / 1000).toLocaleString('en-US')}k`
}
