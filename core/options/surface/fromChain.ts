import type { OptionChain } from '../market/OptionChain.ts'
import * as Bow from './Bow.ts'
import * as ChainSlice from './ChainSlice.ts'
import { leastSquares } from './leastSquares.ts'
import * as Smile from './Smile.ts'
import * as SpxSurface from './SpxSurface.ts'
import * as VarianceClock from './VarianceClock.ts'

/**
 * The surface that a chain's own prices hold: one smile fitted to the out-of-the-money options of each expiry, weighed by
 * how much each price tells of volatility.
 *
 * `rate` is continuous, per year. Spot and dividend yield are those that explain the forwards of all expiries best, so
 * that quotes and index need not be of the same moment. Throws SURFACE_EMPTY where no expiry has six usable options.
 */
export function fromChain(chain: OptionChain, rate: number): SpxSurface.SpxSurface {
  const slices = ChainSlice.ofChain(chain, rate)
  const nodes: SpxSurface.Node[] = []
  for (const slice of slices.toSorted((a, b) => a.years - b.years)) {
    const traded = VarianceClock.elapsed(chain.date, slice.years)
    const before = nodes.at(-1)
    if (before !== undefined && traded <= before.traded) continue
    nodes.push({ traded, ...smileOf(slice) })
  }
  const { spot, dividendYield } = carryOf(chain, slices, rate)
  return SpxSurface.checked({
    date: chain.date,
    spot,
    rate,
    dividendYield,
    nodes: SpxSurface.rising(nodes),
    assumed: [],
  })
}

/** The smile under a bow that fits the options of an expiry best. */
export function smileOf({ options, forward, years }: ChainSlice.ChainSlice, bow = Bow.fitted): Smile.Smile {
  const points = options
    .filter(({ delta }) => delta >= leastDelta)
    .map(({ strike, volatility, delta }) => ({
      k: Math.log(strike / forward),
      volatility,
      // Vega of a standard normal, by delta, with a little for the wings.
      weight: Math.sqrt(4 * delta * (1 - delta) + 0.05),
    }))
  const nearest = points.reduce((a, b) => (Math.abs(b.k) < Math.abs(a.k) ? b : a))
  const { parameters } = leastSquares([Math.log(nearest.volatility ** 2 * years), -0.6, 0], (at) => {
    const smile = smileAt(at, bow)
    return points.map(({ k, volatility, weight }) => {
      return weight * (Math.sqrt(Smile.totalVariance(smile, k) / years) / volatility - 1)
    })
  })
  return smileAt(parameters, bow)
}

const leastDelta = 0.005

// Any three numbers give a smile without arbitrage, so that the search cannot leave them.
function smileAt([level, lean, bend]: readonly number[], bow: Bow.Bow): Smile.Smile {
  const rho = 0.98 * Math.tanh(lean!)
  const psi = (0.94 * Smile.mostBend(rho)) / (1 + Math.exp(-bend!))
  return { theta: Math.exp(level!), rho, psi, bow }
}

// ln F = ln S + (r − q)·years, a line through all expiries, each weighing the same.
function carryOf({ spot }: OptionChain, slices: readonly ChainSlice.ChainSlice[], rate: number) {
  const points = slices.map(({ forward, years }) => ({
    x: years,
    y: Math.log(forward / spot) - rate * years,
  }))
  const count = Math.max(1, points.length)
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count
  const across = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const along = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  const slope = across > 0 ? along / across : 0
  return { spot: spot * Math.exp(meanY - slope * meanX), dividendYield: -slope }
}
