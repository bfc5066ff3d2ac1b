import type { Block, ChainSignal, ChainSource, Standing } from '@cutwater/engine/ports/ChainSource.ts'

/** Reads a source one signal at a time and keeps what it said. */
export type Reader = {
  /** everything so far, in its order */
  readonly signals: ChainSignal[]
  /** reads until a signal fits, and returns it; fails when the source ends before */
  until<Kind extends ChainSignal['kind']>(
    kind: Kind,
    fits?: (signal: Extract<ChainSignal, { kind: Kind }>) => boolean,
  ): Promise<Extract<ChainSignal, { kind: Kind }>>
  untilBlock(hash: string): Promise<Block>
  /** the chain as a consumer has it now: reorgs taken back */
  chain(): readonly Block[]
  stop(): Promise<void>
}

/** @param signals what an earlier reader has been told, to go on from */
export function readerOf(source: ChainSource, after?: Standing, signals: ChainSignal[] = []): Reader {
  const iterator = source.follow(after)[Symbol.asyncIterator]()
  const until: Reader['until'] = async (kind, fits = () => true) => {
    for (;;) {
      const next = await iterator.next()
      if (next.done) throw new Error(`the source ended before a ${kind} that fits`)
      signals.push(next.value)
      if (next.value.kind === kind && fits(next.value as never)) return next.value as never
    }
  }
  return {
    signals,
    until,
    untilBlock: async (hash) => (await until('block', ({ block }) => block.hash === hash)).block,
    chain: () => chainOf(signals),
    stop: async () => {
      source.stop()
      await iterator.return?.()
    },
  }
}

/** Folds signals into the chain they tell; fails on a gap, a double, and a reorg of nothing or of what is final. */
export function chainOf(signals: readonly ChainSignal[]): readonly Block[] {
  const blocks: Block[] = []
  let final = -1
  for (const signal of signals) {
    if (signal.kind === 'block') {
      const tip = blocks.at(-1)
      if (tip && (signal.block.number !== tip.number + 1 || signal.block.parentHash !== tip.hash))
        throw new Error(`block ${signal.block.number} does not stand on block ${tip.number}`)
      blocks.push(signal.block)
    }
    if (signal.kind === 'finalize') {
      if (signal.number <= final) throw new Error(`finalize ${signal.number} after ${final}`)
      final = signal.number
    }
    if (signal.kind === 'reorg') {
      if (signal.to.number < final) throw new Error(`reorg to ${signal.to.number}, ${final} was final`)
      const kept = blocks.filter(({ number }) => number <= signal.to.number).length
      const removed = new Set(blocks.splice(kept).map(({ hash }) => hash))
      if (removed.size === 0) throw new Error('a reorg of nothing')
      if (!signal.dropped.every((hash) => removed.has(hash))) throw new Error('it names blocks that stay')
      if (blocks.length > 0 && blocks.at(-1)!.hash !== signal.to.hash) throw new Error('back to a stranger')
    }
  }
  return blocks
}
