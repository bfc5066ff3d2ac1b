import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import * as Setting from '../Setting.ts'
import * as State from './State.ts'
import type { Tx } from './Tx.ts'

/** One chain: its blocks as they stand, its mempool, and what its contracts hold. */
export type Chain = {
  readonly setting: Setting.ChainSetting
  readonly rng: Rng.Rng
  /** as they stand, oldest first */
  readonly blocks: Block[]
  readonly origin: Block
  readonly mempool: Map<string, Tx>
  /** what gas costs now, 1 is usual; for so long */
  baseFee: number
  feeUntil: number
  /** no blocks before, milliseconds */
  haltedUntil: number
  forks: number
  /** whether a reorg has lost a deed for good: its key's later ones wait for a nonce that nobody fills */
  hasLostDeeds: boolean
  /** how often it was set going */
  beginnings: number
}

export type Block = {
  readonly number: number
  readonly hash: string
  readonly parent: Block | null
  readonly at: UnixTime
  readonly txs: readonly Tx[]
  readonly observations: readonly Observation[]
  readonly state: State.State
}

export function create(setting: Setting.Setting, chain: Setting.ChainSetting, rng: Rng.Rng): Chain {
  const origin: Block = {
    number: Setting.firstNumber,
    hash: `${chain.id}-origin`,
    parent: null,
    at: Setting.begin,
    txs: [],
    observations: [],
    state: State.create(setting, chain.id),
  }
  const idle = { baseFee: 1, feeUntil: 0, haltedUntil: 0, forks: 0, hasLostDeeds: false, beginnings: 0 }
  return { setting: chain, rng, blocks: [], origin, mempool: new Map(), ...idle }
}

export function tip({ blocks, origin }: Chain): Block {
  return blocks.at(-1) ?? origin
}

/** The highest block that can no longer be replaced. */
export function finalNumber(chain: Chain): number {
  return Math.max(Setting.firstNumber, tip(chain).number - chain.setting.depth)
}

/** The block of a number as it stands; undefined where there is none. */
export function blockAt({ blocks }: Chain, number: number): Block | undefined {
  return blocks[number - Setting.firstNumber - 1]
}

/** The block that holds a transaction; undefined where none does. */
export function blockOf({ blocks }: Chain, tx: string): Block | undefined {
  return blocks.findLast(({ txs }) => txs.some(({ id }) => id === tx))
}

/** The next block: whatever waits, pays enough and may pass, but for what the miner leaves out. */
export function mine(chain: Chain, at: UnixTime): Block {
  const parent = tip(chain)
  const state = State.copy(parent.state)
  const [txs, observations]: [Tx[], Observation[]] = [[], []]
  const number = parent.number + 1
  for (const tx of inOrder(chain, at)) {
    const effect = State.execute(state, tx, at, number)
    if (effect === null) continue
    observations.push(...effect.observations)
    if (!effect.isOver) continue
    txs.push(tx)
    chain.mempool.delete(tx.id)
  }
  const hash = `${chain.setting.id}-${number}-${chain.forks}`
  const block = { number, hash, parent, at, txs, observations, state }
  chain.blocks.push(block)
  return block
}

/**
 * Replaces the newest blocks by as many others: what they held goes back to the mempool, and comes again in another
 * order, or later.
 *
 * @param vanishes whether a transaction is gone for good
 */
export function reorganise(chain: Chain, depth: number, vanishes: (tx: Tx) => boolean): readonly Block[] {
  const dropped = chain.blocks.splice(-depth)
  chain.forks += 1
  for (const { txs } of dropped) for (const tx of txs) if (!vanishes(tx)) chain.mempool.set(tx.id, tx)
  for (const { at } of dropped) mine(chain, at)
  return dropped
}

/** Takes a transaction into the mempool; of two with one nonce the higher offer stays, by a tenth at least. */
export function submit(chain: Chain, tx: Tx): 'accepted' | 'underpriced' | 'overtaken' {
  const { body } = tx
  if (body.kind !== 'guardian') {
    chain.mempool.set(tx.id, tx)
    return 'accepted'
  }
  if (body.nonce < tip(chain).state.nonce) return 'overtaken'
  for (const other of chain.mempool.values()) {
    if (other.body.kind !== 'guardian' || other.body.nonce !== body.nonce) continue
    if (other.id === tx.id) return 'accepted'
    if (body.fee < other.body.fee * 1.1) return 'underpriced'
    chain.mempool.delete(other.id)
  }
  chain.mempool.set(tx.id, tx)
  return 'accepted'
}

// The guardian's offers lie above what users pay; users' own order is the miner's whim.
function inOrder({ mempool, rng, baseFee }: Chain, at: UnixTime): readonly Tx[] {
  const waiting = [...mempool.values()].filter(({ since }) => since <= at)
  const calls = waiting.filter(({ body }) => body.kind === 'guardian' && body.fee >= baseFee)
  const others = waiting.filter(({ body }) => body.kind !== 'guardian' && Rng.chance(rng, 0.8))
  const nonceOf = ({ body }: Tx) => (body.kind === 'guardian' ? body.nonce : 0)
  return [...calls.sort((a, b) => nonceOf(a) - nonceOf(b)), ...Rng.shuffle(rng, others)]
}
