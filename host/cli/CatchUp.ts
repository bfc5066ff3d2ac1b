import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import { chainName } from '@cutwater/core/bridge/names.ts'
import type { ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { News } from './WatchNews.ts'

/** How far a watch has come on each chain, against where the chains stood when they were first seen. */
export type CatchUp = {
  readonly chains: readonly Standing[]
  readonly tell: (news: News) => void
}

/** A source that knows how high those it hears of a chain from say that it is. */
export type Source = ChainSource & { status(): readonly { readonly height: number | null }[] }

type Standing = {
  readonly source: Source
  readonly name: string
  /** the newest block of the chain when it was first known */
  target: number | null
  hasCome: boolean
  toldAt: number
}

export function create(
  sources: readonly Source[],
  bridge: Pick<Bridge, 'chains'>,
  tell: CatchUp['tell'],
): CatchUp {
  const chains = sources.map((source): Standing => {
    const name = chainName(bridge, source.chain)
    return { source, name, target: null, hasCome: false, toldAt: Number.NEGATIVE_INFINITY }
  })
  return { chains, tell }
}

/** How often a long catching-up is told of, milliseconds. */
const every = 2_000

/** Takes the newest block a chain was told up to; true when this brought the last chain up to date. */
export function take({ chains, tell }: CatchUp, chain: ChainId, block: number, now: number): boolean {
  const standing = chains.find(({ source }) => source.chain === chain)!
  if (standing.hasCome) return false
  const heights = standing.source.status().flatMap(({ height }) => height ?? [])
  standing.target ??= heights.length === 0 ? null : Math.max(...heights)
  if (standing.target === null) return false
  if (block >= standing.target) {
    standing.hasCome = true
    tell({ type: 'caughtUp', chain: standing.name, block })
    return chains.every(({ hasCome }) => hasCome)
  }
  if (now - standing.toldAt < every) return false
  standing.toldAt = now
  tell({ type: 'catchingUp', chain: standing.name, block, head: Math.max(...heights) })
  return false
}
