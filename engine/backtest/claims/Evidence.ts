import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as Track from '../Track.ts'
import * as Variant from '../Variant.ts'

/** The runs that claims are judged by; each is folded when a claim first asks for it. */
export type Evidence = {
  /** every day on record, also those before the backtest begins */
  readonly past: readonly View[]
  /** the days of the backtest */
  readonly views: readonly View[]
  /** monthly condors with some parts on */
  readonly monthly: (parts: Parts) => Track.Track
  /** condors of one day to expiry, from when they could be traded; undefined where the record ends before */
  readonly daily: (tier: OptionsPolicy.Tier, parts: Parts) => Track.Track | undefined
}

export type Parts = { readonly gate?: boolean; readonly hedge?: boolean; readonly shift?: boolean }

/** Evidence from a history under the settings of a policy; `past` may begin before the first of `views`. */
export function of(
  past: readonly View[],
  views: readonly View[],
  base: OptionsPolicy.OptionsPolicy,
): Evidence {
  const kept = new Map<string, Track.Track>()
  const once = (key: string, run: () => Track.Track) => {
    const track = kept.get(key) ?? run()
    kept.set(key, track)
    return track
  }
  const since = views.filter(({ date }) => date >= Variant.dailyFrom)
  const monthlyBase = base.condor.style === 'delta' ? base : OptionsPolicy.of(base.posture)
  return {
    past,
    views,
    monthly: (parts) =>
      once(`monthly ${JSON.stringify(parts)}`, () => Track.run(views, withParts(monthlyBase, parts))),
    daily: (tier, parts) =>
      since.length < leastDays
        ? undefined
        : once(`daily ${tier} ${JSON.stringify(parts)}`, () =>
            Track.run(
              since,
              withParts(
                {
                  ...OptionsPolicy.daily(tier, base.posture),
                  startCents: base.startCents,
                  costs: base.costs,
                },
                parts,
              ),
            ),
          ),
  }
}

function withParts(base: OptionsPolicy.OptionsPolicy, { gate = false, hedge = false, shift = false }: Parts) {
  return {
    ...base,
    gate: { ...base.gate, on: gate },
    hedge: { ...base.hedge, on: hedge, gainRoll: { ...base.hedge.gainRoll, on: hedge && shift } },
    shift: { ...base.shift, on: shift },
  }
}

const leastDays = 60
