import * as UnixTime from '../../units/UnixTime.ts'
import type { Bar, MarketDay } from '../market/MarketDay.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import * as VixExpiry from '../settlement/VixExpiry.ts'

export type MadeUp = {
  readonly from: string
  readonly days: number
  /** any whole number; the same gives the same days */
  readonly seed: number
  /** the day on which a fall begins, and VIX goes to this many points; none when left out */
  readonly crash?: { readonly day: number; readonly vix: number }
}

/** A market that never was: calm noise, and a crash where one is asked for; nine VIX futures in contango until then. */
export function madeUpMarket({ from, days, seed, crash }: MadeUp): readonly MarketDay[] {
  const noise = generator(seed)
  const made: MarketDay[] = []
  let date = UnixTime.parse(from)!
  let [spx, vix] = [4000, 15]
  for (let index = 0; index < days; index++, date = TradingCalendar.next(date)) {
    const since = crash === undefined ? -1 : index - crash.day
    const isFalling = since >= 0 && since < 8
    const move = isFalling ? -0.03 : (noise() - 0.49) * 0.012
    const aim = isFalling ? crash!.vix : since >= 8 ? 15 + (crash!.vix - 15) * 0.95 ** (since - 8) : 15
    const open = spx * (1 + move * noise())
    const vixOpen = vix
    spx *= 1 + move
    vix = Math.max(9.5, vix + (aim - vix) * (isFalling ? 0.5 : 0.15) + (noise() - 0.5))
    made.push({
      date,
      spx: barOf(open, spx),
      vix: barOf(vixOpen, vix),
      indices: {
        vix9d: vix * 0.97,
        vix3m: 15 + (vix - 15) * 0.7 + 1.5,
        vix6m: 15 + (vix - 15) * 0.5 + 2.5,
        vvix: 80 + vix,
        skew: 130,
        vxth: 500,
      },
      futures: futuresOf(date, vix, vixOpen),
      billYield: 0.03,
      breadth: {
        advancing: Math.round(1500 + 1000 * noise()),
        declining: Math.round(1500 + 1000 * noise()),
        source: 'nyse',
      },
      flags: [],
    })
  }
  return made
}

function futuresOf(date: UnixTime.UnixTime, vix: number, vixOpen: number): MarketDay['futures'] {
  const expiries = VixExpiry.between(date - UnixTime.day, date + 280 * UnixTime.day)
  return expiries.map((expiry) => {
    const months = (expiry - date) / (30 * UnixTime.day)
    const settle = expiry === date ? vixOpen : 18 + (vix - 15) * 0.8 ** months - 3 * 0.7 ** months
    return { expiry, settle: Math.round(settle * 100) / 100 }
  })
}

function barOf(open: number, close: number): Bar {
  return { open, high: Math.max(open, close) * 1.002, low: Math.min(open, close) * 0.998, close }
}

// Park and Miller's generator: a test's days need to be the same, not random.
function generator(seed: number): () => number {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
