import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Rng from '../Rng.ts'
import { from, incident, to } from './incident.fixture.ts'
import { resampled } from './resampled.ts'

const many = Array.from({ length: 40 }, (_, index) => incident(index))
const draw = (seed: number) => resampled(many, { from, to }, Rng.create(seed))

test('law: holds incidents of the record only, and the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const drawn = draw(seed)
      expect(drawn.every((each) => many.includes(each))).toBe(true)
      expect(draw(seed)).toEqual(drawn)
    }),
  )
})

test('has as many on average, and varies as a count does', () => {
  const counts = Array.from({ length: 400 }, (_, seed) => draw(seed).length)
  const mean = counts.reduce((a, b) => a + b) / counts.length
  expect(mean).toBeGreaterThan(39)
  expect(mean).toBeLessThan(41)
  expect(new Set(counts).size).toBeGreaterThan(8)
})

test('leaves out what lies outside of the window', () => {
  const outside = [incident(0, { date: from - 1 }), incident(1, { date: to + 40 * 86_400 })]
  expect(resampled(outside, { from, to }, Rng.create(1))).toEqual([])
})
