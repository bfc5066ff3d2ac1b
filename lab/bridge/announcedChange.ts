import type { Change } from '@cutwater/core/bridge/Observation.ts'
import type { Hex } from 'viem'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import { chainIds, type Place } from './Coins.ts'

/** What was made public in a log of a block before anything follows from it. */
export function announcedChange(
  place: Place,
  { number, at }: SeenBlock,
  { transactionHash, logIndex }: { readonly transactionHash: Hex; readonly logIndex: number },
  what: string,
): Change {
  const where = { at, chain: chainIds[place], tx: transactionHash, index: logIndex, block: number }
  return { kind: 'change', ...where, name: 'ConfigChanged', what, announced: true }
}
