import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { dailyFrom } from './Variant.ts'

/** What a reader of the result must know. */
export function notesOf(history: MarketHistory, views: readonly View[]): readonly string[] {
  const firstVvix = views.find(({ day }) => day.indices.vvix !== undefined)
  const daily = views.filter(({ date }) => date >= dailyFrom).length
  return [
    'Option prices are modelled: SPX on a surface from VIX9D, VIX, VIX3M, VIX6M and SKEW, VIX options by Black-76 at VVIX on the future of their own expiry. The real chains on record check the surface; they do not feed it: `cutwater data surface` prints how far it is from them, by delta and tenor.',
    firstVvix === undefined
      ? 'There is no VVIX in this range, so the ladder never buys a call.'
      : `VVIX begins on ${UnixTime.formatDate(firstVvix.date)}; before that the ladder is empty.`,
    daily === 0
      ? 'Condors of one day are left out: daily expiries were listed from May 2022.'
      : `Condors of one day run over ${daily} days from May 2022, when every weekday had an expiry: no spike of the kind the ladder is for lies in that time.`,
    'Everything is done at the close, on what is known then. The house rule’s 15:10 in Chicago is after the cash close, so the close stands for it; pullbacks to VWAP cannot be seen in daily prices.',
    'VIX futures settled at 16:15 until late 2020: VIX options are marked a quarter of an hour after SPX then. Openings of SPX before about 2005 often repeat the close before; condors then settle on that.',
    'Figures of different variants share the same days. What the gate does is in the difference between core and gate, what the ladder does between core and hedge.',
    ...history.notes.map(({ what }) => what),
  ]
}
