import { setTimeout as sleep } from 'node:timers/promises'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Block, ChainSignal, ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { Plan } from './Plan.ts'
import * as Tally from './Tally.ts'
import * as Traffic from './Traffic.ts'

/** When everything began, and when it is over, milliseconds since 1970. */
export type Span = { readonly beginAt: number; readonly endAt: number }

/**
 * A chain whose blocks come when its plan says, whether or not anybody is ready for them: a watch that falls behind
 * finds them waiting, and is measured from when they were due.
 */
export function pacedSource(
  plan: Plan,
  chain: number,
  { beginAt, endAt }: Span,
  traffic: Traffic.Traffic,
  tally: Tally.Tally,
): ChainSource {
  const rng = Rng.create(plan.seed, 1_000_000 + chain)
  const spacing = plan.blockSeconds * 1_000
  const phase = Rng.uniform(rng) * spacing
  const stopping = new AbortController()

  async function* follow(): AsyncGenerator<ChainSignal> {
    const recent: Block[] = []
    for (let number = 1; ; number++) {
      // As with real chains no block is quite on time.
      const dueAt = beginAt + phase + number * spacing + Rng.uniform(rng) * 0.2 * spacing
      if (dueAt >= endAt) return
      const wait = dueAt - Date.now()
      if (wait > 0) await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      if (recent.length > 2 && Rng.chance(rng, (plan.reorgs * plan.blockSeconds) / 3_600))
        yield* forked(recent, dueAt)
      const block = nextBlock(recent.at(-1), number, Math.floor(dueAt / 1_000))
      recent.push(block)
      if (recent.length > 4) recent.shift()
      Tally.expect(tally, block, dueAt)
      yield { kind: 'block', block }
      const final = number - Math.ceil(plan.finalitySeconds / plan.blockSeconds)
      if (final > 0) yield { kind: 'finalize', chain, number: final }
    }
  }

  function nextBlock(parent: Block | undefined, number: number, at: number): Block {
    const observations = Traffic.legsOf(traffic, chain, number, at)
    const parentHash = parent?.hash ?? Traffic.hashOf(chain)
    return { chain, number, hash: hashOf(number, 0), parentHash, at, observations }
  }

  /** The newest two blocks are replaced by others with the same transactions. */
  function* forked(recent: Block[], dueAt: number): Generator<ChainSignal> {
    const dropped = recent.splice(-2)
    const { number, hash } = recent.at(-1)!
    Tally.forget(tally, dropped)
    yield { kind: 'reorg', chain, to: { number, hash }, dropped: dropped.map((block) => block.hash) }
    for (const gone of dropped) {
      const block = { ...gone, hash: hashOf(gone.number, dueAt), parentHash: recent.at(-1)!.hash }
      recent.push(block)
      Tally.expect(tally, block, dueAt)
      yield { kind: 'block', block }
    }
  }

  const hashOf = (number: number, fork: number) =>
    `0x${chain.toString(16)}${Math.floor(fork).toString(16).padStart(16, '0')}${number.toString(16).padStart(40, '0')}`

  return { chain, follow, stop: () => stopping.abort() }
}
