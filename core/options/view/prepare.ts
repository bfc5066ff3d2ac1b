import * as PercentileRank from '../../signals/PercentileRank.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import type { MacroEvent, MarketDay, MarketHistory } from '../market/MarketDay.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import * as SpxSurface from '../surface/SpxSurface.ts'
import * as Expiries from './Expiries.ts'
import * as ExpirySlice from './ExpirySlice.ts'
import * as OptionsSignals from './OptionsSignals.ts'
import { straddleShare } from './quote.ts'
import type { Facts, View } from './View.ts'

/**
 * Every day as a book sees it: signals, ranks and means of that day and those before it, and the events that were on
 * the calendar. Done once for a history; any number of policies are folded over the result.
 *
 * Throws MARKET_DAYS_UNORDERED where a day does not follow the one before.
 */
export function prepare({
  days,
  events,
  etps,
}: Pick<MarketHistory, 'days' | 'events' | 'etps'>): readonly View[] {
  const signals = OptionsSignals.create()
  const timeValue = PercentileRank.create({ window: 252, minimum: 63 })
  const funds = new Map(etps.map(({ date, values }) => [date, values]))
  const calendar = tradingDaysOf(days)
  const expiries = expiriesOf(days)
  return days.map((day, index) => {
    requireOrder(days[index - 1], day)
    const surface = SpxSurface.fromIndices(day)
    const facts: Facts = {
      realised20: realised(days, index, 20),
      realised30: realised(days, index, 30),
      vixMean200: meanVix(days, index, 200),
      timeValueRank: PercentileRank.step(timeValue, straddleShare(surface)),
    }
    const eventIn = {
      fomc: daysUntil(events, 'fomc', day.date),
      cpi: daysUntil(events, 'cpi', day.date),
      ppi: daysUntil(events, 'ppi', day.date),
      nfp: daysUntil(events, 'nfp', day.date),
    }
    const tradingDays = nextDays(calendar, day.date)
    return {
      day,
      date: day.date,
      surface,
      slices: ExpirySlice.none(),
      expiries,
      tradingDays,
      funds: funds.get(day.date) ?? {},
      pressures: OptionsSignals.step(signals, day),
      facts,
      eventIn,
    }
  })
}

/** Every trading day from the first to a fortnight after the last, by the exchange's calendar. */
function tradingDaysOf(days: readonly MarketDay[]): readonly UnixTime.UnixTime[] {
  const all: UnixTime.UnixTime[] = []
  const end = (days.at(-1)?.date ?? 0) + 20 * UnixTime.day
  for (let date = days[0]?.date ?? end; date < end; date = TradingCalendar.next(date)) all.push(date)
  return all
}

function nextDays(
  calendar: readonly UnixTime.UnixTime[],
  date: UnixTime.UnixTime,
): readonly UnixTime.UnixTime[] {
  let low = 0
  let high = calendar.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (calendar[middle]! <= date) low = middle + 1
    else high = middle
  }
  return calendar.slice(low, low + daysAhead)
}

function expiriesOf(days: readonly MarketDay[]): Expiries.Expiries {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return { monthly: [], weekly: [] }
  return Expiries.between(first.date, last.date + longestTenor)
}

function realised(days: readonly MarketDay[], index: number, count: number): number | undefined {
  if (index < count) return undefined
  let sum = 0
  let squares = 0
  for (let i = index - count + 1; i <= index; i++) {
    const change = Math.log(days[i]!.spx.close / days[i - 1]!.spx.close)
    sum += change
    squares += change * change
  }
  return Math.sqrt(Math.max(0, (squares - (sum * sum) / count) / (count - 1)) * 252)
}

function meanVix(days: readonly MarketDay[], index: number, count: number): number | undefined {
  if (index + 1 < count) return undefined
  let sum = 0
  for (let i = index - count + 1; i <= index; i++) sum += days[i]!.vix.close
  return sum / count
}

/** Days until the next event of a kind, which is announced long before; Infinity after the last. */
function daysUntil(events: readonly MacroEvent[], kind: MacroEvent['kind'], date: UnixTime.UnixTime): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const event of events)
    if (event.scheduled && event.kind === kind && event.date > date && event.date < nearest)
      nearest = event.date
  return (nearest - date) / UnixTime.day
}

function requireOrder(before: MarketDay | undefined, { date }: MarketDay): void {
  if (before === undefined || before.date < date) return
  throw new CutwaterError(
    'MARKET_DAYS_UNORDERED',
    `${UnixTime.formatDate(date)} follows ${UnixTime.formatDate(before.date)}`,
    {
      right: 'each day once, in order',
    },
  )
}

const daysAhead = 7

// Condors and what they are rolled to expire within half a year.
const longestTenor = 200 * UnixTime.day
