import type { IndexName, MacroEvent, MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as SpxForward from '@cutwater/core/options/surface/SpxForward.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { dailyFrom } from './Variant.ts'

/** What a reader of the result must know. */
export function notesOf(history: MarketHistory, views: readonly View[]): readonly string[] {
  const firstVvix = views.find(({ day }) => day.indices.vvix !== undefined)
  const daily = views.filter(({ date }) => date >= dailyFrom)
  return [
    'Option prices are modelled: SPX on a surface from VIX9D, VIX, VIX3M, VIX6M and SKEW, VIX options by Black-76 at VVIX on the future of their own expiry. The real chains on record check the surface; they do not feed it: `cutwater data surface` prints how far it is from them, by delta and tenor.',
    firstVvix === undefined
      ? 'There is no VVIX in this range, so the ladder never buys a call.'
      : firstVvix === views[0]
        ? 'VVIX is there from the first day on.'
        : `VVIX begins on ${UnixTime.formatDate(firstVvix.date)}; before that the ladder is empty.`,
    daily.length === 0
      ? 'Condors of one day are left out: daily expiries were listed from May 2022.'
      : `Condors of one day run over ${daily.length} days from May 2022 on, when every weekday had an expiry; ${spikeIn(daily)}.`,
    'Everything is done at the close, on what is known then. The house rule’s 15:10 in Chicago is after the cash close, so the close stands for it; pullbacks to VWAP cannot be seen in daily prices.',
    'VIX futures settled at 16:15 until late 2020: VIX options are marked a quarter of an hour after SPX then. Openings of SPX before about 2005 often repeat the close before; condors then settle on that.',
    'Figures of different variants share the same days. What the gate does is in the difference between core and gate, what the ladder does between core and hedge.',
    ...missingIndices(views),
    ...endedCalendars(history, views),
    ...endedDividends(views),
    ...history.notes.map(({ what }) => what),
  ]
}

// The ladder is for spikes such as those of 2008 and 2020, in which VIX closed above 80.
function spikeIn(views: readonly View[]): string {
  const highest = Math.max(...views.map(({ day }) => day.vix.close))
  const found = `VIX closed at ${highest.toFixed(1)} at most in that time`
  return highest < spike ? `${found}, so there is no spike in it of the kind the ladder is for` : found
}

const spike = 40

// The surface stands in for what was not published, and names it; here for how many days.
function missingIndices(views: readonly View[]): readonly string[] {
  const counts = new Map<IndexName, number>()
  for (const { surface } of views)
    for (const name of surface.assumed)
      counts.set(name as IndexName, (counts.get(name as IndexName) ?? 0) + 1)
  if (counts.size === 0) return []
  const parts = [...counts].map(([name, days]) => `${name.toUpperCase()} on ${days}`)
  return [
    `Of ${views.length} days some have no level of an index, and the surface assumes one: ${parts.join(', ')}.`,
  ]
}

const releases: readonly (readonly [MacroEvent['kind'], string])[] = [
  ['fomc', 'FOMC meeting'],
  ['cpi', 'CPI release'],
  ['ppi', 'PPI release'],
  ['nfp', 'payroll release'],
]

function endedCalendars({ events }: MarketHistory, views: readonly View[]): readonly string[] {
  const end = views.at(-1)?.date ?? 0
  return releases.flatMap(([kind, name]) => {
    const last = Math.max(...events.filter((event) => event.kind === kind).map(({ date }) => date))
    if (last >= end) return []
    const since = Number.isFinite(last) ? `after ${UnixTime.formatDate(last)}` : 'at all'
    return [`No ${name} is on record ${since}: rules that look at the dates of events see none there.`]
  })
}

function endedDividends(views: readonly View[]): readonly string[] {
  const last = views.at(-1)
  if (last === undefined || UnixTime.toCivil(last.date).year <= SpxForward.lastYear + 1) return []
  return [`Dividends of the SPX are known to ${SpxForward.lastYear}; later days take those of that year.`]
}
