import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Claim } from '../BacktestResult.ts'
import { bootstrap, wilson } from '../bootstrap.ts'
import { correlation, monthly, returnsOf } from '../figures.ts'
import type { Evidence } from './Evidence.ts'
import { judge, percent, untestable } from './judge.ts'

/** What is claimed of the whole: C21 to C23. */
export function otherClaims(evidence: Evidence): readonly Claim[] {
  return [mechanical(), market(evidence), secondLeg(evidence)]
}

function mechanical(): Claim {
  const said = { id: 'C21', claimed: '65–75% (or 75–85%) of returns come from the mechanical rules' }
  return untestable(
    said,
    'The other part, discretion, is described nowhere, so there is nothing to compare the rules with.',
  )
}

function market({ monthly: run }: Evidence): Claim {
  const said = { id: 'C22', claimed: 'R² to the market of 0.12–0.18', range: [0.12, 0.18] as const }
  const track = run({ gate: true, hedge: true, shift: true })
  const dates = track.views.map(({ date }) => date)
  const own = returnsOf(monthly({ dates, values: track.equity }).values)
  const spx = returnsOf(monthly({ dates, values: track.views.map(({ day }) => day.spx.close) }).values)
  const [interval] = bootstrap(own.length, (indices) => {
    const pick = (of: Float64Array) => Float64Array.from(indices, (index) => of[index]!)
    return [correlation(pick(own), pick(spx)) ** 2]
  })
  return judge(said, {
    value: correlation(own, spx) ** 2,
    interval: interval!,
    why: `Monthly returns of the whole method (gate, ladder, shifts) against those of the S&P 500, ${own.length} months.`,
  })
}

function secondLeg({ views }: Evidence): Claim {
  const said = { id: 'C23', claimed: 'a second volatility leg follows 68% of dot-plot surprises since 2012' }
  const first = UnixTime.parse('2012-01-01')!
  const meetings = [...views.keys()].filter(
    (i) => i > 0 && i + 7 < views.length && views[i]!.date >= first && isDotPlot(views[i - 1]!, views[i]!),
  )
  const moves = meetings.map((i) => Math.abs(Math.log(views[i]!.day.vix.close / views[i - 1]!.day.vix.close)))
  const cut = [...moves].sort((a, b) => a - b)[Math.floor(moves.length * (2 / 3))] ?? Number.POSITIVE_INFINITY
  const surprises = meetings.filter((_, index) => moves[index]! >= cut)
  if (surprises.length < 5) return untestable(said, 'There are fewer than five such meetings on record.')
  const followed = surprises.filter((i) => {
    const after = Math.max(...[3, 4, 5, 6, 7].map((days) => views[i + days]!.day.vix.close))
    return after > Math.max(views[i]!.day.vix.close, views[i - 1]!.day.vix.close)
  })
  const [low, high] = wilson(followed.length, surprises.length)
  const why = `No page says what a surprise or a second leg is, and what was expected of the dots is not on record. As a stand-in: of the ${surprises.length} meetings with projections after which VIX moved most, ${followed.length} (${percent(low, 0)} to ${percent(high, 0)}) saw VIX close above both days within three to seven days.`
  return untestable(said, why, followed.length / surprises.length)
}

type View = Evidence['views'][number]

/** Whether a day is that of a meeting of March, June, September or December, which brings new projections. */
function isDotPlot(before: View, { date }: View): boolean {
  const isMeeting = before.date + before.eventIn.fomc * UnixTime.day === date
  return isMeeting && ['03', '06', '09', '12'].includes(UnixTime.formatDate(date).slice(5, 7))
}
