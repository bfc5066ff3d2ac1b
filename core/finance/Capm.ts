import { CutwaterError } from '../units/CutwaterError.ts'
import type { Rate } from '../units/Rate.ts'
import * as Input from './Input.ts'

/**
 * How far an asset moves with its market: the slope of its returns on the market's by least squares,
 * `Σ(m − m̄)(a − ā) ÷ Σ(m − m̄)²` (Sharpe, Journal of Finance 19, 1964).
 *
 * Returns are pairs of the same steps, in any unit. Throws CAPM_RETURNS_INVALID for lists that do not pair, hold fewer
 * than three, or a market that never moves.
 *
 * @example
 * Capm.beta([0.02, -0.01, 0.03], [0.01, -0.005, 0.015]) // ≈ 2
 */
export function beta(asset: readonly number[], market: readonly number[]): number {
  if (asset.length !== market.length || asset.length < 3) throw unpaired(asset.length, market.length)
  if (market.every((move) => move === market[0])) throw flat()
  const [assetMean, marketMean] = [mean(asset), mean(market)]
  let [shared, own] = [0, 0]
  for (const [i, move] of market.entries()) {
    const distance = Input.finite(move, 'market return') - marketMean
    shared += distance * (Input.finite(asset[i]!, 'asset return') - assetMean)
    own += distance * distance
  }
  return Input.result(shared / own, 'beta')
}

/**
 * β under the volatility of now: `β · σ_realised ÷ σ_longRun`. A regression over a quiet year says little on a loud
 * day; the ratio scales it to the day. Both volatilities per year.
 *
 * @example
 * Capm.overlay(1.2, 0.9, 0.6) // ≈ 1.8
 */
export function overlay(beta: number, realisedVolatility: Rate, longRunVolatility: Rate): number {
  Input.finite(beta, 'beta')
  Input.atLeast(0, realisedVolatility, 'realised volatility')
  return Input.result(
    (beta * realisedVolatility) / Input.above(0, longRunVolatility, 'long-run volatility'),
    'beta',
  )
}

/**
 * What capital of that risk costs per year: `r_f + β · premium`.
 *
 * @example
 * Capm.cost({ riskFree: 0.03, beta: 1.06, premium: 0.08 }) // ≈ 0.1148
 */
export function cost({ riskFree, beta, premium }: Costs): Rate {
  return (
    Input.finite(riskFree, 'risk-free rate') + Input.finite(beta, 'beta') * Input.finite(premium, 'premium')
  )
}

/** Rates per year: of the riskless asset, and of the market above it. */
export type Costs = { readonly riskFree: Rate; readonly beta: number; readonly premium: Rate }

/**
 * Logarithmic returns of a series of prices above 0, one fewer than there are prices.
 *
 * @example
 * Capm.returns([100, 110, 99]) // ≈ [0.09531, -0.10536]
 */
export function returns(prices: readonly number[]): number[] {
  return prices
    .slice(1)
    .map((price, i) => Math.log(Input.above(0, price, 'price') / Input.above(0, prices[i]!, 'price')))
}

/**
 * Volatility per year of returns that come `stepsPerYear` times a year: `√(Σ(r − r̄)² ÷ (n − 1) · steps)`.
 *
 * @example
 * Capm.volatility([0.01, -0.01, 0.01, -0.01], 365) // ≈ 0.2206
 */
export function volatility(returns: readonly number[], stepsPerYear: number): Rate {
  if (returns.length < 2) throw unpaired(returns.length, returns.length)
  const middle = mean(returns)
  let squares = 0
  for (const each of returns) squares += (Input.finite(each, 'return') - middle) ** 2
  return Input.result(Math.sqrt((squares / (returns.length - 1)) * stepsPerYear), 'volatility')
}

function mean(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

function unpaired(asset: number, market: number): CutwaterError {
  return new CutwaterError(
    'CAPM_RETURNS_INVALID',
    `there are ${asset} returns of the asset and ${market} of the market`,
    {
      right: 'as many of each, three or more',
    },
  )
}

function flat(): CutwaterError {
  return new CutwaterError('CAPM_RETURNS_INVALID', 'the market never moves', {
    right: 'returns of the market that differ',
  })
}
