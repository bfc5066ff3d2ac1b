import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { Crew } from '../../ports/Crew.ts'
import { advantage, type Bar, tornado } from '../../simulate/tornado.ts'
import * as BridgeBench from '../bench/BridgeBench.ts'
import { intervalOf } from '../bench/ofWorlds.ts'
import type { TornadoAnswer } from '../Translation.ts'

/**
 * Which assumptions turn the answer whether 4/4/2 beats the cheapest single layer: each moved to both ends of its range,
 * alone, as recorded and in resamples of the record, on the same luck.
 */
export async function tornadoAnswer(
  bench: BridgeBench.BridgeBench,
  crew: Crew,
  onProgress: (done: number, total: number) => void,
): Promise<TornadoAnswer> {
  const { seed } = bench
  const paths = Math.ceil(bench.paths / 4)
  const resampled = bench.worlds.slice(1, 1 + worldsLookedAt)
  const study = { model: BridgeBench.modelOf(bench, bench.worlds[0]!), crew, paths, seed }
  const { asAssumed, bars } = await tornado(study, undefined, (done, of) => onProgress(done, 2 * of))
  const again = async (changes: BridgeBench.Changes): Promise<readonly number[]> => {
    const ends: number[] = []
    for (const world of resampled) {
      const model = BridgeBench.modelOf(bench, world, changes)
      ends.push((await advantage({ ...study, model })).percent)
    }
    return ends
  }
  const shown: TornadoAnswer['bars'][number][] = []
  for (const [index, bar] of bars.entries()) {
    // What the record speaks to is moved by its resamples already.
    const ends = (value: number) => again({ [bar.name]: value })
    shown.push(barOf(bar, await ends(bar.low), await ends(bar.high)))
    onProgress(bars.length + index + 1, 2 * bars.length)
  }
  const { value, low, high } = intervalOf(asAssumed.percent, await again({}))
  return {
    asAssumedPct: value,
    low,
    high,
    cheapestWall: asAssumed.cheapestWall,
    bars: shown,
    flips: shown.filter(({ flips }) => flips).map(({ name }) => name),
    mayFlip: shown.filter(({ mayFlip }) => mayFlip).map(({ name }) => name),
  }
}

/** Each end takes seven plans in each resample; ten show how wide it is. */
const worldsLookedAt = 10

function barOf(
  { name, low, high, atLow, atHigh, flips }: Bar,
  lows: readonly number[],
  highs: readonly number[],
): TornadoAnswer['bars'][number] {
  const [atLowPct, atHighPct] = [intervalOf(atLow.percent, lows), intervalOf(atHigh.percent, highs)]
  const isSure = (end: Estimate) => flips || end.low > 0 === end.high > 0
  return { name, low, high, atLowPct, atHighPct, flips, mayFlip: ![atLowPct, atHighPct].every(isSure) }
}
