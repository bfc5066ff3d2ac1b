import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Bow from './Bow.ts'

const value = fc.double({ min: -0.2, max: 0.2, noNaN: true })
const bows = fc
  .array(value, { minLength: Bow.knots.length, maxLength: Bow.knots.length })
  .map((values) => ({ values, bow: Bow.through(values) }))
const place = fc.double({ min: -11, max: 5, noNaN: true })

test('law: it goes through its values, and is level at both ends and beyond', () => {
  fc.assert(
    fc.property(bows, ({ values, bow }) => {
      for (const [i, knot] of Bow.knots.entries()) expect(Bow.at(bow, knot)).toBeCloseTo(values[i]!, 12)
      for (const [end, beyond] of [
        [0, -1e3],
        [Bow.knots.length - 1, 1e3],
      ] as const) {
        expect(Bow.at(bow, beyond)).toBeCloseTo(values[end]!, 12)
        expect(Bow.slopeAt(bow, Bow.knots[end]!)).toBeCloseTo(0, 12)
      }
    }),
  )
})

test('law: slope and bend are its derivatives, and the bend does not jump between its ends', () => {
  fc.assert(
    fc.property(bows, place, ({ bow }, x) => {
      const step = 1e-5
      const isAtEnd = [Bow.knots[0]!, Bow.knots.at(-1)!].some((end) => Math.abs(x - end) < 2 * step)
      fc.pre(!isAtEnd)
      const over = (of: (x: number) => number) => (of(x + step) - of(x - step)) / (2 * step)
      expect(over((at) => Bow.at(bow, at))).toBeCloseTo(Bow.slopeAt(bow, x), 5)
      expect(over((at) => Bow.slopeAt(bow, at))).toBeCloseTo(Bow.bendAt(bow, x), 3)
    }),
  )
})
