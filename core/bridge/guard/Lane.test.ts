import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hour } from '../../units/UnixTime.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import * as Bucket from './Bucket.ts'
import { type GuardSettings, ofPosture } from './GuardSettings.ts'
import * as Lane from './Lane.ts'

const begin = 1_600_000_000
const never = Number.POSITIVE_INFINITY
const limiting = ofPosture('balanced', 2)
const proving = ofPosture('balanced', 3)

describe('what a level lets pass', () => {
  it.each([
    // level, paused, proven, room -> outcome
    [0, true, false, false, 'pass'],
    [1, true, true, true, 'paused'],
    [1, false, false, false, 'pass'],
    [2, true, true, true, 'paused'],
    [2, false, false, true, 'pass'],
    [2, false, true, false, 'large'],
    [3, true, true, true, 'paused'],
    [3, false, true, true, 'pass'],
    [3, false, true, false, 'large'],
    [3, false, false, true, 'unproven'],
  ] as const)('level %i, paused %s, proven %s, room %s: %s', (level, paused, proven, room, outcome) => {
    const settings = ofPosture('balanced', level)
    const lane = laneOf(room ? 1_000 : 10, settings)
    if (paused) pause(lane, begin - 1, begin + hour)
    expect(Lane.admit(lane, settings, 100, proven, begin)).toBe(outcome)
  })

  it('a leg that fits the limit but not what is left of it is over the limit; one that never fits is large', () => {
    const lane = laneOf(1_000)
    expect(Lane.admit(lane, limiting, 900, true, begin)).toBe('pass')
    expect(Lane.admit(lane, limiting, 101, true, begin)).toBe('limit')
    expect(Lane.admit(lane, limiting, 1_001, true, begin)).toBe('large')
    expect(Lane.admit(lane, limiting, 100, true, begin)).toBe('pass')
  })

  it('an unproven leg needs room in both buckets and takes it from both', () => {
    const lane = laneOf(1_000, proving)
    Bucket.resize(lane.unproven, 300, begin)
    lane.unproven.level = 300
    expect(Lane.admit(lane, proving, 301, false, begin)).toBe('unproven')
    expect(Lane.admit(lane, proving, 200, false, begin)).toBe('pass')
    expect([lane.total.level, lane.unproven.level]).toEqual([800, 100])
  })

  it('what is held takes no room', () => {
    const lane = laneOf(1_000, proving)
    Bucket.resize(lane.unproven, 2_000, begin)
    lane.unproven.level = 2_000
    expect(Lane.admit(lane, proving, 1_500, false, begin)).toBe('large')
    expect([lane.total.level, lane.unproven.level]).toEqual([1_000, 2_000])
  })
})

describe('what waits', () => {
  it('passes as soon as there is room, the one that needs least first', () => {
    const lane = laneOf(600)
    Bucket.take(lane.total, 600)
    const big = held({ units: 500 })
    const small = held({ units: 100 })
    Lane.hold(lane, limiting, big)
    Lane.hold(lane, limiting, small)
    // 600 units in six hours are 100 an hour: the small one after one, the big one five hours later, were it not
    // for the four hours after which anything proven passes.
    expect(drainUntil(lane, limiting, begin + 24 * hour)).toEqual([
      { leg: small, at: begin + hour },
      { leg: big, at: begin + 4 * hour },
    ])
  })

  it('does not wait for one that needs less, when that one is proven or came later', () => {
    const lane = laneOf(600)
    const unproven = held({ units: 100, provenAt: begin + 2 * hour })
    const ready = held({ units: 200 })
    Lane.hold(lane, limiting, unproven)
    Lane.hold(lane, limiting, ready)
    expect(drainUntil(lane, limiting, begin + hour)).toEqual([{ leg: ready, at: begin }])
    const full = laneOf(60)
    const late = held({ units: 70, since: begin + 60 })
    const early = held({ units: 80, provenAt: begin + 90 })
    Lane.hold(full, limiting, late)
    Lane.hold(full, limiting, early)
    expect(drainUntil(full, limiting, begin + 4 * hour)).toEqual([{ leg: early, at: begin + 4 * hour }])
  })

  it('waits for its proof, and for the end of a pause, and after that for nobody', () => {
    const lane = laneOf(600)
    const early = held({ units: 10, provenAt: begin + 300 })
    Lane.hold(lane, limiting, early)
    expect(drainUntil(lane, limiting, begin + 299)).toEqual([])
    expect(drainUntil(lane, limiting, begin + 300)).toEqual([{ leg: early, at: begin + 300 }])
    pause(lane, begin + 600, begin + 10 * hour)
    const stopped = held({ units: 900, since: begin + 700 })
    Lane.hold(lane, limiting, stopped)
    expect(drainUntil(lane, limiting, begin + 10 * hour - 1)).toEqual([])
    expect(drainUntil(lane, limiting, begin + 24 * hour)).toEqual([{ leg: stopped, at: begin + 10 * hour }])
  })

  it('without a proof waits for people, however long', () => {
    const lane = laneOf(600)
    const fake = held({ units: 1, provenAt: never })
    Lane.hold(lane, limiting, fake)
    expect(drainUntil(lane, limiting, begin + 1_000 * hour)).toEqual([])
    expect(lane.kept).toEqual([fake])
  })

  it('law: nothing is lost: every leg is let go once, or still waits, or is kept for people', () => {
    fc.assert(
      fc.property(settingsOf, capacity, legs, ends, (settings, room, wished, end) => {
        const { lane, all, released } = play(settings, room, wished, end)
        const now = new Set([...lane.queue, ...lane.kept])
        const gone = released.map(({ leg }) => leg)
        expect(new Set(gone).size).toBe(gone.length)
        for (const leg of all) expect(Number(now.has(leg)) + Number(gone.includes(leg))).toBe(1)
        for (const leg of all) expect(lane.kept.includes(leg)).toBe(leg.provenAt === never)
      }),
    )
  })

  it('law: a proven leg waits no longer than the hold time after its proof and the end of its pause', () => {
    fc.assert(
      fc.property(settingsOf, capacity, legs, (settings, room, wished) => {
        const { lane, released } = play(settings, room, wished, 1_000 * hour)
        expect(lane.queue).toEqual([])
        for (const { leg, at } of released) {
          const free = Math.max(leg.since, leg.provenAt, lane.pausedUntil)
          expect(at).toBeGreaterThanOrEqual(Math.max(leg.since, leg.provenAt))
          expect(at).toBeLessThanOrEqual(Math.max(free, leg.since + settings.holdSeconds))
        }
      }),
    )
  })

  it('law: who came no later, was proven no later and needs no more passes no later', () => {
    fc.assert(
      fc.property(settingsOf, capacity, legs, (settings, room, wished) => {
        const { released } = play(settings, room, wished, 1_000 * hour)
        for (const one of released) {
          for (const other of released) {
            const isFirst =
              one.leg.since <= other.leg.since &&
              one.leg.provenAt <= other.leg.provenAt &&
              one.leg.units <= other.leg.units
            if (isFirst) expect(one.at).toBeLessThanOrEqual(other.at)
          }
        }
      }),
    )
  })

  it('law: looking every second and looking once give the same legs at the same moments', () => {
    fc.assert(
      fc.property(settingsOf, capacity, legs, fc.nat(8 * hour), (settings, room, wished, end) => {
        const seldom = play(settings, room, wished, end)
        const often = play(settings, room, wished, end, 1)
        expect(timesOf(often.released)).toEqual(timesOf(seldom.released))
        expect(timesOf(drained(often.lane, settings, begin + end))).toEqual([])
      }),
    )
  })
})

describe('what a lane learns', () => {
  it('sums and sizes of the legs that pass, and it is warm after a hundred', () => {
    const lane = laneOf(1_000)
    for (let i = 0; i < 99; i++) Lane.learn(lane, 5, begin + i)
    expect(Lane.isWarm(lane, limiting)).toBe(false)
    Lane.learn(lane, 5, begin + 99)
    expect(Lane.isWarm(lane, limiting)).toBe(true)
    expect(lane.windowSums.sorted.slice(0, 3)).toEqual(Float64Array.of(5, 10, 15))
    expect(lane.sizes.size).toBe(100)
  })

  it('nothing from what is refused', () => {
    const lane = laneOf(10)
    Lane.admit(lane, limiting, 11, true, begin)
    Lane.hold(lane, limiting, held({ units: 11 }))
    expect(lane.windowSums.size).toBe(0)
  })
})

const settingsOf = fc.constantFrom(limiting, proving, ofPosture('steward', 3), ofPosture('promoter', 2))
const capacity = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2_000 }))
const ends = fc.integer({ min: 0, max: 40 * hour })

type Wish = {
  readonly wait: number
  readonly units: number
  readonly proof: number | null
  readonly pause: boolean
}

const legs: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({
    wait: fc.nat(2 * hour),
    units: fc.integer({ min: 0, max: 1_500 }),
    proof: fc.oneof({ weight: 5, arbitrary: fc.nat(hour) }, { weight: 1, arbitrary: fc.constant(null) }),
    pause: fc.boolean(),
  }),
  { maxLength: 20 },
)

type Release = { readonly leg: Lane.Held; readonly at: number }

/** Sends legs at a lane until `end` seconds have gone; the first that asks for a pause gets one. */
function play(settings: GuardSettings, room: number, wished: readonly Wish[], end: number, every = never) {
  const lane = laneOf(room, settings)
  const all: Lane.Held[] = []
  const released: Release[] = []
  const look = (from: number, to: number) => {
    for (let at = from + every; at < to; at += every) released.push(...drained(lane, settings, at))
    released.push(...drained(lane, settings, to))
  }
  let at = begin
  for (const [i, { wait, units, proof, pause: pauses }] of wished.entries()) {
    const next = Math.min(at + wait, begin + end)
    look(at, next)
    at = next
    if (pauses && lane.pausedFrom === never) pause(lane, at + 36, at + settings.pauseSeconds)
    const provenAt = proof === null ? never : at + proof
    const reason = Lane.admit(lane, settings, units, provenAt <= at, at)
    if (reason === 'pass') continue
    const leg = held({ units, provenAt, since: at, reason, index: i })
    Lane.hold(lane, settings, leg)
    all.push(leg)
  }
  look(at, begin + end)
  return { lane, all, released }
}

function timesOf(released: readonly Release[]) {
  return released.map(({ leg, at }) => [leg.event.index, at])
}

function drained(lane: Lane.Lane, settings: GuardSettings, at: number): Release[] {
  const released: Release[] = []
  Lane.drain(lane, settings, at, (leg, when) => released.push({ leg, at: when }))
  return released
}

/** Looks every ten minutes. */
function drainUntil(lane: Lane.Lane, settings: GuardSettings, end: number): Release[] {
  const released: Release[] = []
  for (let at = begin; at < end; at += 600) released.push(...drained(lane, settings, at))
  return [...released, ...drained(lane, settings, end)]
}

function laneOf(room: number, settings: GuardSettings = limiting): Lane.Lane {
  const lane = Lane.create(0, 0, settings, begin)
  Bucket.resize(lane.total, room, begin)
  lane.total.level = room
  return lane
}

function pause(lane: Lane.Lane, from: number, until: number): void {
  lane.pausedFrom = from
  lane.pausedUntil = until
}

function held(parts: Partial<Lane.Held> & { units: number; index?: number }): Lane.Held {
  const { index = 0, since = begin, provenAt = since, reason = 'limit', units } = parts
  const event = { index, amount: BigInt(units) } as BridgeEvent
  return { event, units, usd: null, since, provenAt, reason }
}
