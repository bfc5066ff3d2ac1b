import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Black76 from '../pricing/Black76.ts'
import * as Bow from './Bow.ts'
import * as Smile from './Smile.ts'

const smiles = fc
  .record({
    level: fc.double({ min: 0.02, max: 1, noNaN: true }),
    rho: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
    bend: fc.double({ min: 0, max: 0.98, noNaN: true }),
  })
  .map(({ level, rho, bend }) => ({ theta: level ** 2, rho, psi: bend * Smile.mostBend(rho) }))

test('law: no smile within the bounds can be traded against itself', () => {
  fc.assert(
    fc.property(smiles, fc.double({ min: -5, max: 5, noNaN: true }), (smile, deviations) => {
      fc.pre(smile.theta * smile.psi ** 2 * (1 + Math.abs(smile.rho)) ** 2 < 16)
      expect(Smile.durrleman(smile, deviations * Math.sqrt(smile.theta))).toBeGreaterThanOrEqual(-1e-9)
    }),
  )
})

test('law: nor can one under the bow of index options that bends up to 0.94 of the most', () => {
  fc.assert(
    fc.property(smiles, (plain) => {
      const smile = { ...plain, rho: -Math.abs(plain.rho), psi: 0.95 * plain.psi, bow: Bow.fitted }
      fc.pre(smile.theta * smile.psi ** 2 * (1 + Math.abs(smile.rho)) ** 2 < 16)
      for (let deviations = -10; deviations <= 5; deviations += 0.1)
        expect(Smile.durrleman(smile, deviations * Math.sqrt(smile.theta))).toBeGreaterThanOrEqual(-1e-9)
    }),
  )
})

test('law: a smile made of a model-free variance has it', () => {
  fc.assert(
    fc.property(smiles, fc.constantFrom(undefined, Bow.fitted), ({ theta, rho, psi }, bow) => {
      const made = Smile.ofModelFree(theta, { rho, psi: 0.95 * psi, bow })
      expect(Smile.modelFree(made) / theta).toBeCloseTo(1, 6)
    }),
  )
})

// The VIX of a dense strip, as Cboe's methodology defines it: 2 · Σ ΔK/K² · price.
test('the model-free variance is what a strip of its options costs', () => {
  for (const smile of [
    { theta: 0.0025, rho: -0.6, psi: 0.9 },
    { theta: 0.04, rho: -0.7, psi: 1.2 },
    { theta: 0.09, rho: 0.6, psi: 0.8 },
    { theta: 0.0025, rho: -0.6, psi: 0.9, bow: Bow.fitted },
  ]) {
    let strip = 0
    const step = 0.002
    for (let k = -6; k < 6; k += step) {
      const volatility = Math.sqrt(Smile.totalVariance(smile, k))
      const strike = Math.exp(k)
      const kind = k < 0 ? 'put' : 'call'
      strip +=
        2 * step * (Black76.price({ kind, forward: 1, strike, years: 1, volatility, discount: 1 }) / strike)
    }
    expect(strip / Smile.modelFree(smile)).toBeCloseTo(1, 3)
  }
})

test.each([
  { rho: -1, psi: 0.5 },
  { rho: -0.5, psi: 1.7 },
  { rho: 0.2, psi: -0.1 },
  { rho: Number.NaN, psi: 0.5 },
])('a smile of rho $rho and psi $psi is refused', (shape) => {
  expect(() => Smile.ofModelFree(0.01, shape)).toThrow('SMILE_ARBITRAGE')
})
