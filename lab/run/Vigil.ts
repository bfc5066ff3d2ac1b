import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { hour } from '@cutwater/core/units/UnixTime.ts'
import type { Ground } from '../beside/Ground.ts'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import * as World from '../World.ts'
import type { Agent } from './Beat.ts'
import * as Observer from './Observer.ts'
import type { Tools } from './Tools.ts'

/** A watch over a bridge for what takes days: time passes by the hour, and every hour is heard to its end. */
export type Vigil = {
  readonly observer: Observer.Observer
  /** one block after another, each so many seconds after the last, with what the watch does about it */
  pass(blocks: number, seconds?: number): Promise<void>
  /** the book as it stands; valid until time passes again */
  book(): BridgeBook
  stop(): Promise<void>
}

/** Begins to watch, with agents who act once per block; on a journal that holds an earlier watch of the same chains it goes on from there. */
export async function begin(
  { world, twin }: Pick<Ground, 'world' | 'twin'>,
  tools: Tools,
  plan: BridgePlan,
  policy: BridgePolicy,
  agents: readonly Agent[] = [],
): Promise<Vigil> {
  const observer = await Observer.start(world, tools, plan, twin.ends, policy, false)
  return {
    observer,
    pass: async (blocks, seconds = hour) => {
      const usual = world.blockSeconds
      world.blockSeconds = seconds
      for (let block = 0; block < blocks; block++) {
        for (const { act } of agents) await act()
        await World.mine(world)
        await observer.answered(world.height)
      }
      world.blockSeconds = usual
    },
    book: () => observer.watch.live.book,
    stop: () => observer.stop(),
  }
}
