import type { PerLayer } from '../../ladder/Layer.ts'
import * as AdvanceDecline from '../../signals/AdvanceDecline.ts'
import * as Macd from '../../signals/Macd.ts'
import * as PercentileRank from '../../signals/PercentileRank.ts'
import * as Rsi from '../../signals/Rsi.ts'
import * as Stress from '../../signals/Stress.ts'
import type { MarketDay } from '../market/MarketDay.ts'

/** The signals that daily closes can feed, one step a trading day. */
export type OptionsSignals = {
  readonly vixRsi: Rsi.State
  readonly spxRsi: Rsi.State
  readonly vixMacd: Macd.State
  readonly advanceDecline: AdvanceDecline.State
  readonly breadthRsi: Rsi.State
  readonly ranks: Readonly<Record<SignalName, PercentileRank.State>>
  /** where the breadth of the last day came from: levels of two sources are not spliced */
  breadthSource: string
  highest: number
}

export type SignalName = 'vix' | 'vixRsi' | 'vixMacd' | 'slope' | 'vvix' | 'spxRsi' | 'breadth' | 'drawdown'

/** One signal on one day: its value, its rank in its own past, and the layers it presses. */
export type Reading = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** 0 calm to 1 acute; 0.5 while there is not enough past */
  readonly rank: number
  readonly weight: PerLayer<number>
}

/** The readings of a day and the stress they add up to. */
export type Pressures = { readonly readings: readonly Reading[]; readonly stress: PerLayer<number> }

/** How each signal presses the layers, and in which unit it is read. */
export const signals: Readonly<
  Record<SignalName, { readonly unit: string; readonly weight: PerLayer<number> }>
> = {
  vix: { unit: 'VIX points', weight: { near: 0.5, mid: 1, far: 0 } },
  vixRsi: { unit: 'RSI of VIX', weight: { near: 1, mid: 0, far: 0 } },
  vixMacd: { unit: 'MACD histogram of VIX', weight: { near: 1, mid: 0.5, far: 0 } },
  slope: { unit: 'VIX over VIX3M', weight: { near: 1, mid: 1, far: 0 } },
  vvix: { unit: 'VVIX points', weight: { near: 0.5, mid: 0.5, far: 0 } },
  spxRsi: { unit: 'RSI of SPX', weight: { near: 0.5, mid: 0.5, far: 0.5 } },
  breadth: { unit: 'RSI of the advance-decline line', weight: { near: 0, mid: 1, far: 1 } },
  drawdown: { unit: 'SPX below its highest close', weight: { near: 0, mid: 0, far: 1 } },
}

// A trading year to rank against, neutral for the first quarter.
const rankWindow = { window: 252, minimum: 63 }

/** Signals that have seen nothing yet. */
export function create(): OptionsSignals {
  const rank = () => PercentileRank.create(rankWindow)
  return {
    vixRsi: Rsi.create({ period: 14 }),
    spxRsi: Rsi.create({ period: 14 }),
    vixMacd: Macd.create(),
    advanceDecline: AdvanceDecline.create(),
    breadthRsi: Rsi.create({ period: 14 }),
    ranks: {
      vix: rank(),
      vixRsi: rank(),
      vixMacd: rank(),
      slope: rank(),
      vvix: rank(),
      spxRsi: rank(),
      breadth: rank(),
      drawdown: rank(),
    },
    breadthSource: '',
    highest: 0,
  }
}

/**
 * Closes a day: every signal takes one step and is ranked in its own trailing year. A signal whose data is not there
 * is left out of the day.
 */
export function step(state: OptionsSignals, { vix, spx, indices, breadth }: MarketDay): Pressures {
  const { vix3m, vvix } = indices
  state.highest = Math.max(state.highest, spx.close)
  const readings: Reading[] = []
  const add = (name: SignalName, value: number, acute = value) => {
    if (Number.isNaN(value)) return
    readings.push({ name, value, rank: PercentileRank.step(state.ranks[name], acute), ...signals[name] })
  }
  const spxRsi = Rsi.step(state.spxRsi, spx.close)
  add('vix', vix.close)
  add('vixRsi', Rsi.step(state.vixRsi, vix.close))
  add('vixMacd', Macd.step(state.vixMacd, vix.close))
  if (vix3m !== undefined) add('slope', vix.close / vix3m)
  if (vvix !== undefined) add('vvix', vvix)
  // Falling prices and falling breadth are acute, so these two are ranked upside down.
  add('spxRsi', spxRsi, -spxRsi)
  if (breadth !== undefined) {
    const line = stepBreadth(state, breadth)
    add('breadth', line, -line)
  }
  add('drawdown', 1 - spx.close / state.highest)
  return { readings, stress: Stress.combine(readings) }
}

// Only the changes of the line reach its RSI, and the first change after another source took over is its own.
function stepBreadth(state: OptionsSignals, breadth: NonNullable<MarketDay['breadth']>): number {
  const { advancing, declining, source } = breadth
  const issues = Math.max(1, advancing + declining)
  state.breadthSource = source
  return Rsi.step(
    state.breadthRsi,
    AdvanceDecline.step(state.advanceDecline, advancing / issues, declining / issues),
  )
}
