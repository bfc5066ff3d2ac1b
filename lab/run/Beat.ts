import * as World from '../World.ts'

/** Somebody who may act once per block. */
export type Agent = { readonly name: string; act(): Promise<void> }

/** The lab's heart: block after block on both chains, with whatever the agents and the attack sent in between. */
export type Beat = {
  /** plays a part: from its first to its last line no block is mined before the player waits for one */
  play<T>(part: (player: Player) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

/** Somebody whose doings take blocks. */
export type Player = {
  /** resolves when the next block is mined, with its number; fails when the beat has failed */
  nextBlock(): Promise<number>
  /** does something between two blocks, when nothing is on its way; resolves when it is done */
  between(act: () => Promise<void>): Promise<void>
}

export type Pace = {
  /** the wall time of a block: how long the watch has to see, to decide and to send before the next */
  readonly milliseconds: number
  /** a block takes so long at least, however soon it is answered: what waits in a mempool waits as long */
  readonly leastMilliseconds?: number
  /** resolves when the watch has answered a block; without it, every block takes its whole time */
  answered?(height: number): Promise<void>
}

/** Starts to mine: each block as soon as the watch has answered the one before, and at the latest after its time. */
export function start(world: World.World, agents: readonly Agent[], pace: Pace): Beat {
  let isOver = false
  const players = new Set<Seat>()
  const waiting = () => [...players].flatMap((seat) => seat.waiting.splice(0))
  const beat = async () => {
    while (!isOver) {
      for (const seat of players) for (const interlude of seat.interludes.splice(0)) await interlude()
      for (const { act } of agents) await act()
      await World.mine(world)
      for (const { resolve } of waiting()) resolve(world.height)
      await turnOf(pace, world.height)
      await everybodyWaits(players, () => isOver)
    }
  }
  const ended = beat().catch((error: unknown) => {
    isOver = true
    for (const { reject } of waiting()) reject(error)
    return error
  })
  const sit = (seat: Seat): Player => ({
    nextBlock: () =>
      new Promise((resolve, reject) => {
        if (isOver) void ended.then(reject)
        else seat.waiting.push({ resolve, reject })
      }),
    between: (act) =>
      new Promise((resolve, reject) => {
        // What goes wrong in between is the player's; the beat goes on to tell it.
        seat.interludes.push(() => act().then(resolve, reject))
      }),
  })
  return {
    play: async (part) => {
      const seat: Seat = { waiting: [], interludes: [] }
      players.add(seat)
      return part(sit(seat)).finally(() => players.delete(seat))
    },
    stop: async () => {
      isOver = true
      const failure = await ended
      for (const { reject } of waiting()) reject(failure)
      if (failure !== undefined) throw failure
    },
  }
}

type Seat = { readonly waiting: Waiting[]; readonly interludes: (() => Promise<void>)[] }
type Waiting = { readonly resolve: (height: number) => void; readonly reject: (error: unknown) => void }

async function turnOf(pace: Pace, height: number): Promise<void> {
  const { milliseconds, leastMilliseconds = 0, answered } = pace
  const over = sleep(milliseconds)
  if (answered === undefined) return over
  await sleep(Math.min(leastMilliseconds, milliseconds))
  await Promise.race([over, answered(height)])
}

// An attack that takes long to prepare would otherwise come a block later than the attacker wants it to.
async function everybodyWaits(players: ReadonlySet<Seat>, isOver: () => boolean): Promise<void> {
  const isBusy = ({ waiting, interludes }: Seat) => waiting.length + interludes.length === 0
  for (let waited = 0; waited < patienceMilliseconds && !isOver(); waited += lookMilliseconds) {
    if (players.size > 0 && ![...players].some(isBusy)) return
    // Between two parts somebody is about to begin the next.
    if (players.size === 0 && waited > 0) return
    await sleep(lookMilliseconds)
  }
}

const patienceMilliseconds = 20_000
const lookMilliseconds = 4

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
