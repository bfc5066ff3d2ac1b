import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hour } from '../../units/UnixTime.ts'
import * as Bucket from './Bucket.ts'

const begin = 1_600_000_000
const day = 86_400

describe('Bucket', () => {
  it('starts full, gives what it has, and refills by its capacity every window', () => {
    const bucket = Bucket.create(1_000, hour, begin)
    expect(Bucket.fits(bucket, 1_000, begin)).toBe(true)
    Bucket.take(bucket, 1_000)
    expect(Bucket.fits(bucket, 1, begin)).toBe(false)
    expect(Bucket.fits(bucket, 500, begin + hour / 2)).toBe(true)
    expect(Bucket.fits(bucket, 501, begin + hour / 2)).toBe(false)
    expect(Bucket.fits(bucket, 1_000, begin + 5 * hour)).toBe(true)
    expect(Bucket.fits(bucket, 1_001, begin + 5 * hour)).toBe(false)
  })

  it('law: within any stretch D no more passes than C + r·D, C the largest capacity there was', () => {
    fc.assert(
      fc.property(capacity, steps, (first, walk) => {
        const bucket = Bucket.create(first, window, begin)
        const passed = play(bucket, walk)
        const most = Math.max(first, ...walk.map(({ resize }) => resize ?? 0))
        for (const [i, from] of passed.entries()) {
          let sum = 0
          for (const to of passed.slice(i)) {
            sum += to.units
            const bound = Bucket.bound(most, window, to.at - from.at)
            expect(sum).toBeLessThanOrEqual(bound * (1 + 1e-12))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('law: resizing hands out nothing: the level never rises by it', () => {
    fc.assert(
      fc.property(capacity, capacity, steps, (first, next, walk) => {
        const bucket = Bucket.create(first, window, begin)
        play(bucket, walk)
        const before = bucket.level
        Bucket.resize(bucket, next, bucket.at)
        expect(bucket.level).toBe(Math.min(before, next))
      }),
    )
  })

  it('law: moved up and down at one moment, again and again, it gives no more than it had', () => {
    fc.assert(
      fc.property(capacity, fc.array(capacity, { maxLength: 20 }), (first, sizes) => {
        const bucket = Bucket.create(first, window, begin)
        for (const size of sizes) Bucket.resize(bucket, size, begin)
        expect(bucket.level).toBe(Math.min(first, ...sizes))
      }),
    )
  })

  it('law: the level is between nothing and the capacity', () => {
    fc.assert(
      fc.property(capacity, steps, (first, walk) => {
        const bucket = Bucket.create(first, window, begin)
        for (const step of walk) {
          play(bucket, [step])
          expect(bucket.level).toBeGreaterThanOrEqual(0)
          expect(bucket.level).toBeLessThanOrEqual(bucket.capacity)
        }
      }),
    )
  })

  it('law: readyAt is the first second at which it fits', () => {
    fc.assert(
      fc.property(capacity, steps, capacity, (first, walk, units) => {
        const bucket = Bucket.create(first, window, begin)
        play(bucket, walk)
        const ready = Bucket.readyAt(bucket, units)
        if (ready === Number.POSITIVE_INFINITY) {
          expect(units).toBeGreaterThan(bucket.capacity)
          expect(Bucket.fits(bucket, units, bucket.at + 1_000 * day)).toBe(false)
          return
        }
        const before = { ...bucket }
        if (ready > bucket.at) expect(Bucket.fits(before, units, ready - 1)).toBe(false)
        expect(Bucket.fits(bucket, units, ready)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('a leg that is ready fits, even where rounding says a second too early', () => {
    // Some of these shares come back after a whole number of seconds, less or more an error of rounding.
    for (let capacity = 1; capacity <= 400; capacity++) {
      for (const share of [0.1, 0.3, 0.7, 0.9]) {
        const bucket = { ...Bucket.create(capacity / 7, 21_600, begin), level: 0 }
        const units = bucket.capacity * share
        expect(Bucket.fits(bucket, units, Bucket.readyAt(bucket, units))).toBe(true)
      }
    }
  })

  it('time that runs backwards changes nothing', () => {
    const bucket = Bucket.create(100, hour, begin)
    Bucket.take(bucket, 60)
    const before = { ...bucket }
    Bucket.refill(bucket, begin - hour)
    expect(bucket).toEqual(before)
  })

  it('a bucket without capacity lets nothing pass but nothing', () => {
    const bucket = Bucket.create(0, hour, begin)
    expect(Bucket.fits(bucket, 0, begin)).toBe(true)
    expect(Bucket.fits(bucket, 1, begin + day)).toBe(false)
    expect(Bucket.readyAt(bucket, 1)).toBe(Number.POSITIVE_INFINITY)
  })
})

const window = 6 * hour
const capacity = fc.oneof(
  fc.integer({ min: 0, max: 1_000 }),
  fc.double({ min: 0.001, max: 1e30, noNaN: true }),
  fc.double({ min: 0.001, max: 10, noNaN: true }),
)

type Step = { readonly wait: number; readonly take: number; readonly resize: number | null }

/** Waits, asks for a share of the level, or for more than there is, and now and then moves the limit. */
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: hour }), fc.integer({ min: 0, max: 2 * day })),
    take: fc.double({ min: 0, max: 1.2, noNaN: true }),
    resize: fc.option(capacity, { freq: 5 }),
  }),
  { maxLength: 40 },
)

/** What passed, and when. */
function play(bucket: Bucket.Bucket, walk: readonly Step[]): { units: number; at: number }[] {
  const passed: { units: number; at: number }[] = []
  let { at } = bucket
  for (const { wait, take, resize } of walk) {
    at += wait
    Bucket.refill(bucket, at)
    if (resize !== null) Bucket.resize(bucket, resize, at)
    const units = take > 1 ? bucket.capacity * take : bucket.level * take
    if (!Bucket.fits(bucket, units, at)) continue
    Bucket.take(bucket, units)
    passed.push({ units, at })
  }
  return passed
}
