import * as Calm from '../Calm.ts'
import type * as Chain from '../chain/Chain.ts'
import * as State from '../chain/State.ts'
import type { Tx } from '../chain/Tx.ts'
import * as Setting from '../Setting.ts'
import { timelockSeconds } from '../traffic/people.ts'
import * as World from '../World.ts'

/** What must hold in every block, on whatever branch: nothing is done twice, nothing loosened, no theft goes on. */
export function checkBlock(world: World.World, chain: Chain.Chain, block: Chain.Block): void {
  checkDeeds(world, chain, block)
  checkLimits(world, chain, block)
  for (const tx of block.txs) checkTheft(world, chain, block, tx)
}

// A deed that waits behind one that a reorg took back is sent under that one's nonce too, or it might wait for good: of
// two such the one that was sent later has the lower nonce. Should the other come again after all, both are in time, and
// the second changes nothing.
function checkDeeds(world: World.World, { blocks, hasLostDeeds }: Chain.Chain, { txs }: Chain.Block): void {
  if (hasLostDeeds) return
  for (const { body } of txs) {
    if (body.kind !== 'guardian') continue
    const { id } = body.deed
    const same = blocks
      .flatMap((each) => each.txs)
      .filter((tx) => tx.body.kind === 'guardian' && tx.body.deed.id === id)
      .sort((a, b) => a.since - b.since)
    if (same.some((tx, nth) => nth > 0 && nonceOf(tx) > nonceOf(same[nth - 1]!)))
      World.violate(world, 'once', `${id} is on chain as ${same.map((tx) => tx.id).join(', ')}`)
  }
}

function nonceOf({ body }: Tx): number {
  return body.kind === 'guardian' ? body.nonce : Number.NaN
}

/** No limit grows and no pause is cut short, unless people have waited for the timelock. */
function checkLimits(world: World.World, { setting }: Chain.Chain, block: Chain.Block): void {
  const { state, at, hash } = block
  const before = block.parent!.state
  for (const [token, { unproven, total }] of state.limits) {
    const was = before.limits.get(token)!
    const isLooser = unproven.capacity > was.unproven.capacity || total.capacity > was.total.capacity
    const isDue = world.scheduled.some(
      (each) => each.chain === setting.id && each.token === token && each.at + timelockSeconds <= at,
    )
    if (isLooser && !isDue) World.violate(world, 'tight', `a limit of ${token} is loosened in ${hash}`)
  }
  for (const [key, until] of before.pausedUntil) {
    const isShorter = (state.pausedUntil.get(key) ?? 0) < until
    if (isShorter) World.violate(world, 'tight', `the pause of ${key} is cut short in ${hash}`)
  }
}

/**
 * Value without source passes no longer than stated after the first that was worth an answer, where every second of a
 * disturbance counts as one that was not there. What passes meanwhile is what the limits on chain let through, so this
 * is the loss bound, C + r·D, with D as measured: docs/decisions/0004-loss-bound.md.
 */
function checkTheft(world: World.World, chain: Chain.Chain, block: Chain.Block, tx: Tx): void {
  if (tx.body.kind !== 'leg' || tx.body.isHonest) return
  const token = tx.body.leg.token!
  const usd = Setting.dollarsOf(world.setting, token, tx.body.leg.amount)
  if (usd < oddityUsd) return
  const first = Math.max(stoppedBefore(block, token), firstTheft(world, chain, block, token) ?? block.at)
  const slowest = Math.max(...world.setting.chains.map(({ blockSeconds }) => blockSeconds))
  const stated = reactionSeconds + queueBlocks * slowest
  const seconds = block.at - first - Calm.disturbedSeconds(world.calm, first, block.at)
  if (seconds <= stated) return
  const what = `${tx.id} takes ${Math.round(usd)} dollars of ${token} ${seconds} s after the first theft`
  World.violate(world, 'bound', `${what}, disturbances not counted; ${stated} s are stated`)
}

/** Seconds from a theft to a stop in force, as is stated: see it, decide, get it into a block. */
const reactionSeconds = 36
/** How many deeds of one answer may come before the one that stops it: each takes a block of its own. */
const queueBlocks = 4
/** Below this nothing is answered. */
const oddityUsd = 1_000
/** A share of what is first locked that is a hard finding by itself, with room for what comes in meanwhile. */
const hardShare = 0.0015

/** When the token was last stopped until, where that is over. */
function stoppedBefore({ state, at }: Chain.Block, token: string): number {
  const ended = State.stopsOf(token).map((key) => state.pausedUntil.get(key) ?? 0)
  return Math.max(0, ...ended.filter((until) => until <= at))
}

function firstTheft(
  { setting }: World.World,
  { blocks }: Chain.Chain,
  { at }: Chain.Block,
  token: string,
): number | undefined {
  const hardUsd = hardShare * Setting.lockedAtFirstUsd(setting)
  const isHard = ({ body }: Tx) =>
    body.kind === 'leg' &&
    !body.isHonest &&
    body.leg.token === token &&
    Setting.dollarsOf(setting, token, body.leg.amount) >= hardUsd
  return blocks.find((block) => block.at <= at && block.txs.some(isHard))?.at
}
