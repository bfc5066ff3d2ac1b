import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as AdvanceDecline from './AdvanceDecline.ts'
import { signalContract } from './signal.contract.ts'

signalContract<AdvanceDecline.State>('AdvanceDecline', {
  create: AdvanceDecline.create,
  step: (state, advances) => AdvanceDecline.step(state, advances, 3),
  series: (advances, out) => AdvanceDecline.series(advances, new Float64Array(advances.length).fill(3), out),
})

describe('AdvanceDecline', () => {
  test('line = Σ advances − Σ declines', () => {
    const counts = fc.array(fc.tuple(fc.nat(5000), fc.nat(5000)), { maxLength: 100 })
    fc.assert(
      fc.property(counts, (pairs) => {
        const advances = Float64Array.from(pairs, ([up]) => up)
        const declines = Float64Array.from(pairs, ([, down]) => down)
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
        expect(AdvanceDecline.series(advances, declines).at(-1) ?? 0).toBe(sum(advances) - sum(declines))
      }),
    )
  })

  test('gives the line of a hand-worked week, from the first interval on', () => {
    const line = AdvanceDecline.series(
      Float64Array.of(1800, 1200, 1500, 900, 2100),
      Float64Array.of(1200, 1800, 1400, 2000, 800),
    )
    expect([...line]).toEqual([600, 0, 100, -1000, 300])
  })

  test('refuses a declines array of another length', () => {
    expect(() => AdvanceDecline.series(Float64Array.of(1, 2), Float64Array.of(1))).toThrow(
      'declines holds 1 places; expected 2',
    )
  })

  test('names the interval that has no finite result', () => {
    expect(() => AdvanceDecline.series(Float64Array.of(1, 2, 3), Float64Array.of(0, Number.NaN, 0))).toThrow(
      'value 1',
    )
  })
})
