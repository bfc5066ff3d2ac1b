import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { drainAll } from '@cutwater/core/bridge/pass.ts'
import { advance, step } from '@cutwater/core/bridge/step.ts'
import { day, hour, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encode } from '../journal/encode.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import { memoryShelf } from '../ports/Shelf.ts'
import * as Moment from '../replay/Moment.ts'
import { act, signalsOf } from '../watch/anySignals.fixture.ts'
import * as LiveBook from '../watch/LiveBook.ts'
import { begin, bridge, inLeg, outLeg, policy, prices, type Transfer } from '../watch/live.fixture.ts'
import * as Chronicle from './Chronicle.ts'
import * as Kept from './Kept.ts'
import * as Thread from './Thread.ts'
import * as Timeline from './Timeline.ts'

// A bridge's life at random: legs true, early, forged and huge, seconds or days apart, price moves, and people's orders.
// A `back` answers an out leg from before, often before that one is final.
const observed = fc.record({
  wait: fc.constantFrom(0, 1, 15, 15, 45, 45, 130, 700, hour, 5 * hour, 30 * hour),
  what: fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom('out' as const, 'back' as const) },
    { weight: 5, arbitrary: fc.constantFrom('in' as const, 'price' as const) },
    { weight: 1, arbitrary: fc.constant('order' as const) },
  ),
  isGold: fc.boolean(),
  from: fc.constantFrom(1 as const, 2 as const),
  message: fc.nat(6),
  coins: fc.constantFrom(1, 1_000, 300_000, 4_000_000),
})
type Observed = typeof observed extends fc.Arbitrary<infer Value> ? Value : never

const level = fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 3 as const)
const life = fc.record({ level, seen: fc.array(observed, { minLength: 1, maxLength: 40 }) })
const anytimes = fc.array(fc.integer({ min: -hour, max: 12 * day }), { maxLength: 8 })
const place = fc.double({ min: 0, max: 1, noNaN: true })

describe('any moment', () => {
  test('law: of any recorded life is byte for byte what folding from the beginning says, saved anywhere or not', async () => {
    const met = { waiting: 0, released: 0, paused: 0, ended: 0, chapters: 0 }
    await fc.assert(
      fc.asyncProperty(life, anytimes, place, async ({ level, seen }, anytimes, place) => {
        const observations = lifeOf(seen)
        const entries = observations.map((each, nth) => entryOf(String(nth), each.at, each))
        const timeline = await readIn(entries, Math.floor(place * entries.length), 'recorded', policy(level))
        for (const at of timesIn(entries, anytimes)) {
          const folded = folding(observations, policy(level), at)
          expect(encode(await Timeline.momentAt(timeline, at))).toBe(encode(folded))
          if (folded.waiting.length > 0) met.waiting += 1
          if (folded.pauses.length > 0) met.paused += 1
          else if (timeline.actions.some((told) => told.at < at && told.what.type === 'paused'))
            met.ended += 1
        }
        met.chapters += timeline.chronicle.full.length
        met.released += timeline.actions.filter(({ what }) => what.type === 'released').length
      }),
      { numRuns: 120 },
    )
    // The law is about these: it must have met them.
    expect(Math.min(...Object.values(met))).toBeGreaterThan(5)
  })

  test('law: of any watched life, blocks taken back among it, is what folding from the beginning says', async () => {
    let dropped = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), place, async (acts, place) => {
        const signals = [{ kind: 'prices', points: prices } as const, ...signalsOf(acts)]
        let clock = 0
        const entries = signals.map((signal, nth) => {
          // The clock of one chain is behind that of the other.
          if (signal.kind === 'block') clock = signal.block.at - (signal.block.chain === 1 ? 40 : 0)
          if (signal.kind === 'reorg') dropped += signal.dropped.length
          return entryOf(`${nth}#1`, clock, signal)
        })
        const timeline = await readIn(entries, Math.floor(place * entries.length), 'watched', policy(1))
        const times = timesIn(entries, [])
        for (const at of times.filter((_, nth) => nth % Math.ceil(times.length / 12) === 0)) {
          const upTo = entries.findIndex((entry) => entry.at > at)
          const live = LiveBook.create(bridge, policy(1))
          for (const signal of upTo < 0 ? signals : signals.slice(0, upTo)) LiveBook.apply(live, signal)
          const folded = Moment.of({ book: live.book, deceived: false })
          expect(encode(await Timeline.momentAt(timeline, at))).toBe(encode(folded))
        }
      }),
      { numRuns: 20 },
    )
    expect(dropped).toBeGreaterThan(20)
  })

  test('law: after another policy was taken is what folding says that changes it there', async () => {
    await fc.assert(
      fc.asyncProperty(life, level, place, anytimes, async ({ level, seen }, other, place, anytimes) => {
        const observations = lifeOf(seen)
        const entries = observations.map((each, nth) => entryOf(String(nth), each.at, each))
        const timeline = await readIn(entries, 0, 'recorded', policy(level))
        const fork = begin + Math.floor(place * 2 * (timeline.at - begin)) - hour
        const before = Thread.freeze(timeline.thread)
        const taken = await Timeline.branch(timeline, fork, policy(other))
        for (const at of timesIn(entries, anytimes)) {
          const folded = folding(observations, policy(level), at, { at: fork, policy: policy(other) })
          expect(encode(await Timeline.momentAt(taken, at))).toBe(encode(folded))
        }
        expect(Thread.freeze(timeline.thread)).toBe(before)
      }),
      { numRuns: 40 },
    )
  })

  test('whose chapter is lost is folded anew, and a branch can still be taken', async () => {
    const shelf = memoryShelf()
    const timeline = await readIn(longLife, 0, 'recorded', policy(3), shelf)
    const times = timesIn(longLife, [])
    const told = await allOf(timeline, times)
    const { full } = timeline.chronicle
    expect(full.length).toBeGreaterThan(4)
    for (const { name } of full.slice(1, 4)) shelf.drop(name)
    expect(await allOf(timeline, times)).toEqual(told)
    const at = full[2]!.since + 1
    expect(await allOf(await Timeline.branch(timeline, at, policy(3)), times)).toEqual(told)
    for (const { seq } of timeline.marks) shelf.drop(`mark:${seq}`)
    expect(await allOf(timeline, times)).toEqual(told)
  })
})

const longLife = lifeOf(
  Array.from(
    { length: 60 },
    (_, nth): Observed => ({
      wait: [20, hour, 700][nth % 3]!,
      what: (['out', 'back', 'out', 'in', 'price'] as const)[nth % 5]!,
      isGold: nth % 4 > 0,
      from: nth % 7 < 4 ? 1 : 2,
      message: nth >> 1,
      coins: nth % 11 === 0 ? 4_000_000 : 1_000,
    }),
  ),
).map((each, nth) => entryOf(String(nth), each.at, each))

type Entry = ReturnType<typeof entryOf>

function entryOf(id: string, at: UnixTime, body: unknown) {
  return { topic: 'observed', id, at, body: encode(body) } as const
}

function lifeOf(seen: readonly Observed[]): readonly Observation[] {
  let at = begin
  const sent: Transfer[] = []
  const known: readonly Observation[] = prices.map((price) => ({ ...price, at }))
  return [
    ...known,
    ...seen.map(({ wait, what, isGold, from, message, coins }, nth): Observation => {
      at += wait
      const transfer = { token: isGold ? 'GOLD' : 'SILVER', from, message: nth, coins } as const
      const [answered] = what === 'back' ? sent.splice(message % sent.length, 1) : []
      if (answered !== undefined) return inLeg(answered, at)
      switch (what) {
        case 'out':
        case 'back':
          sent.push(transfer)
          return outLeg(transfer, at)
        case 'in':
          return inLeg(transfer, at)
        case 'price':
          return { kind: 'price', at, priceId: isGold ? 'gold' : 'silver', price: 1 + message / 10 }
        default:
          return { kind: 'order', action: 'pause', at, reason: 'by order of people' }
      }
    }),
  ]
}

/** A timeline in short chapters, that was read up to a place, saved, taken up again and read to the end. */
async function readIn(
  entries: readonly Entry[],
  place: number,
  kind: Thread.Thread['kind'],
  policy: BridgePolicy,
  shelf = memoryShelf(),
): Promise<Timeline.Timeline> {
  const journal = memoryJournal()
  const create = () => {
    const timeline = Timeline.create({ journal, kind, bridge, policy, shelf })
    return { ...timeline, markEvery: 7, chronicle: Chronicle.create(9) }
  }
  const first = create()
  await journal.append(entries.slice(0, place))
  await Timeline.catchUp(first)
  await Kept.save(first)
  await journal.append(entries.slice(place))
  const second = await Kept.recover(create())
  await Timeline.catchUp(second)
  return second
}

/** At, just before and just after each entry and the hours between them; and at any other times, counted from the first. */
function timesIn(entries: readonly Entry[], others: readonly number[]): readonly UnixTime[] {
  const ats = entries.map(({ at }) => at)
  const hours = ats.map((at) => at - (at % hour) + hour)
  const near = [...ats, ...hours].flatMap((at) => [at - 1, at, at + 1])
  return [...new Set([...near, ...others.map((each) => begin + each)])]
}

function folding(
  observations: readonly Observation[],
  policy: BridgePolicy,
  at: UnixTime,
  fork?: { readonly at: UnixTime; readonly policy: BridgePolicy },
): Moment.Moment {
  let book = Book.create(bridge, policy)
  const later = observations.findIndex((each) => each.at > (fork?.at ?? Number.POSITIVE_INFINITY))
  const forked = later < 0 ? observations.length : later
  for (let nth = 0; nth <= observations.length; nth++) {
    if (nth === forked && fork !== undefined) book = Book.withPolicy(book, fork.policy)
    if (nth === observations.length || observations[nth]!.at > at) break
    step(book, observations[nth]!)
  }
  advance(book, at)
  drainAll(book, book.now)
  return Moment.of({ book, deceived: false })
}

function allOf(timeline: Timeline.Timeline, times: readonly UnixTime[]): Promise<readonly string[]> {
  return Promise.all(times.map(async (at) => encode(await Timeline.momentAt(timeline, at))))
}
