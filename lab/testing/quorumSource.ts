import type { ChainSignal, ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { ChainPlan } from '../bridge/BridgePlan.ts'
import { pollingSource } from './pollingSource.ts'

/** A chain as most of its nodes tell it; a node that tells a block otherwise is a doubt, once per node. No reorgs. */
export function quorumSource(plan: ChainPlan): ChainSource {
  const sources = plan.rpcs.map((rpc) => pollingSource({ ...plan, rpcs: [rpc] }))
  return {
    chain: plan.id,
    follow: (after) =>
      agreed(
        plan,
        sources.map((source) => source.follow(after)[Symbol.asyncIterator]()),
      ),
    stop: () => {
      for (const source of sources) source.stop()
    },
  }
}

async function* agreed(
  { id: chain, quorum }: ChainPlan,
  nodes: readonly AsyncIterator<ChainSignal>[],
): AsyncGenerator<ChainSignal> {
  const doubted = new Set<number>()
  for (;;) {
    // All nodes are of one chain and never behind, so the n-th signal of each is about the same block.
    const told = await Promise.all(nodes.map((node) => node.next()))
    if (told.some(({ done }) => done)) return
    const signals = told.map(({ value }) => value as ChainSignal)
    const texts = signals.map(textOf)
    const agreed = texts.findIndex((text) => texts.filter((each) => each === text).length >= quorum)
    if (agreed < 0) throw new Error(`no ${quorum} nodes of chain ${chain} agree`)
    const signal = signals[agreed]!
    for (const [nth, text] of texts.entries()) {
      if (text === texts[agreed] || doubted.has(nth) || signal.kind !== 'block') continue
      doubted.add(nth)
      const what = `Node ${nth + 1} tells block ${signal.block.number} otherwise than the rest`
      yield { kind: 'trouble', chain, at: signal.block.at, name: 'SourceDisagreement', what }
    }
    yield signal
  }
}

function textOf(signal: ChainSignal): string {
  return JSON.stringify(signal, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}
