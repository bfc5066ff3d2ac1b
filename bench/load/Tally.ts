import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import type { Block } from '@cutwater/engine/ports/ChainSource.ts'

/** What was fed, and how long it took until it was decided about. */
export type Tally = {
  /** when each block that is on its way was due, milliseconds since 1970, by chain and number */
  readonly dueAt: Map<string, number>
  /** by chain: every block that stands, its number of legs and a digest of them */
  readonly standing: Map<number, { blocks: number; legs: number; digest: number }>
  /** legs by the time from due to decided; the n-th count is that of n tenths of a millisecond */
  readonly counts: Float64Array
  legs: number
  longest: number
}

const tenths = 10
const most = 600_000

export function create(): Tally {
  return { dueAt: new Map(), standing: new Map(), counts: new Float64Array(most + 1), legs: 0, longest: 0 }
}

/** A block that is due, whether or not anybody has asked for it. */
export function expect(tally: Tally, block: Block, dueAt: number): void {
  tally.dueAt.set(`${block.chain}:${block.number}`, dueAt)
  add(tally.standing, block, 1)
}

/** Blocks that a reorg takes back. */
export function forget(tally: Tally, blocks: readonly Block[]): void {
  for (const block of blocks) add(tally.standing, block, -1)
}

/** A block that was decided about and is in the journal; counted only where it is wanted. */
export function decided(tally: Tally, block: Block, now: number, counts: boolean): void {
  const key = `${block.chain}:${block.number}`
  const took = Math.max(0, now - tally.dueAt.get(key)!)
  tally.dueAt.delete(key)
  if (!counts) return
  const legs = block.observations.length
  tally.counts[Math.min(most, Math.ceil(took * tenths))]! += legs
  tally.legs += legs
  if (legs > 0) tally.longest = Math.max(tally.longest, took)
}

/** Milliseconds within which that share of all legs was decided about. */
export function quantile({ counts, legs }: Tally, share: number): number {
  let sum = 0
  for (let at = 0; at < counts.length; at++) {
    sum += counts[at]!
    if (sum >= share * legs && sum > 0) return at / tenths
  }
  return 0
}

export type Standing = Tally['standing']

/** Adds a block to what stands of its chain, or takes it away again: each leg counts, and the sum does not hide any. */
export function add(standing: Standing, { chain, number, observations }: Block, sign: 1 | -1): void {
  const own = standing.get(chain) ?? { blocks: 0, legs: 0, digest: 0 }
  own.blocks += sign
  for (const observation of observations) {
    if (!isLeg(observation)) continue
    own.legs += sign
    own.digest = (own.digest + sign * digestOf(observation, number)) % 2 ** 48
  }
  standing.set(chain, own)
}

// FNV-1a, so that one leg in place of another, or one twice, changes the sum.
function digestOf(leg: Extract<Observation, { message: string }>, number: number): number {
  let hash = 0x811c9dc5
  const text = `${number}:${leg.tx.slice(-16)}:${leg.message.slice(-16)}:${leg.index}`
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
