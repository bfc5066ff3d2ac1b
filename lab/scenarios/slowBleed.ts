import { coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import { stolen } from './keyTheft.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { forge, loot, release, roomFor } from './steal.ts'

/** A theft of this size looks like an oddity, and no finding about it alone stops anything. */
const pieceDollars = 900

export const slowBleed: Scenario = {
  name: 'slow-bleed',
  incident: 'Yala 2025, Secret-Axelar 2026 (days unseen)',
  says: 'Stolen keys take less than a thousand dollars a time, below what any single finding stops.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy:
    'level 3: the allowance for unproven value and its refill, day after day, until people act on the growing gap; level 2: the pause, once a day’s thefts add up to 0.1% of what is locked',
  attack: async (stage) => {
    for (let block = 0; block < 24; block++) {
      for (const symbol of loot) await bleed(stage, symbol)
      await stage.nextBlock()
    }
  },
}

// Whoever bleeds slowly takes what fits and no more: a piece that is held would only draw attention.
async function bleed(stage: Stage, symbol: (typeof loot)[number]): Promise<void> {
  const piece = unitsOfDollars(coinOf(symbol), pieceDollars)
  const room = await roomFor(stage, 'north', symbol)
  const amount = room === null || room > piece ? piece : room
  if (amount === 0n) return
  const message = forge(stage, 'south', symbol, amount)
  await release(stage, message, await stolen(stage)(message))
}
