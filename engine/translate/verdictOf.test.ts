import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readingOf, usefulBp, verdictOf } from './verdictOf.ts'

const interval = fc
  .tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }))
  .map(([a, b]) => ({ low: Math.min(a, b), value: (a + b) / 2, high: Math.max(a, b) }))

const turned = ({ value, low, high }: { value: number; low: number; high: number }) => {
  return { value: -value, low: -high, high: -low }
}
const [help, harm, nothing, open] = [
  { value: 9, low: 4, high: 12 },
  { value: -9, low: -12, high: -4 },
  { value: 0.1, low: -0.2, high: 0.4 },
  { value: 2, low: -4, high: 9 },
]

test.each([
  ['translates', help, help],
  ['translates', harm, harm],
  ['does not', help, nothing],
  ['does not', help, harm],
  ['does not', harm, help],
  ['does not', nothing, nothing],
  ['does not', open, harm],
  ['partly', help, open],
  ['partly', open, help],
  ['partly', nothing, help],
  ['partly', open, open],
  ['cannot be measured here', undefined, help],
  ['cannot be measured here', help, undefined],
] as const)('the rule: %s', (verdict, options, bridge) => {
  expect(verdictOf(options, bridge)).toBe(verdict)
})

test('law: a verdict without two measurements is none, and with two there is always one', () => {
  fc.assert(
    fc.property(interval, interval, (options, bridge) => {
      expect(verdictOf(undefined, bridge)).toBe('cannot be measured here')
      expect(verdictOf(options, undefined)).toBe('cannot be measured here')
      expect(verdictOf(options, bridge)).not.toBe('cannot be measured here')
    }),
  )
})

test('law: nothing translates without both intervals on the same side of 0, further than is useful', () => {
  fc.assert(
    fc.property(interval, interval, (options, bridge) => {
      if (verdictOf(options, bridge) !== 'translates') return
      expect(options.low > 0 === bridge.low > 0).toBe(true)
      for (const { low, high } of [options, bridge]) {
        expect(low > 0 || high < 0).toBe(true)
        expect(Math.max(high, -low)).toBeGreaterThanOrEqual(usefulBp)
      }
    }),
  )
})

test('law: what makes no difference on the bridge does not translate, whatever it does in the options book', () => {
  const small = fc.double({ min: 0, max: usefulBp, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(interval, small, small, (options, below, above) => {
      expect(verdictOf(options, { value: 0, low: -below, high: above })).toBe('does not')
    }),
  )
})

test('law: turned round, both effects say the same where both are told, and a reading is turned with them', () => {
  fc.assert(
    fc.property(interval, interval, (options, bridge) => {
      const both = [options, bridge].every((each) => readingOf(each) !== 'open')
      const told = both && readingOf(options) !== 'nothing'
      if (told) expect(verdictOf(turned(options), turned(bridge))).toBe(verdictOf(options, bridge))
    }),
  )
})
