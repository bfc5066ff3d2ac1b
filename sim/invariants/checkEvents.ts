import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import * as Observations from '@cutwater/core/bridge/Observation.ts'
import type { Block } from '@cutwater/engine/ports/ChainSource.ts'
import type { Recorded } from '@cutwater/engine/ports/Journal.ts'
import type { LiveBook } from '@cutwater/engine/watch/LiveBook.ts'
import * as Chain from '../chain/Chain.ts'
import * as Setting from '../Setting.ts'
import * as World from '../World.ts'
import { signalsOf } from './signalsOf.ts'

/** No event is lost and none applied twice: the journal has every block once, and the book what the chains have. */
export function checkEvents(world: World.World, { book }: LiveBook): void {
  for (const chain of world.chains) checkJournal(world, chain)
  checkCounts(world, book)
  for (const [nth, symbol] of Setting.symbols.entries()) checkLocked(world, book, nth, symbol)
}

/** The journal's blocks, those taken back left out, are the chain's. */
function checkJournal(world: World.World, { setting, blocks }: Chain.Chain): void {
  const told = standing(world.disk.entries, setting.id)
  for (const [nth, { hash, observations }] of blocks.entries()) {
    const block = told[nth]
    if (block?.hash !== hash) {
      const what = `${hash} is not where it belongs in the journal: there is ${block?.hash ?? 'nothing'}`
      World.violate(world, told.some((each) => each.hash === hash) ? 'applied once' : 'none lost', what)
      return
    }
    const [here, there] = [idsOf(block.observations), idsOf(observations)]
    const lost = there.find((id) => !here.includes(id))
    if (lost !== undefined) World.violate(world, 'none lost', `${lost} of ${hash} is lost`)
    if (here.length > there.length) World.violate(world, 'applied once', `${hash} holds ${here.join(', ')}`)
  }
}

function standing(entries: readonly Recorded[], chain: number): readonly Block[] {
  const blocks: Block[] = []
  for (const signal of signalsOf(entries)) {
    if (signal.kind === 'block' && signal.block.chain === chain) blocks.push(signal.block)
    if (signal.kind !== 'reorg' || signal.chain !== chain) continue
    while (blocks.length > 0 && blocks.at(-1)!.number > signal.to.number) blocks.pop()
  }
  return blocks
}

function checkCounts(world: World.World, { counts, pending }: BridgeBook): void {
  const known = new Set(world.setting.chains.map(({ id }) => id))
  const legs = world.chains.flatMap(legsOf).filter(({ peer }) => known.has(peer))
  const missing = legs.length - counts.legs - pending.length
  const what = `the book has ${counts.legs} legs and ${pending.length} that wait, the chains ${legs.length}`
  if (missing !== 0) World.violate(world, missing > 0 ? 'none lost' : 'applied once', what)
}

/** What the book has locked of a token is what its home holds. */
function checkLocked(
  world: World.World,
  { balances, pending }: BridgeBook,
  nth: number,
  symbol: string,
): void {
  const home = Setting.homeOf(world.setting, symbol)
  const token = Setting.addressOf(symbol, home)
  const held = Chain.tip(World.chainOf(world, home)).state.balances.get(token)!
  const waiting = pending.filter((leg) => leg.chain === home && leg.token === token)
  const locked = balances[nth]!.locked - waiting.reduce((sum, { amount }) => sum + amount, 0n)
  if (locked === held) return
  World.violate(world, 'applied once', `${symbol}: the book has ${locked} locked, the chain ${held}`)
}

function legsOf({ blocks }: Chain.Chain): readonly BridgeEvent[] {
  return blocks.flatMap(({ observations }) => observations.filter(Observations.isLeg))
}

function idsOf(observations: readonly Observation[]): readonly string[] {
  return observations.map(Observations.id)
}
