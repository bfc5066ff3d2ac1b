import type { Message } from '@cutwater/contracts/TypedData.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import type { Hex } from 'viem'
import type { ChainPlan } from '../bridge/BridgePlan.ts'
import type { Place } from '../bridge/Coins.ts'
import type { Parts } from '../bridge/deployTwins.ts'
import type { Side, Twin } from '../bridge/Twin.ts'
import type { Agent } from '../run/Beat.ts'
import type { World } from '../World.ts'

/** An attack that happened somewhere, re-enacted on both twins. */
export type Scenario = {
  readonly name: string
  /** the real incident, by its name in the table of incidents, with its year */
  readonly incident: string
  /** what happens, in one sentence */
  readonly says: string
  /** `single` attacks are over in one transaction: nothing that reacts can catch them */
  readonly steps: 'single' | 'many'
  /**
   * Whether the attack's first transaction, waiting in a mempool, differs from every honest one in something the
   * operator's machine can know at that time: what it would log, judged by what a quorum of its nodes has told it.
   * False where the difference is not there yet (a deposit that is only taken back later), is not in the bridge's log (a
   * trade in a pair, a deposit without tokens, borrowed votes), waits in public anyway (a call in a timelock), or is
   * denied by every node that is asked.
   */
  readonly visibleBefore: boolean
  /** whether what the watchers see is false too: then the total limit is all that stands */
  readonly deceived: boolean
  /** whether it looks honest to everything that looks, so that nothing contains it: see `limitedBy` */
  readonly looksHonest?: boolean
  /** what bounds the loss, or why nothing does; shown with the result */
  readonly limitedBy: string
  /** what replaces the sound parts of both twins */
  readonly parts?: Parts
  /** the nodes the watch and the watchers ask, where they are not the chains' own */
  poison?(stage: Stage): Promise<Poisoned>
  /** set-up before the watch begins, once per side */
  prepare?(stage: Stage): Promise<void>
  attack(stage: Stage): Promise<void>
  /** who else acts once per block */
  agents?(stage: Stage): readonly Agent[]
  /** whether the watch reads what is held and issued beside the log */
  readonly readsState?: boolean
  /** what else the watch over the guarded twin reads of a block beside the bridge's own log */
  observe?(stage: Stage, place: Place, block: SeenBlock): Promise<readonly Observation[]>
  /** what is lost, where it is not what the bridge owes and cannot pay */
  lostUsd?(stage: Stage): Promise<Usd>
}

export type SeenBlock = { readonly number: number; readonly hash: Hex; readonly at: UnixTime }

/** Nodes that lie. */
export type Poisoned = {
  readonly nodes: Readonly<Record<Place, ChainPlan['rpcs']>>
  stop(): Promise<void>
}

/** One side of a run, as an attack sees it. */
export type Stage = {
  readonly world: World
  readonly side: Side
  readonly twin: Twin
  /** waits for the next block; what was sent before is mined in it */
  nextBlock(): Promise<number>
  /** does something to the chains between two blocks */
  between(act: () => Promise<void>): Promise<void>
  /** sends the honest people home, so that nothing of theirs is on its way */
  rest(): void
  /** what watchers sign for a message who are asked, as anybody may; nothing where there are none */
  attest(message: Message): Promise<readonly Hex[]>
  /** what the attacker leaves to chance: the same draws on both sides, others with another seed */
  readonly rng: Rng.Rng
  /** what the attacker offers for a place in the block, wei per gas */
  readonly fee: bigint
  /** whatever a scenario has to remember between its steps */
  readonly notes: Map<string, unknown>
}
