import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as SpxForward from '@cutwater/core/options/surface/SpxForward.ts'
import type { Reading, SignalName } from '@cutwater/core/options/view/OptionsSignals.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as PercentileRank from '@cutwater/core/signals/PercentileRank.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/** Some signals by themselves: what a ladder would see of each day if it saw nothing else. */
export type Lens = {
  readonly name: string
  readonly readings: (past: readonly View[]) => readonly (readonly Reading[])[]
}

type Weight = Reading['weight']

/** Of the signals that the book reads anyway, these alone. */
export function of(...names: readonly SignalName[]): Lens {
  return {
    name: names.join(' '),
    readings: (past) =>
      past.map(({ pressures }) =>
        pressures.readings.filter(({ name }) => names.some((each) => each === name)),
      ),
  }
}

/** A number a day, the higher the more acute, ranked in its own trailing year; days without one are left out. */
export function ranked(name: string, weight: Weight, acuteOf: (past: readonly View[]) => Values): Lens {
  return {
    name,
    readings: (past) => {
      const rank = PercentileRank.create(rankWindow)
      return Array.from(acuteOf(past), (value) =>
        value === undefined || Number.isNaN(value)
          ? []
          : [{ name, value, unit: name, rank: PercentileRank.step(rank, value), weight }],
      )
    },
  }
}

export type Values = Iterable<number | undefined>

/** Acute on the days before an event, neutral on all others. */
export function before(name: string, weight: Weight, isNear: (view: View) => boolean): Lens {
  return {
    name,
    readings: (past) =>
      past.map((view) => [
        { name, value: Number(isNear(view)), unit: name, rank: isNear(view) ? 1 : 0.5, weight },
      ]),
  }
}

/** The advance-decline line itself, falling is acute. */
export function advanceDecline(weight: Weight): Lens {
  return ranked('A/D line', weight, (past) => {
    let line = 0
    return past.map(({ day: { breadth } }) => {
      if (breadth === undefined) return undefined
      const { advancing, declining } = breadth
      line += (advancing - declining) / Math.max(1, advancing + declining)
      return -line
    })
  })
}

/** What carries the index: the bill's yield less dividends. */
export function carry(weight: Weight): Lens {
  return ranked('carry', weight, (past) =>
    past.map(({ day: { billYield }, date }) => billYield - SpxForward.dividendYield(date)),
  )
}

/** A monthly figure as it could be known: fifty days after the month begins; over the year before where it only rises. */
export function monthly(
  { economy }: MarketHistory,
  key: string,
  weight: Weight,
  kind: 'level' | 'change',
): Lens {
  const rows = economy.filter(({ values }) => values[key] !== undefined)
  return ranked(key, weight, (past) =>
    past.map(({ date }) => {
      const at = rows.findLastIndex((row) => row.date <= date - knownAfter)
      if (at < 0) return undefined
      const now = rows[at]!.values[key]!
      const then = rows[at - 12]?.values[key]
      if (kind === 'level') return now
      return then === undefined ? undefined : now / then - 1
    }),
  )
}

/** How much of a day's range was undone by its close, as a share of it: round trips within the day. */
export function roundTrips(weight: Weight): Lens {
  return ranked('round trips', weight, (past) =>
    past.map(({ day: { spx, flags } }) => {
      const isKnown = !flags.includes('spx-open-repeats') && !flags.includes('bar-mended')
      return isKnown ? (spx.high - spx.low - Math.abs(spx.close - spx.open)) / spx.close : undefined
    }),
  )
}

/** Realised volatility against its own mean of a year: what scales a β. */
export function volatilityScale(weight: Weight): Lens {
  return ranked('β scale', weight, (past) =>
    past.map(({ facts: { realised20 } }, day) => {
      const before = past.slice(Math.max(0, day - 252), day).flatMap(({ facts }) => facts.realised20 ?? [])
      if (realised20 === undefined || before.length < 126) return undefined
      return realised20 / (before.reduce((a, b) => a + b, 0) / before.length)
    }),
  )
}

/** How far the index really moves beyond what was paid for: its realised volatility less VIX. */
export function breakEven(weight: Weight): Lens {
  return ranked('break-even', weight, (past) =>
    past.map(({ facts: { realised30 }, day: { vix } }) =>
      realised30 === undefined ? undefined : 100 * realised30 - vix.close,
    ),
  )
}

const rankWindow = { window: 252, minimum: 63 }
const knownAfter = 50 * UnixTime.day
