import type { MarketHistory } from '../MarketDay.ts'
import * as Note from '../Note.ts'
import type { OptionChain } from '../OptionChain.ts'
import { gaps } from './gaps.ts'
import { outliers } from './outliers.ts'
import { chainTraps, traps } from './traps.ts'

/**
 * Everything about a history, with at least one day, that whoever computes with it should know first: what was repaired
 * as it was read, gaps, outliers and traps, and the same of option chains.
 *
 * @example
 * const bar = { open: 20, high: 20, low: 20, close: 20 }
 * const day = { date: 1_584_316_800, spx: bar, vix: bar, indices: {}, futures: [], billYield: 0, flags: [] }
 * const history = { days: [day], events: [], strategies: [], strategyDays: [], etps: [], economy: [], notes: [] }
 * inspect(history).map(({ code }) => code) // ['vix-bar-flat']
 */
export function inspect(history: MarketHistory, chains: readonly OptionChain[] = []): readonly Note.Note[] {
  const days = new Map(history.days.map((day) => [day.date, day]))
  const ofChains = chains.flatMap((chain) => [...chain.notes, ...chainTraps(chain, days.get(chain.date))])
  return Note.sorted([
    ...history.notes,
    ...gaps(history),
    ...outliers(history),
    ...traps(history),
    ...ofChains,
  ])
}
