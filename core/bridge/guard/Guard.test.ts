import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour } from '../../units/UnixTime.ts'
import { fromDollars } from '../../units/Usd.ts'
import * as Bucket from './Bucket.ts'
import * as Guard from './Guard.ts'
import { type GuardSettings, ofPosture, reactionSeconds } from './GuardSettings.ts'
import * as Lane from './Lane.ts'
import type { Scope } from './Pauses.ts'

const begin = 1_600_000_000
const settings = ofPosture('balanced', 2)
const proving = ofPosture('balanced', 3)
const reaction = reactionSeconds(settings)

// Two tokens on two routes: lanes 0 and 1 belong to route 0, lanes 2 and 3 to route 1.
const tokens = 2
const laneTokens = [0, 1, 0, 1]
const routeOf = (lane: number) => Math.floor(lane / tokens)

describe('a pause', () => {
  it('is in force from the second after the reaction time until its end', () => {
    const guard = guardWithLanes()
    const pause = Guard.pause(guard, { kind: 'lane', lane: 0 }, begin, 'theft')!
    expect(pause).toMatchObject({ from: begin + 36, until: begin + 36 + 6 * hour })
    const paused = (at: number) => Lane.isPaused(guard.lanes[0]!, at)
    expect([paused(begin), paused(pause.from), paused(pause.from + 1)]).toEqual([false, false, true])
    expect([paused(pause.until), paused(pause.until + 1)]).toEqual([true, false])
  })

  it.each<[string, Scope, number[]]>([
    ['message', { kind: 'message', route: 0, message: '7' }, []],
    ['lane', { kind: 'lane', lane: 2 }, [2]],
    ['route', { kind: 'route', route: 1 }, [2, 3]],
    ['bridge', { kind: 'bridge' }, [0, 1, 2, 3]],
  ])('of a %s stops what it covers and nothing else', (_, scope, lanes) => {
    const guard = guardWithLanes()
    Guard.pause(guard, scope, begin, 'theft')
    expect(pausedLanes(guard, begin + hour)).toEqual(lanes)
  })

  it('is not decided again while one as wide or wider is in force', () => {
    const narrow: Scope[] = [
      { kind: 'message', route: 0, message: '7' },
      { kind: 'lane', lane: 1 },
      { kind: 'route', route: 0 },
    ]
    const byRoute = guardWithLanes()
    Guard.pause(byRoute, { kind: 'route', route: 0 }, begin, 'first')
    for (const scope of narrow) expect(Guard.pause(byRoute, scope, begin + 60, 'second')).toBeNull()
    expect(Guard.pause(byRoute, { kind: 'lane', lane: 2 }, begin + 60, 'elsewhere')).not.toBeNull()
    expect(
      Guard.pause(byRoute, { kind: 'message', route: 1, message: '7' }, begin + 60, 'too'),
    ).not.toBeNull()
    expect(Guard.pause(byRoute, { kind: 'bridge' }, begin + 60, 'wider')).not.toBeNull()
    for (const scope of narrow) expect(Guard.pause(byRoute, scope, begin + 7 * hour, 'later')).not.toBeNull()
  })

  it('covers lanes that are opened while it is in force', () => {
    const guard = Guard.create(settings, laneTokens)
    Guard.pause(guard, { kind: 'route', route: 1 }, begin, 'theft')
    for (const lane of [0, 3]) Guard.open(guard, lane, routeOf(lane), lane % tokens, calm, begin + 60)
    expect(pausedLanes(guard, begin + 120)).toEqual([3])
  })

  it('ends by itself; while its cause stands it is renewed before it ends, and an ended one is not revived', () => {
    const guard = guardWithLanes()
    const pause = Guard.pause(guard, { kind: 'lane', lane: 0 }, begin, 'theft')!
    const { until } = pause
    expect(Guard.renew(guard, until - 2 * hour, until - hour, true)).toEqual([])
    expect(Guard.renew(guard, until - hour, until, false)).toEqual([])
    expect(Guard.renew(guard, until - hour, until, true)).toEqual([pause])
    expect(pause.until).toBe(until + settings.pauseSeconds)
    expect(pausedLanes(guard, pause.until)).toEqual([0])
    expect(Guard.renew(guard, pause.until, pause.until + hour, true)).toEqual([])
    expect(pausedLanes(guard, pause.until + 1)).toEqual([])
  })

  it('of a single message is not renewed: the message is held for as long as nothing proves it', () => {
    const guard = guardWithLanes()
    const { until } = Guard.pause(guard, { kind: 'message', route: 0, message: '7' }, begin, 'theft')!
    expect(Guard.renew(guard, until - hour, until, true)).toEqual([])
  })

  it('is not there at level 0, which only observes', () => {
    const guard = Guard.create(ofPosture('balanced', 0), laneTokens)
    expect(Guard.pause(guard, { kind: 'bridge' }, begin, 'theft')).toBeNull()
    expect(Guard.pauseUntilResumed(guard, begin, 'order')).toBeNull()
  })
})

describe('an order of people', () => {
  it('stops the bridge and stays, however long the rules see nothing wrong', () => {
    const guard = guardWithLanes()
    const order = Guard.pauseUntilResumed(guard, begin, 'by order')!
    expect(order.until).toBe(Number.POSITIVE_INFINITY)
    expect(pausedLanes(guard, begin + 1_000 * day)).toEqual([0, 1, 2, 3])
    expect(Guard.pause(guard, { kind: 'bridge' }, begin + day, 'theft')).toBeNull()
  })

  it('stays too where a pause that would end by itself was there before', () => {
    const guard = guardWithLanes()
    Guard.pause(guard, { kind: 'bridge' }, begin, 'theft')
    expect(Guard.pauseUntilResumed(guard, begin + hour, 'by order')).not.toBeNull()
    expect(pausedLanes(guard, begin + 1_000 * day)).toEqual([0, 1, 2, 3])
  })

  it('given twice is one pause', () => {
    const guard = guardWithLanes()
    Guard.pauseUntilResumed(guard, begin, 'by order')
    expect(Guard.pauseUntilResumed(guard, begin + hour, 'by order')).toBeNull()
    expect(guard.pauses).toHaveLength(1)
  })
})

describe('the limit of a lane', () => {
  it('is a share of the value locked until the lane is warm, and never below the floor', () => {
    const { coldShare, coldFloorUsd } = settings
    const large = { ...calm, lockedUsd: fromDollars(1e9) }
    expect(guardWithLanes(settings, large).lanes[0]!.total.capacity).toBe(coldShare * 1e11)
    expect(guardWithLanes(settings, calm).lanes[0]!.total.capacity).toBe(coldFloorUsd)
  })

  it('without a price is a share of the units locked, none where more was released than was seen to be locked', () => {
    const unpriced = { ...calm, cents: [Number.NaN, 0], lockedUnits: [5_000, 5_000] }
    expect(guardWithLanes(settings, unpriced).lanes.map((lane) => lane!.total.capacity)).toEqual(
      Array(4).fill(300),
    )
    const below = { ...unpriced, lockedUnits: [-5_000, 0] }
    expect(guardWithLanes(settings, below).lanes.map((lane) => lane!.total.capacity)).toEqual(
      Array(4).fill(0),
    )
  })

  it('fits what passed within trailing windows once a hundred proven legs have passed', () => {
    const guard = guardWithLanes()
    const lane = guard.lanes[0]!
    for (let i = 0; i < 99; i++) Lane.learn(lane, 3_000_000, begin + i * day)
    expect(Lane.isWarm(lane, settings)).toBe(false)
    Lane.learn(lane, 3_000_000, begin + 99 * day)
    Guard.tune(guard, calm, begin + 100 * day)
    expect(lane.total.capacity).toBe(3_000_000)
    expect(guard.lanes[1]!.total.capacity).toBe(settings.coldFloorUsd)
  })

  it('is never finer than a hard finding: what would stop nothing need not wait', () => {
    const guard = guardWithLanes()
    warm(guard.lanes[0]!, 3)
    Guard.tune(guard, calm, begin + 1_000 * day)
    expect(guard.lanes[0]!.total.capacity).toBe(0.001 * calm.lockedUsd)
  })

  it('law: limit and allowance tighten at once and loosen by the daily share at most', () => {
    const targets = fc.array(fc.record({ units: fc.integer({ min: 0, max: 1e9 }), wait: fc.nat(3 * day) }), {
      minLength: 1,
      maxLength: 10,
    })
    fc.assert(
      fc.property(fc.constantFrom(settings, proving), targets, (knobs, walk) => {
        const guard = guardWithLanes(knobs)
        const lane = guard.lanes[0]!
        let at = begin
        Guard.tune(guard, dusty, at)
        for (const { units, wait } of walk) {
          at += wait
          warm(lane, units)
          const before = { total: lane.total.capacity, unproven: lane.unproven.capacity }
          Guard.tune(guard, dusty, at)
          const growth = (1 + knobs.loosenPerDay) ** (wait / day)
          for (const name of ['total', 'unproven'] as const) {
            const most = before[name] > 0 ? before[name] * growth : units
            expect(lane[name].capacity).toBe(Math.min(units, most))
          }
        }
      }),
    )
  })

  it('that was nothing takes the first one that fits: from nothing no share grows', () => {
    const guard = guardWithLanes(settings, { ...calm, cents: [Number.NaN, 1], lockedUnits: [0, 0] })
    const lane = guard.lanes[0]!
    expect(lane.total.capacity).toBe(0)
    warm(lane, 500)
    Guard.tune(guard, { ...calm, cents: [Number.NaN, 1] }, begin + hour)
    expect(lane.total.capacity).toBe(500)
  })

  it('law: with a heavier near layer nothing passes that would not pass with a lighter one', () => {
    const tightness = fc.double({ min: 0.5, max: 1, noNaN: true })
    const units = fc.integer({ min: 0, max: 1_200 })
    fc.assert(
      fc.property(tightness, tightness, units, units, fc.boolean(), (a, b, spent, wanted, proven) => {
        const passes = (tight: number) => {
          const guard = guardWithLanes(proving, { ...dusty, cents: [Number.NaN, 1], lockedUnits: [1e4, 0] })
          const lane = guard.lanes[0]!
          warm(lane, 1_000)
          Guard.tune(guard, dusty, begin)
          lane.total.level = Math.max(0, lane.total.level - spent)
          Guard.tune(guard, { ...dusty, tightness: tight }, begin)
          return Lane.admit(lane, proving, wanted, proven, begin) === 'pass'
        }
        if (passes(Math.min(a, b))) expect(passes(Math.max(a, b))).toBe(true)
      }),
    )
  })
})

describe('the allowance for unproven value', () => {
  it('is nothing on a cold lane, then a quantile of the lane’s own legs', () => {
    const guard = guardWithLanes(proving)
    const lane = guard.lanes[0]!
    expect(Lane.admit(lane, proving, 1, false, begin)).toBe('unproven')
    warm(lane, 700)
    Guard.tune(guard, calm, begin + hour)
    expect(Lane.admit(lane, proving, 701, false, begin + hour)).toBe('unproven')
    expect(Lane.admit(lane, proving, 700, false, begin + hour)).toBe('pass')
    expect(Lane.admit(lane, proving, 1, false, begin + hour)).toBe('unproven')
    expect(Lane.admit(lane, proving, 350, false, begin + hour + day / 2)).toBe('pass')
  })

  it('is shut on the whole route from the second after the reaction time, until people open it', () => {
    const guard = guardWithLanes(proving)
    for (const lane of guard.lanes) warm(lane!, 700)
    Guard.tune(guard, calm, begin)
    Guard.shutUnproven(guard, 0, begin)
    const passes = (lane: number, at: number) =>
      Lane.admit(guard.lanes[lane]!, proving, 1, false, at) === 'pass'
    const shutAt = begin + reaction
    expect([passes(0, shutAt), passes(0, shutAt + 1), passes(1, shutAt + 1)]).toEqual([true, false, false])
    expect([passes(2, shutAt + 1), passes(3, shutAt + 1)]).toEqual([true, true])
    expect([passes(0, shutAt + day), passes(0, shutAt + 365 * day)]).toEqual([false, false])
  })

  it('is shut once, and for lanes that join the route too', () => {
    const guard = Guard.create(proving, laneTokens)
    Guard.open(guard, 0, 0, 0, calm, begin)
    expect(Guard.shutUnproven(guard, 0, begin)).toBe(true)
    expect(Guard.shutUnproven(guard, 0, begin + day)).toBe(false)
    const joined = Guard.open(guard, 1, 0, 1, calm, begin + day)
    for (const lane of [guard.lanes[0]!, joined]) {
      warm(lane, 700)
      Guard.tune(guard, calm, begin + day)
      expect(Lane.admit(lane, proving, 1, false, begin + day + 1)).toBe('unproven')
    }
  })
})

describe('the loss bound as a number', () => {
  // $1M locked in two tokens, so $1,000 are hard; four lanes with $1,500 each, refilled in six hours.
  const guard = guardWithLanes(settings)
  for (const lane of guard.lanes) Bucket.resize(lane!.total, 150_000, begin)
  const { hard, oddity } = { hard: 100_000, oddity: 100_000 }

  it('is what is not yet hard, and per lane a bucket, its refill until the pause, and an oddity', () => {
    const refilled = 150_000 * (36 / 21_600) * 1.25 ** (36 / 86_400)
    const expected = hard + 4 * (150_000 + refilled + oddity)
    expect(Guard.boundUsd(guard, calm, 36, false)).toBe(Math.ceil(expected))
  })

  it('lets the refill grow by its daily share, which counts when people have to notice', () => {
    const refilled = 150_000 * (13_320 / 21_600) * 1.25 ** (13_320 / 86_400)
    const expected = hard + 4 * (150_000 + refilled + oddity)
    expect(Guard.boundUsd(guard, calm, 13_320, true)).toBe(Math.ceil(expected))
  })

  it('is per token no more than what is locked of it', () => {
    const lopsided = { ...calm, lockedUnits: [9.99e7, 1e5] }
    const first = 2 * (150_000 + 150_000 * (36 / 21_600) * 1.25 ** (36 / 86_400) + oddity)
    expect(Guard.boundUsd(guard, lopsided, 36, false)).toBe(Math.ceil(hard + first + 1e5))
  })

  it('leaves out what has no price, and what was never locked', () => {
    const unpriced = { ...calm, cents: [Number.NaN, 1], lockedUnits: [5e7, -5] }
    expect(Guard.boundUsd(guard, unpriced, 36, false)).toBe(hard)
  })
})

const calm: Guard.Tuning = {
  tightness: 1,
  lockedUsd: fromDollars(1e6),
  lockedUnits: [5e7, 5e7],
  cents: [1, 1],
}

/** So little locked that no limit is lifted to what would be material. */
const dusty: Guard.Tuning = { ...calm, lockedUsd: 0 }

function guardWithLanes(knobs: GuardSettings = settings, tuning = calm): Guard.Guard {
  const guard = Guard.create(knobs, laneTokens)
  for (let lane = 0; lane < 4; lane++) Guard.open(guard, lane, routeOf(lane), lane % tokens, tuning, begin)
  return guard
}

function pausedLanes(guard: Guard.Guard, at: number): number[] {
  return guard.lanes.flatMap((lane, index) => (lane && Lane.isPaused(lane, at) ? [index] : []))
}

/** Fills a lane's memory with proven legs of one size, each alone in its window. */
function warm(lane: Lane.Lane, units: number): void {
  for (let i = 0; i < Lane.sampleLegs; i++) Lane.learn(lane, units, begin + (i + 1) * day)
  lane.recent.at.length = 0
  lane.recent.units.length = 0
  lane.recent.head = 0
  lane.recent.sum = 0
}
