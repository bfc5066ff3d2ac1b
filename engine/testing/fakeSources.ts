import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type ChainSignal, type ChainSource, chainOf, type Place } from '../ports/ChainSource.ts'

export type Script = {
  /** signals of all chains, in the order in which they come */
  readonly signals: readonly ChainSignal[]
  /** the signal to begin with, for a watch that is started again */
  readonly from?: number
  /** whether sources go on until they are stopped, as chains do, when the script is at its end */
  readonly isEndless?: boolean
}

export type FakeSources = {
  readonly sources: readonly ChainSource[]
  /** how many signals have been taken */
  taken(): number
}

/**
 * A source per chain that plays a script: each signal when those before it were taken, whichever chain they came
 * from. It refuses to go on from another place than the one its script has got to.
 */
export function fakeSources(chains: readonly ChainId[], script: Script): FakeSources {
  const { signals, from = 0, isEndless = false } = script
  let next = from
  let waiting: (() => void)[] = []
  const wake = (): void => {
    const woken = waiting
    waiting = []
    for (const resolve of woken) resolve()
  }
  const source = (chain: ChainId): ChainSource => {
    let isStopped = false
    async function* follow(after?: Place): AsyncGenerator<ChainSignal> {
      checkPlace(chain, placeAt(signals, chain, from), after)
      while (!isStopped) {
        const signal = signals[next]
        if (signal === undefined && !isEndless) return
        if (signal === undefined || chainOf(signal) !== chain) {
          await new Promise<void>((resolve) => waiting.push(resolve))
          continue
        }
        yield signal
        next += 1
        wake()
      }
    }
    const stop = (): void => {
      isStopped = true
      wake()
    }
    return { chain, follow, stop }
  }
  return { sources: chains.map(source), taken: () => next }
}

/** Where a chain stands after the first `count` signals. */
export function placeAt(signals: readonly ChainSignal[], chain: ChainId, count: number): Place | undefined {
  let place: Place | undefined
  for (const signal of signals.slice(0, count)) {
    if (chainOf(signal) !== chain) continue
    if (signal.kind === 'block') place = { number: signal.block.number, hash: signal.block.hash }
    if (signal.kind === 'reorg') place = signal.to
  }
  return place
}

function checkPlace(chain: ChainId, expected: Place | undefined, after: Place | undefined): void {
  if (expected?.number === after?.number && expected?.hash === after?.hash) return
  throw new CutwaterError('FAKE_PLACE_WRONG', `asked to go on after ${show(after)}`, {
    where: `chain ${chain}`,
    right: show(expected),
  })
}

function show(place: Place | undefined): string {
  return place === undefined ? 'the start' : `block ${place.number} ${place.hash}`
}
