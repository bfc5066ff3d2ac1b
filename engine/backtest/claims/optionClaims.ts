import type { Option } from '@cutwater/core/options/account/Instrument.ts'
import { legs } from '@cutwater/core/options/condor/Condor.ts'
import { deltaCondor } from '@cutwater/core/options/condor/deltaCondor.ts'
import { candidate } from '@cutwater/core/options/hedge/candidate.ts'
import { layerCall } from '@cutwater/core/options/hedge/strikes.ts'
import * as Black76 from '@cutwater/core/options/pricing/Black76.ts'
import * as Expiries from '@cutwater/core/options/view/Expiries.ts'
import { quote, termsOf } from '@cutwater/core/options/view/quote.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Claim } from '../BacktestResult.ts'
import { bootstrap } from '../bootstrap.ts'
import { mean } from '../figures.ts'
import type { Evidence } from './Evidence.ts'
import { judge, percent, untestable } from './judge.ts'

/** What is claimed of single options: C10, C11, C25. */
export function optionClaims(evidence: Evidence): readonly Claim[] {
  return [spikeGain(evidence), calmBleed(evidence), vegaShare(evidence)]
}

function spikeGain({ views }: Evidence): Claim {
  const said = {
    id: 'C10',
    claimed: 'a VIX spike of ten points makes 200–400% on far out-of-the-money calls',
    range: [2, 4] as const,
  }
  const gains: number[] = []
  for (let i = 0; i + spikeDays < views.length; i++) {
    const [before, after] = [views[i]!, views[i + spikeDays]!]
    if (after.day.vix.close - before.day.vix.close < 10) continue
    const call = farCall(before, 30)
    const [bought, sold] = [call && quote(before, call), call && quote(after, call)]
    if (bought !== undefined && sold !== undefined) gains.push(sold.bid / bought.ask - 1)
    i += spikeDays
  }
  if (gains.length < 3)
    return untestable(said, `Only ${gains.length} rises of VIX by ten points within a week.`)
  const [interval] = bootstrap(
    gains.length,
    (indices) => [mean(Array.from(indices, (index) => gains[index]!))],
    { seed: 10, draws: 1000, block: 1 },
  )
  const sorted = [...gains].sort((a, b) => a - b)
  return judge(said, {
    value: mean(gains),
    interval: interval!,
    why: `A call of a tenth delta with about a month to run, bought at the ask and sold at the bid five trading days later, over the ${gains.length} times that VIX rose by ten points or more between: ${percent(sorted[0]!, 0)} to ${percent(sorted.at(-1)!, 0)}.`,
  })
}

function calmBleed({ views }: Evidence): Claim {
  const said = {
    id: 'C11',
    claimed: 'an always-on deep out-of-the-money VIX call loses over 35–45% a year in calm years',
    range: [-1, -0.35] as const,
  }
  const years = [...new Set(views.map(yearOf))]
  const results = years.flatMap((year) => {
    const days = views.filter((view) => yearOf(view) === year)
    const isCalm = days.length > 200 && Math.max(...days.map(({ day }) => day.vix.close)) < 25
    const result = isCalm ? heldCall(days) : undefined
    return result === undefined ? [] : [{ year, result }]
  })
  if (results.length < 2)
    return untestable(said, 'There are fewer than two calm years with VIX options on record.')
  const [interval] = bootstrap(
    results.length,
    (indices) => [mean(Array.from(indices, (index) => results[index]!.result))],
    { seed: 11, draws: 1000, block: 1 },
  )
  return judge(said, {
    value: mean(results.map(({ result }) => result)),
    interval: interval!,
    why: `A call of a tenth delta and about 220 days, rolled at half its life, over the years in which VIX never closed at 25: ${results.map(({ year, result }) => `${year} ${percent(result, 0)}`).join(', ')}.`,
  })
}

function vegaShare({ views, monthly }: Evidence): Claim {
  const said = {
    id: 'C25',
    claimed: 'the first layer is 40–50% of the condors’ vega',
    range: [0.4, 0.5] as const,
  }
  const { policy } = monthly({}).book
  const shares = views.flatMap((view) => {
    const expiry = Expiries.monthlySpx(view, policy.condor.days.least, policy.condor.days.most)[0]
    const call = candidate(view, 'near', { ...policy.hedge, instrument: 'calls' })
    if (expiry === undefined || call === undefined) return []
    const condor = deltaCondor(view, expiry, 'open', policy.condor)
    if (condor === undefined) return []
    const vega = legs(condor).reduce(
      (sum, { instrument, sign }) => sum + sign * greeksOf(view, instrument).vega,
      0,
    )
    // Ten condors against four calls; the call moves with its future, taken to move as much as volatility does.
    return [(4 * greeksOf(view, call as Option).delta) / -(10 * vega * 0.01)]
  })
  if (shares.length === 0)
    return untestable(said, 'There is no day with both VIX options and a monthly condor.')
  const [interval] = bootstrap(
    shares.length,
    (indices) => [mean(Array.from(indices, (index) => shares[index]!))],
    { seed: 25, draws: 300, block: 63 },
  )
  return judge(said, {
    value: mean(shares),
    interval: interval!,
    why: `What four near calls gain per point of their future, over what ten condors lose per point of volatility, on ${shares.length} days with a monthly condor to open. It flatters the calls: a future moves less than VIX. The other half of the claim, that calls offset 60–70% of the loss at break-even, names no strike, day or time.`,
  })
}

function yearOf({ date }: View): string {
  return UnixTime.formatDate(date).slice(0, 4)
}

function farCall(view: View, days: number): Option | undefined {
  const expiry = Expiries.nearestVix(view, days)
  return expiry === undefined ? undefined : layerCall(view, 'near', expiry, { by: 'delta', value: 0.1 })
}

/** What a dollar in a far call makes over some days when it is always rolled at half its life. */
function heldCall(days: readonly View[]): number | undefined {
  let worth = 1
  let held: { call: Option; calls: number; boughtAt: number } | undefined
  for (const view of days) {
    const now = held && quote(view, held.call)
    const isDue = held !== undefined && held.call.expiry - view.date <= (held.call.expiry - held.boughtAt) / 2
    if (held !== undefined && now !== undefined) worth = held.calls * (isDue ? now.bid : now.mid)
    if (held !== undefined && !isDue) continue
    const call = farCall(view, 220)
    const price = call && quote(view, call)?.ask
    if (call === undefined || price === undefined || price <= 0) continue
    held = { call, calls: worth / price, boughtAt: view.date }
  }
  return held === undefined ? undefined : worth - 1
}

function greeksOf(view: View, option: Option): { readonly delta: number; readonly vega: number } {
  return Black76.greeks(termsOf(view, option)!)
}

const spikeDays = 5
