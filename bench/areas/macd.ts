import * as Macd from '@cutwater/core/signals/Macd.ts'
import { IndicatorsSync } from '@ixjb94/indicators'
import { EMA, MACD } from 'trading-signals'
import type { Area, Runner } from '../harness.ts'
import { areClose, median } from '../harness.ts'
import { priceWalk } from './priceWalk.ts'

const { fast, slow, signal } = Macd.standard
const length = 1_000_000
/** After so many values no seed can be told from another in a double: (25/27)^1000 < 1e-33. */
const forgotten = 1_000

/** Batch MACD against the faster of two peers, chosen on the spot. */
export const macd: Area = {
  name: 'macd',
  prepare: async () => {
    const values = priceWalk(length)
    const plain = Array.from(values)
    const lines = Macd.linesOf(length)
    const fastest = await faster(peers(plain))
    return {
      unit: 'M values/s',
      items: length,
      target: 12,
      peer: fastest.name,
      agrees: agreesWithDefinition(values) && agreesWithPeer(values, plain),
      note:
        'seeds differ among libraries: ours equals the TA-Lib definition from the first value and the peer once ' +
        `seeds are forgotten (${forgotten} values), to 1e-9; ours writes into arrays that are used again`,
      ours: () => Macd.series(values, Macd.standard, lines),
      theirs: fastest.run,
      variants: [{ name: 'with new arrays each time', of: 'ours', run: () => Macd.series(values) }],
    }
  },
}

type Peer = { readonly name: string; readonly run: Runner }

function peers(plain: number[]): Peer[] {
  const batch = new IndicatorsSync()
  return [
    { name: '@ixjb94/indicators', run: () => batch.macd(plain, fast, slow, signal) },
    {
      name: 'trading-signals',
      run: () => {
        const stream = new MACD(new EMA(fast), new EMA(slow), new EMA(signal))
        return plain.map((value) => stream.update(value, false))
      },
    },
  ]
}

async function faster(candidates: readonly Peer[]): Promise<Peer> {
  const timed = candidates.map((peer) => {
    const times = [0, 1, 2].map(() => {
      const from = performance.now()
      peer.run()
      return performance.now() - from
    })
    return { peer, time: median(times) }
  })
  return timed.sort((a, b) => a.time - b.time)[0]!.peer
}

function agreesWithPeer(values: Float64Array, plain: number[]): boolean {
  const ours = Macd.series(values)
  // the peer's results start at the first value that has a slow average
  const theirs = new IndicatorsSync().macd(plain, fast, slow, signal)
  return [ours.macd, ours.signal, ours.histogram].every((line, at) =>
    areClose(line.subarray(slow - 1), theirs[at]!, 1e-9, forgotten),
  )
}

function agreesWithDefinition(values: Float64Array): boolean {
  const head = values.subarray(0, 5_000)
  const ours = Macd.series(head)
  const naive = byDefinition(head)
  return areClose(ours.macd, naive.macd, 1e-9) && areClose(ours.signal, naive.signal, 1e-9)
}

/** TA-Lib's MACD as its documentation says it, without any care for speed. */
function byDefinition(values: Float64Array): { macd: number[]; signal: number[] } {
  const slowLine = average([...values], slow, slow - 1)
  const fastLine = average([...values], fast, slow - 1)
  const difference = fastLine.map((value, at) => value - slowLine[at]!)
  const signalLine = average(difference, signal, slow + signal - 2)
  const first = slow + signal - 2
  return { macd: difference.map((value, at) => (at < first ? Number.NaN : value)), signal: signalLine }
}

/** An exponential average that starts at index `first` as the simple average of the `period` values up to it. */
function average(values: readonly number[], period: number, first: number): number[] {
  const seed = values.slice(first - period + 1, first + 1).reduce((sum, value) => sum + value, 0) / period
  let current = seed
  return values.map((value, at) => {
    if (at > first) current += (value - current) * (2 / (period + 1))
    return at < first ? Number.NaN : current
  })
}
