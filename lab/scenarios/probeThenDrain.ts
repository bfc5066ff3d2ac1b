import { coinOf, type Ticker, unitsOfDollars } from '../bridge/Coins.ts'
import { stolen } from './keyTheft.ts'
import type { Scenario } from './Scenario.ts'
import { begins, between, dollarsBetween, drain, drainBetween } from './steal.ts'

export const probeThenDrain: Scenario = {
  name: 'probe-then-drain',
  incident: 'Multichain 2023',
  says: 'Stolen keys are tried on a few dollars first; when nothing happens, everything follows.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy:
    'the allowance for unproven value: the probe fits it, the drain does not. The probe is found at once, but so little is only noted: it wakes nobody',
  attack: async (stage) => {
    const { rng } = stage
    const prove = stolen(stage)
    await drain(stage, { piece: worth(dollarsBetween(rng, 5, 300)), perBlock: 1, blocks: 1, prove })
    // Hours in the record, minutes here.
    const waitBlocks = between(rng, 4, 14)
    for (let block = 1; block < waitBlocks; block++) await stage.nextBlock()
    begins(stage)
    await drain(stage, {
      piece: worth(drainBetween(stage, 2_000_000, 9_900_000)),
      perBlock: 2,
      blocks: 3,
      prove,
    })
  },
}

function worth(dollars: number) {
  return (symbol: Ticker) => unitsOfDollars(coinOf(symbol), dollars)
}
