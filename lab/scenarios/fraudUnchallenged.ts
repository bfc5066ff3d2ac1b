import type { Message } from '@cutwater/contracts/TypedData.ts'
import * as Challenger from '../agents/Challenger.ts'
import { coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import { blockSeconds } from '../bridge/finality.ts'
import { giveBonds, optimistic, propose, windowSeconds } from '../bridge/optimistic.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { begins, between, dollarsBetween, drainBetween, forge, loot, release } from './steal.ts'

/** Challenges the watcher can back: its stake is finite, and the attacker knows. */
const stakedBonds = 8

export const fraudUnchallenged: Scenario = {
  name: 'fraud-unchallenged',
  incident: 'AFX bridge 2026, Hyperbridge 2026',
  says: 'False messages are proposed all at once; the window to challenge them is 200 s, and nobody uses it.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy:
    'first the watcher that challenges in time, the dearest first, as far as its stake goes; what is left over meets the allowance for unproven value. With no window at all only the allowance stands',
  parts: { verifier: optimistic },
  prepare: async (stage) => {
    const { world, twin, side } = stage
    const { attacker, watchers } = world.accounts
    await giveBonds(world, twin, 'north', attacker.address, 100)
    if (side === 'on') await giveBonds(world, twin, 'north', watchers[0]!.address, stakedBonds)
    await stage.nextBlock()
  },
  agents: ({ world, twin, side }) => {
    if (side === 'off') return []
    const { address } = world.accounts.watchers[0]!
    const challenger = Challenger.create(world, twin, 'north', address, stakedBonds)
    return [{ name: 'challenger', act: () => Challenger.act(world, challenger) }]
  },
  attack: async (stage) => {
    const { world, twin } = stage
    const messages = falseMessages(stage)
    for (const message of messages) await propose(world, twin, message, world.accounts.attacker.address)
    await stage.nextBlock()
    for (let waited = 0; waited < windowSeconds; waited += blockSeconds) await stage.nextBlock()
    begins(stage)
    for (const message of messages) await release(stage, message, '0x')
    for (let block = 0; block < 3; block++) await stage.nextBlock()
  },
}

function falseMessages(stage: Stage): Message[] {
  const { rng } = stage
  const piece = dollarsBetween(rng, 5_000, 60_000)
  const pieces = Array.from({ length: between(rng, 3, 6) }, () => piece)
  const sizes = [drainBetween(stage, 5_000_000, 58_000_000), ...pieces, dollarsBetween(rng, 100, 900)]
  return sizes.flatMap((dollars) =>
    loot.map((symbol) => forge(stage, 'south', symbol, unitsOfDollars(coinOf(symbol), dollars))),
  )
}
