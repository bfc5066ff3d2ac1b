import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CutwaterError } from '../../units/CutwaterError.ts'
import * as margin from '../margin.ts'
import * as Black76 from './Black76.ts'
import * as BlackScholes from './BlackScholes.ts'
import { impliedVolatility } from './impliedVolatility.ts'
import * as normal from './normal.ts'
import { anyNumber, kind, wideOption } from './option.fixture.ts'
import * as parity from './parity.ts'
import { strikeOfDelta } from './strikeOfDelta.ts'

const oneOdd = fc
  .tuple(wideOption, fc.constantFrom('forward', 'strike', 'years', 'volatility', 'discount'), anyNumber)
  .map(([option, name, value]): Black76.Option => ({ ...option, [name]: value }))

const onForward = fc.oneof(
  oneOdd,
  fc.record({
    kind,
    forward: anyNumber,
    strike: anyNumber,
    years: anyNumber,
    volatility: anyNumber,
    discount: anyNumber,
  }),
)

const onSpot = fc
  .record({ option: onForward, rate: anyNumber, dividendYield: anyNumber })
  .map(({ option, ...rates }): BlackScholes.Option => ({ ...option, spot: option.forward, ...rates }))

/** Every number in a result, however deep; or the error that the house knows. */
function expectFinite(evaluate: () => unknown): void {
  try {
    for (const value of numbersIn(evaluate())) expect(value).toSatisfy(Number.isFinite)
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
  }
}

function numbersIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [value]
  return Object.values(value).flatMap(numbersIn)
}

const runs = { numRuns: 10_000 }

describe('whatever doubles come in', () => {
  it('law: Black76 gives finite numbers or a CutwaterError', () => {
    fc.assert(
      fc.property(onForward, (option) => expectFinite(() => Black76.greeks(option))),
      runs,
    )
  })

  it('law: BlackScholes gives finite numbers or a CutwaterError', () => {
    fc.assert(
      fc.property(onSpot, (option) => expectFinite(() => BlackScholes.greeks(option))),
      runs,
    )
  })

  it('law: impliedVolatility gives a finite number, none, or a CutwaterError', () => {
    const priced = fc.tuple(onForward, anyNumber).map(([option, price]) => ({ ...option, price }))
    fc.assert(
      fc.property(priced, (option) => expectFinite(() => impliedVolatility(option))),
      runs,
    )
  })

  it('law: so do strikes by delta, for any smile', () => {
    fc.assert(
      fc.property(onForward, anyNumber, anyNumber, (option, delta, slope) => {
        const smile = (strike: number) => option.volatility + slope * (strike / option.forward - 1)
        expectFinite(() => strikeOfDelta({ ...option, delta }, smile))
      }),
      { numRuns: 3_000 },
    )
  })

  it('law: so do fits of parity, gaps and margins', () => {
    const quote = fc.record({ bid: anyNumber, ask: anyNumber })
    const pair = fc.record({ strike: anyNumber, call: quote, put: quote })
    const market = fc.record({ forward: anyNumber, discount: anyNumber, costs: anyNumber })
    const leg = fc.record({ kind, strike: anyNumber, quantity: anyNumber })
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 4 }),
        market,
        fc.array(leg, { maxLength: 4 }),
        (pairs, at, legs) => {
          expectFinite(() => parity.fit(pairs))
          expectFinite(() => parity.fit(pairs, at.discount))
          if (pairs.length > 1) expectFinite(() => parity.boxGap(pairs[0]!, pairs[1]!, at))
          for (const each of pairs) expectFinite(() => parity.conversionGap(each, at))
          expectFinite(() => margin.requirement(legs))
          expectFinite(() => margin.maximumLoss(legs, at.costs))
          expectFinite(() => margin.breakEvens(legs, at.costs))
        },
      ),
      runs,
    )
  })

  it('law: so does the normal distribution', () => {
    for (const call of [normal.pdf, normal.cdf, normal.erfc, normal.erfcx, normal.inverseCdf])
      fc.assert(
        fc.property(anyNumber, (x) => expectFinite(() => call(x))),
        runs,
      )
  })
})
