import * as Input from '../../finance/Input.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import type { MarketDay } from '../market/MarketDay.ts'
import * as IndexSmile from './IndexSmile.ts'
import * as Smile from './Smile.ts'
import * as SpxForward from './SpxForward.ts'
import * as VarianceClock from './VarianceClock.ts'
import { varianceNodes } from './varianceNodes.ts'

/** Volatilities of SPX options by expiry and strike, at the close of a day. */
export type SpxSurface = SpxForward.Carry & {
  readonly date: UnixTime.UnixTime
  /** smiles by variance time, nearest first; at least one */
  readonly nodes: readonly Node[]
  /** what was not published on that day, and stands on an assumption */
  readonly assumed: readonly string[]
}

export type Node = Smile.Smile & {
  /** variance time from the close of the date, trading days */
  readonly traded: number
}

export type Point = {
  /** as `years.calendar` counts them, above 0 */
  readonly years: number
  /** points, above 0 */
  readonly strike: number
}

/**
 * The surface that a day's indices imply: the level of each tenor is what VIX1D, VIX9D, VIX, VIX3M, VIX6M and VIX1Y measure,
 * the form of its smile comes from SKEW, VVIX and the tenor (`IndexSmile`). What was not published is assumed and named
 * (`varianceNodes`).
 *
 * @example
 * const vix = { open: 18, high: 19, low: 18, close: 18.66 }
 * const day = { date: UnixTime.parse('2023-02-07'), spx: { ...vix, close: 4164 }, vix, indices: { vix9d: 19.62, vix3m: 20.78, skew: 123.36 }, billYield: 0.0466 }
 * const surface = SpxSurface.fromIndices(day)
 * surface.assumed // ['vix1d', 'vix6m', 'vix1y', 'vvix']
 * SpxSurface.volatility(surface, { years: 30 / 365, strike: 4164 }) // ≈ 0.170500
 */
export function fromIndices(
  day: Pick<MarketDay, 'date' | 'spx' | 'vix' | 'indices' | 'billYield'>,
  parameters: IndexSmile.Parameters = IndexSmile.fitted,
): SpxSurface {
  const { date, spx, billYield } = day
  const { nodes, assumed } = varianceNodes(day)
  return {
    date,
    spot: spx.close,
    rate: billYield,
    dividendYield: SpxForward.dividendYield(date),
    nodes: rising(
      apart(
        nodes.map(({ traded, variance }) => ({
          traded,
          ...IndexSmile.of(variance, traded, day.indices, parameters),
        })),
      ),
    ),
    assumed: [...assumed, ...(['skew', 'vvix'] as const).filter((name) => day.indices[name] === undefined)],
  }
}

/**
 * The volatility of an option, per year.
 *
 * Throws FINANCE_INPUT_INVALID for what no option has.
 */
export function volatility(surface: SpxSurface, { years, strike }: Point): number {
  const k = Math.log(Input.above(0, strike, 'strike') / forward(surface, years))
  return Smile.volatility(smile(surface, years), k, years)
}

/** The forward at `years`, points. */
export function forward(surface: SpxSurface, years: number): number {
  return SpxForward.at(surface, Input.above(0, years, 'years'))
}

/** What a dollar paid in `years` is worth now. */
export function discount({ rate }: SpxSurface, years: number): number {
  return Math.exp(-rate * years)
}

/** The smile at `years`: its level grows with variance time between nodes, its form with the logarithm of it. */
export function smile({ date, nodes }: SpxSurface, years: number): Smile.Smile {
  const traded = VarianceClock.elapsed(date, Input.above(0, years, 'years'))
  const [first, last] = [nodes[0]!, nodes.at(-1)!]
  if (traded <= first.traded) return { ...first, theta: (first.theta * traded) / first.traded }
  const right = nodes.find((node) => node.traded >= traded)
  if (right === undefined) return { ...last, theta: last.theta + beyond(nodes) * (traded - last.traded) }
  const left = nodes[nodes.indexOf(right) - 1]!
  return between(left, right, traded)
}

/** Throws SURFACE_EMPTY without a node. */
export function checked(surface: SpxSurface): SpxSurface {
  if (surface.nodes.length > 0) return surface
  throw new CutwaterError('SURFACE_EMPTY', `there is no smile on ${UnixTime.formatDate(surface.date)}`, {
    right: 'at least one expiry with enough quotes',
  })
}

/** Nodes by time, with variance at the money that does not fall: where it would, the nearer node is believed. */
export function rising(nodes: readonly Node[]): readonly Node[] {
  let least = 0
  return nodes.map((node) => {
    least = Math.max(least * 1.000_001, node.theta)
    return { ...node, theta: least }
  })
}

// Far above the money total variance grows with the strike by √θ·ψ·(1 + ρ)/2. Where a later smile leans so much that its own
// grows less, the two cross: it then leans as far as they just do not.
function apart(nodes: readonly Node[]): readonly Node[] {
  let least = 0
  return nodes.map((node) => {
    const width = Math.sqrt(node.theta) * node.psi
    const rho = Math.min(0, Math.max(node.rho, least / width - 1))
    const kept =
      rho === node.rho ? node : { ...node, ...Smile.ofModelFree(Smile.modelFree(node), { ...node, rho }) }
    least = Math.sqrt(kept.theta) * kept.psi * (1 + kept.rho)
    return kept
  })
}

function between(left: Node, right: Node, traded: number): Smile.Smile {
  const share = (traded - left.traded) / (right.traded - left.traded)
  const form = Math.log(traded / left.traded) / Math.log(right.traded / left.traded)
  return {
    theta: left.theta + share * (right.theta - left.theta),
    rho: left.rho + form * (right.rho - left.rho),
    psi: left.psi + form * (right.psi - left.psi),
    bow: left.bow,
  }
}

// Beyond the last node variance grows as between the last two.
function beyond(nodes: readonly Node[]): number {
  const [last, before] = [nodes.at(-1)!, nodes.at(-2)]
  return before === undefined
    ? last.theta / last.traded
    : (last.theta - before.theta) / (last.traded - before.traded)
}
