import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import * as Decayed from '../../signals/Decayed.ts'
import type { Measure } from '../Observation.ts'
import { begin } from '../testing/sampleBridge.ts'
import * as Board from './Board.ts'
import type { FeedName } from './Feed.ts'
import * as Feed from './Feed.ts'
import * as Measures from './Measures.ts'
import * as Signals from './Signals.ts'
import { emptyTally, hoursAfter, measure, readingsOver, viewOf } from './signals.fixture.ts'
import type * as Tally from './Tally.ts'
import type { View } from './View.ts'

const { all } = Signals
const feedNames = Object.keys(Feed.feeds) as FeedName[]

describe('every signal', () => {
  it('has a name of its own, and presses a layer when a feed makes it and none when it is only watched', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    const pressesOf = ({ presses }: (typeof all)[number]) => presses.near + presses.mid + presses.far
    for (const signal of Signals.fed) expect(pressesOf(signal), signal.name).toBeGreaterThan(0)
    for (const signal of Signals.watched) expect(pressesOf(signal), signal.name).toBe(0)
  })

  test.each(all.map((signal) => [signal.name, signal] as const))(
    '%s without data is neutral and says why',
    (_, signal) => {
      const [[reading]] = readingsOver([signal], [viewOf()]) as [[Board.Reading]]
      expect(reading).toMatchObject({
        name: signal.name,
        value: null,
        rank: 0.5,
        weight: { near: 0, mid: 0, far: 0 },
      })
      expect(reading.sentence).toMatch(/: no value, because .+; it counts as neutral and presses nothing\.$/)
    },
  )

  it('law: whatever is fed, values are finite or null, ranks lie in 0 to 1, and nothing throws', () => {
    fc.assert(
      fc.property(fc.array(someMeasure, { maxLength: 60 }), (measures) => {
        for (const readings of readingsOver(all, hoursOf(measures))) {
          for (const { name, value, rank, trend, sentence } of readings) {
            expect(value === null || Number.isFinite(value), `${name} is ${value}`).toBe(true)
            expect(trend === null || Number.isFinite(trend), name).toBe(true)
            expect(rank >= 0 && rank <= 1, name).toBe(true)
            if (value !== null) expect(sentence).not.toMatch(/NaN|Infinity|undefined/)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('law: what comes later changes nothing, and neither does a snapshot', () => {
    fc.assert(
      fc.property(
        fc.array(someMeasure, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (measures, cut) => {
          const views = hoursOf(measures)
          const whole = readingsOver(all, views)
          expect(readingsOver(all, views.slice(0, cut).map(afresh))).toEqual(whole.slice(0, cut))
          const board = Board.create(all)
          for (const view of views.slice(0, cut)) Board.step(board, all, afresh(view))
          const kept = structuredClone(board)
          expect(views.slice(cut).map((view) => Board.step(kept, all, afresh(view)))).toEqual(
            whole.slice(cut),
          )
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('a bridge that feeds everything', () => {
  it('has a value for every signal, and all that press are ranked', () => {
    const hours = 240
    const views = Array.from({ length: hours }, (_, hour) => {
      const at = hoursAfter(hour)
      const wobble = 1 + Math.sin(hour) / 100
      const measures = feedNames.flatMap((name) => everything(name, wobble, at))
      const values = new Map([['breadth', 40 + (hour % 20)]])
      return viewOf(measures, { at, values, tally: tallyOf(hour) })
    })
    const readings = readingsOver(all, views).at(-1)!
    expect(readings.filter(({ value }) => value === null).map(({ sentence }) => sentence)).toEqual([])
    const pressing = readings.filter(({ weight }) => weight.near + weight.mid + weight.far > 0)
    expect(pressing.map(({ name }) => name)).toEqual(Signals.fed.map(({ name }) => name))
  })
})

describe('the board', () => {
  const prices = (hours: number, price: (hour: number) => number) =>
    Array.from({ length: hours }, (_, i) =>
      viewOf([measure('wrappedPrice', 'GOLD', price(i), { at: hoursAfter(i) })], { at: hoursAfter(i) }),
    )
  const impliedOf = (readings: readonly Board.Reading[]) =>
    readings.find(({ name }) => name === 'impliedLoss')!

  it('lets a signal press once it has a past to be ranked in: after two days', () => {
    const readings = readingsOver(
      Signals.fed,
      prices(50, (i) => (i < 49 ? 0.999 : 0.95)),
    )
    expect(impliedOf(readings[47]!)).toMatchObject({ rank: 0.5, weight: { near: 0, mid: 0, far: 0 } })
    expect(impliedOf(readings[49]!)).toMatchObject({ rank: 1, weight: { near: 1, mid: 1, far: 0 } })
  })

  it('says how a value has moved within a day', () => {
    const readings = readingsOver(
      Signals.fed,
      prices(26, (i) => 1 - i / 1_000),
    )
    expect(impliedOf(readings[23]!).trend).toBeNull()
    expect(impliedOf(readings[24]!).trend).toBeCloseTo(
      impliedOf(readings[24]!).value! - impliedOf(readings[0]!).value!,
      12,
    )
  })

  it('hands on what presses, and nothing else', () => {
    const board = Board.create(Signals.fed)
    const event = measure('event', 'upgrade', hoursAfter(1))
    Board.step(board, Signals.fed, viewOf([event, measure('wrappedPrice', 'GOLD', 0.9)]))
    expect(Board.pressing(board).map(({ name }) => name)).toEqual(['calendar'])
  })
})

// Numbers as feeds should give them, as they should not, and as nobody would believe.
const oddNumber = fc.oneof(
  fc.double({ min: 0, max: 2, noNaN: true }),
  fc.constantFrom(
    0,
    -1,
    1e-300,
    5e-324,
    1e-6,
    1,
    40,
    77,
    1e6,
    1e12,
    1e13,
    1e300,
    Number.NaN,
    Infinity,
    -Infinity,
  ),
  fc.double(),
)

const someMeasure: fc.Arbitrary<Measure> = fc
  .record({
    name: fc.constantFrom(...feedNames),
    of: fc.constantFrom('', 'GOLD', 'SILVER', '1', '2', '10000', 'alice'),
    value: oddNumber,
    hour: fc.nat(9),
    age: fc.constantFrom(0, 1, 40, 5_000, -1),
    source: fc.constantFrom('pool', 'oracle'),
  })
  .map(({ name, of, value, hour, age, source }) => {
    const about = Feed.feeds[name].about === 'bridge' ? '' : of
    return measure(name, about, value, { at: hoursAfter(hour), asOf: hoursAfter(hour - age), source })
  })

/** Ten hours in which measures come as they say. */
function hoursOf(measures: readonly Measure[]): View[] {
  const book = Measures.create()
  return Array.from({ length: 10 }, (_, hour) => {
    for (const each of measures) if (each.at === hoursAfter(hour)) Measures.take(book, each)
    return viewOf([], { at: hoursAfter(hour), measures: structuredClone(book), tally: tallyOf(hour) })
  })
}

const subjects = {
  bridge: [''],
  token: ['GOLD', 'SILVER'],
  chain: ['1', '2'],
  operator: ['alice', 'bob'],
  size: ['1000', '10000'],
  provider: ['mutual'],
  layer: ['near', 'mid', 'far'],
  subject: ['contracts'],
}

/** A sound reading of a feed about each of its subjects, a little different every hour. */
function everything(name: FeedName, wobble: number, at: number): Measure[] {
  const sound: Partial<Record<FeedName, number>> = {
    wrappedPrice: 0.97 * wobble,
    decimals: 6,
    event: begin + 300 * 3_600,
    securityCost: 5,
    riskFree: 0.04,
    claimDiscount: 0.03,
  }
  const isShare = Feed.feeds[name].unit === 'share' || Feed.feeds[name].unit === 'per year'
  const value = sound[name] ?? (Feed.feeds[name].unit === 'done' ? 1 : isShare ? 0.1 * wobble : 100 * wobble)
  return subjects[Feed.feeds[name].about].map((of) => measure(name, of, value, { at }))
}

function tallyOf(hour: number): Tally.State {
  const tally = emptyTally()
  tally.netUsd.set('1:2:0', hour % 3 === 0 ? 5 : -5)
  tally.settledUsd = 10 * hour
  Decayed.add(tally.volume, 100, hoursAfter(hour))
  return tally
}

function afresh(view: View): View {
  return { ...view, values: new Map() }
}
