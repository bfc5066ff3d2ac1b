import type { Model } from '@cutwater/core/simulation/attack/Model.ts'
import type { EarlyWarning } from '../../assess/earlyWarning.ts'
import { wilson } from '../../backtest/bootstrap.ts'
import { correlation, drawdown, returnsOf } from '../../backtest/figures.ts'
import * as Track from '../../backtest/Track.ts'
import * as BridgeBench from '../bench/BridgeBench.ts'
import type { OptionsBench } from '../bench/OptionsBench.ts'
import { intervalOf, ofWorlds } from '../bench/ofWorlds.ts'
import { whole } from '../concepts/Row.ts'
import type { Adversary, Break } from '../Translation.ts'

type Known = {
  readonly options: OptionsBench | undefined
  readonly bridge: BridgeBench.BridgeBench
  readonly warning: EarlyWarning | undefined
  readonly adversary: Adversary
}

/** Where the analogy breaks, each place with a figure of both books. */
export function breaks({ options, bridge, warning, adversary }: Known): readonly Break[] {
  const track = options && Track.run(options.views, whole())
  return [
    {
      name: 'Jumps',
      says: 'A fall in the options book takes weeks, and the ladder is worth more on each day of it. A loss on a bridge is often over with its first transaction.',
      unit: 'of the whole loss, gone in one step: the worst day, the first transaction',
      options: track === undefined || options === undefined ? null : worstDay(track, options.draws),
      bridge: ofWorlds(bridge, (world) => firstStep(BridgeBench.modelOf(bridge, world))),
    },
    {
      name: 'No traded index',
      says: 'VIX moves with what the condors lose, and can be bought. Nothing that was recorded of the bridge moved with the attack before it came.',
      unit: 'options: correlation of monthly gains, ladder with condors, turned round; bridge: signals that stood out, of those heard',
      options: track === undefined ? null : hedgeFit(track),
      bridge: warning === undefined ? null : stoodOut(warning),
    },
    {
      name: 'The adversary adapts',
      says: 'The market does not read the hedger’s rules. An attacker does, and takes what fits them.',
      unit: 'times what one takes who has not read the policy',
      options: null,
      bridge: { value: adversary.ratio, low: adversary.low, high: adversary.high },
    },
  ]
}

/** The mean share of a loss that leaves with the attack's first transaction, by the time profiles of the record. */
function firstStep({ profileUpTo, firstShare }: Model): number {
  return firstShare.reduce((sum, first, profile) => {
    return sum + first * (profileUpTo[profile]! - (profileUpTo[profile - 1] ?? 0))
  }, 0)
}

/** The worst day's share of the deepest fall. */
function worstDay({ equity }: Track.Track, draws: readonly Int32Array[]) {
  const returns = returnsOf(equity)
  const shareOf = (path: Float64Array, worst: number) => -worst / Math.max(1e-9, drawdown(path).depth)
  const path = new Float64Array(equity.length)
  const drawn = draws.map((indices) => {
    path[0] = 1
    let worst = 0
    for (let i = 0; i < indices.length; i++) {
      const each = returns[indices[i]!]!
      path[i + 1] = path[i]! * (1 + each)
      worst = Math.min(worst, each)
    }
    return Math.min(1, shareOf(path, worst))
  })
  return intervalOf(shareOf(equity, Math.min(...returns)), drawn)
}

/** How well the ladder's gains mirror what condors lose, month by month; Fisher's interval. */
function hedgeFit({ equity, hedge, interest, views }: Track.Track) {
  const ladder: number[] = []
  const condors: number[] = []
  for (let at = month; at < views.length; at += month) {
    const [from, to] = [at - month, at]
    const moved = hedge[to]! - hedge[from]!
    ladder.push(moved / equity[from]!)
    condors.push((equity[to]! - equity[from]! - moved - (interest[to]! - interest[from]!)) / equity[from]!)
  }
  const value = -correlation(ladder, condors)
  const half = 1.96 / Math.sqrt(ladder.length - 3)
  const [low, high] = [Math.tanh(Math.atanh(value) - half), Math.tanh(Math.atanh(value) + half)]
  return { value, low, high }
}

function stoodOut({ warnings }: EarlyWarning) {
  const heard = warnings.filter(({ verdict }) => verdict !== 'says nothing')
  const stood = heard.filter(({ verdict }) => verdict === 'stood out').length
  const [low, high] = wilson(stood, heard.length)
  return { value: heard.length === 0 ? 0 : stood / heard.length, low, high }
}

const month = 21
