import * as World from '../World.ts'

/** Somebody who may act once per block. */
export type Agent = { readonly name: string; act(): Promise<void> }

/** The lab's heart: block after block on both chains, with whatever the agents and the attack sent in between. */
export type Beat = {
  /** resolves when the next block is mined, with its number; fails when the beat has failed */
  nextBlock(): Promise<number>
  /** does something between two blocks, when nothing is on its way */
  between(act: () => Promise<void>): void
  stop(): Promise<void>
}

/**
 * Starts to mine, one block at most every `milliseconds`, so that a watch that runs beside it has time to see, to
 * decide and to send before the next.
 */
export function start(world: World.World, agents: readonly Agent[], milliseconds: number): Beat {
  let isOver = false
  let waiting: Waiting[] = []
  const interludes: (() => Promise<void>)[] = []
  const settle = (use: (each: Waiting) => void) => {
    const all = waiting
    waiting = []
    for (const each of all) use(each)
  }
  const beat = async () => {
    while (!isOver) {
      const pause = new Promise((resolve) => setTimeout(resolve, milliseconds))
      for (const interlude of interludes.splice(0)) await interlude()
      for (const { act } of agents) await act()
      await World.mine(world)
      settle(({ resolve }) => resolve(world.height))
      await pause
    }
  }
  const ended = beat().catch((error: unknown) => {
    isOver = true
    settle(({ reject }) => reject(error))
    return error
  })
  return {
    nextBlock: () =>
      new Promise((resolve, reject) => {
        if (isOver) void ended.then(reject)
        else waiting.push({ resolve, reject })
      }),
    between: (act) => void interludes.push(act),
    stop: async () => {
      isOver = true
      const failure = await ended
      settle(({ reject }) => reject(failure))
      if (failure !== undefined) throw failure
    },
  }
}

type Waiting = { readonly resolve: (height: number) => void; readonly reject: (error: unknown) => void }
