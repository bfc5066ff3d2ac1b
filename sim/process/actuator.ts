import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Actuator, Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import * as Chain from '../chain/Chain.ts'
import * as State from '../chain/State.ts'
import * as World from '../World.ts'
import * as Decider from './Decider.ts'
import * as Disk from './Disk.ts'

/**
 * Does deeds on simulated chains as the real one does: one at a time per chain; what is so already is left alone; one
 * nonce, a higher offer each time, until it is included; then its effect is read back.
 */
export function actuator(world: World.World, decider: Decider.Decider): Actuator {
  const turns = new Map<number, Promise<unknown>>()
  const underWay = new Map<string, Promise<Outcome>>()
  return {
    execute: (deed) => {
      if (!Disk.holds(world.disk, 'decided', `deed:${deed.id}`)) {
        World.violate(world, 'written', `${deed.id} is done, and the journal does not hold it`)
      }
      const before = underWay.get(deed.id)
      if (before) return before
      const turn = (turns.get(deed.chain) ?? Promise.resolve()).catch(() => {})
      const outcome = turn.then(() => perform(world, decider, deed))
      turns.set(deed.chain, outcome)
      underWay.set(deed.id, outcome)
      const over = (): boolean => underWay.delete(deed.id)
      void outcome.then(over, over)
      return outcome
    },
    blockOf: (id, tx) => {
      const chain = World.chainOf(world, id)
      return reach(world, decider, chain, 'reads', () => Chain.blockOf(chain, tx)?.number ?? null)
    },
  }
}

const bumpSeconds = 12
const giveUpSeconds = 600
const pollMilliseconds = 2_000

async function perform(world: World.World, decider: Decider.Decider, deed: Deed): Promise<Outcome> {
  const chain = World.chainOf(world, deed.chain)
  const clock = Decider.clock(world, decider)
  try {
    const { state, at, baseFee } = await head(world, decider, chain)
    if (isDone(state, deed, at)) return { kind: 'already' }
    if (deed.act.kind === 'propose') return { kind: 'proposed', call: `setLimits of ${deed.act.token}` }
    const until = world.scheduler.now + giveUpSeconds * 1_000
    let fee = baseFee * 2
    for (let attempts = 1; world.scheduler.now < until; attempts++) {
      const id = `0x${decider.name.replaceAll(' ', '')}-${deed.chain}-${state.nonce}-${attempts}-${deed.id}`
      const body = { kind: 'guardian' as const, nonce: state.nonce, fee, deed, seconds: leftOf(deed, at) }
      const tx = { id, since: World.nowSeconds(world), body }
      const answer = await reach(world, decider, chain, 'sends', () =>
        World.submit(world, deed.chain, tx),
      ).catch(() => 'unheard')
      let isAhead = false
      for (
        let stood = 0;
        answer !== 'underpriced' && stood < bumpSeconds * 1_000;
        stood += pollMilliseconds
      ) {
        await clock.sleep(pollMilliseconds)
        const seen = await head(world, decider, chain).catch(() => null)
        if (seen === null) continue
        isAhead = seen.state.nonce < state.nonce
        if (seen.state.nonce <= state.nonce) continue
        if (!isDone(seen.state, deed, seen.at)) return failed('another transaction of this key came first')
        return { kind: 'confirmed', tx: id, block: seen.number, attempts }
      }
      // What the reorg took back had its time to come again.
      if (isAhead) return failed('a reorg took back what this key did before')
      fee *= 1.125
    }
    return failed(`it was not included in ${giveUpSeconds} s`)
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error))
  }
}

/** The chain's newest block, as the nodes that answer have it. */
function head(world: World.World, decider: Decider.Decider, chain: Chain.Chain) {
  return reach(world, decider, chain, 'reads', () => {
    const { state, at, number } = Chain.tip(chain)
    return { state, at, number, baseFee: chain.baseFee }
  })
}

async function reach<T>(
  world: World.World,
  decider: Decider.Decider,
  chain: Chain.Chain,
  what: string,
  act: () => T,
): Promise<T> {
  const { id } = chain.setting
  return Decider.call(world, decider, `${what} chain ${id}`, async () => {
    if (Decider.isCutOff(world, decider, id)) throw new Error(`no node of chain ${id} answers`)
    const isRefused = World.strikes(world, 'refuse') !== null
    if (isRefused && Rng.chance(world.faults.rng, 0.5)) throw new Error('refused')
    const answer = act()
    if (isRefused) throw new Error('no answer')
    return answer
  })
}

/** The share of a pause that must be left of one that runs, for it to count as the same. */
const sameShare = 0.9

/** How long a pause that is asked for at some moment is to last. */
function leftOf({ act }: Pick<Deed, 'act'>, at: number): number {
  return act.kind === 'pause' ? Math.min(act.seconds, (act.until ?? Number.POSITIVE_INFINITY) - at) : 0
}

/** Whether a chain is in the state that a deed wants. */
export function isDone(
  { pausedUntil, limits }: State.State,
  { act }: Pick<Deed, 'act'>,
  at: number,
): boolean {
  switch (act.kind) {
    case 'pause': {
      const seconds = leftOf({ act }, at)
      return seconds <= 0 || (pausedUntil.get(State.pauseKey(act)) ?? 0) >= at + seconds * sameShare
    }
    case 'tighten': {
      const now = limits.get(act.token)!
      const isAsTight = (part: 'unproven' | 'total') =>
        act[part] === null || now[part].capacity <= act[part].capacity
      return isAsTight('unproven') && isAsTight('total')
    }
    case 'propose': {
      const now = limits.get(act.token)!
      return now.unproven.capacity >= act.unproven.capacity && now.total.capacity >= act.total.capacity
    }
    default:
      return true
  }
}

function failed(why: string): Outcome {
  return { kind: 'failed', why, retryable: true }
}
