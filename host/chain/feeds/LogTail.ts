import type { Address, Hex } from 'viem'
import type * as Answer from '../Answer.ts'
import * as ChainAt from './ChainAt.ts'

/** Logs of a contract as they come: what is final is kept, and only what may still change is asked for again. */
export type LogTail = { next: number | null; final: readonly Answer.Log[] }

/** How far back a first look goes at most, blocks: a week of 12 s. */
export const mostBlocks = 50_000

export function create(): LogTail {
  return { next: null, final: [] }
}

/** All logs so far, from the chain's first watched block on, in their order. */
export async function read(
  tail: LogTail,
  now: ChainAt.ChainAt,
  contract: Address,
  topics: readonly Hex[],
): Promise<readonly Answer.Log[]> {
  const from = tail.next ?? Math.max(now.chain.startBlock, now.number - mostBlocks, 0)
  const fresh = await ChainAt.logs(now, contract, topics, from)
  const all = [...tail.final, ...fresh]
  const final = now.number - now.chain.finality.depth
  if (final >= from) {
    tail.final = all.filter(({ block }) => block <= final)
    tail.next = final + 1
  }
  return all
}
