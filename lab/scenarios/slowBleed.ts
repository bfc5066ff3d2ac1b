import { coinOf, type Ticker, unitsOfDollars } from '../bridge/Coins.ts'
import { stolen } from './keyTheft.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { between, forge, loot, release, roomFor } from './steal.ts'

/** A theft of less than a thousand dollars looks like an oddity, and no finding about it alone stops anything. */
const pieceDollars = { least: 300, most: 990 }

export const slowBleed: Scenario = {
  name: 'slow-bleed',
  incident: 'Yala 2025, Secret-Axelar 2026 (days unseen)',
  says: 'Stolen keys take less than a thousand dollars a time, below what any single finding stops.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  looksHonest: true,
  limitedBy:
    'level 3: the allowance for unproven value and its refill, day after day, until people act on the growing gap; level 2: the pause, once a day’s thefts add up to 0.1% of what is locked',
  attack: async (stage) => {
    for (let block = 0; block < 24; block++) {
      for (const symbol of loot) {
        const dollars = between(stage.rng, pieceDollars.least, pieceDollars.most)
        await bleed(stage, symbol, dollars)
      }
      await stage.nextBlock()
    }
  },
}

// Whoever bleeds slowly takes what fits and no more: a piece that is held would only draw attention.
async function bleed(stage: Stage, symbol: Ticker, dollars: number): Promise<void> {
  const piece = unitsOfDollars(coinOf(symbol), dollars)
  const room = await roomFor(stage, 'north', symbol)
  const amount = room === null || room > piece ? piece : room
  if (amount === 0n) return
  const message = forge(stage, 'south', symbol, amount)
  await release(stage, message, await stolen(stage)(message))
}
