import type { Message } from '@cutwater/contracts/TypedData.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { sizes } from '../agents/drawTransfer.ts'
import { coinOf, units, unitsOfDollars } from '../bridge/Coins.ts'
import * as Scale from '../bridge/Scale.ts'
import { signedBy } from '../bridge/Verifier.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { between, dollarsBetween, drain, forge, loot, release } from './steal.ts'

/** A proof with as many stolen keys as the bridge asks for. */
export function stolen({ world }: Stage): (message: Message) => Promise<`0x${string}`> {
  const { threshold } = world.scale.signers
  return (message) => signedBy(world.accounts.validators.slice(0, threshold), message)
}

export const keyTheftOneRelease: Scenario = {
  name: 'key-theft-one-release',
  incident: 'Ronin 2022, Harmony 2022',
  says: 'Whoever holds three of five validator keys signs one release of nearly all there is of a coin.',
  steps: 'single',
  visibleBefore: true,
  deceived: false,
  limitedBy: 'one release larger than any limit: it is held, whoever signed it',
  attack: async (stage) => {
    const coin = coinOf(Rng.pick(stage.rng, loot))
    const share = 0.5 + 0.495 * Rng.uniform(stage.rng)
    const message = forge(
      stage,
      'south',
      coin.symbol,
      units(coin, share * Scale.lockedTokens(stage.world.scale, coin.symbol)),
    )
    await release(stage, message, await stolen(stage)(message))
    await stage.nextBlock()
  },
}

export const keyTheftManySmall: Scenario = {
  name: 'key-theft-many-small',
  incident: 'Multichain 2023, Orbit 2024',
  says: 'The same stolen keys sign many releases, each of a size that honest users send.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy:
    'level 3: the allowance for unproven value; level 2: the total limit and the pause, since small releases with good signatures look honest until their source is seen to lack them',
  attack: (stage) => {
    const dollars = dollarsBetween(stage.rng, 5_000, sizes.mostDollars)
    return drain(stage, {
      piece: (symbol) => unitsOfDollars(coinOf(symbol), dollars),
      perBlock: between(stage.rng, 1, 5),
      blocks: between(stage.rng, 8, 14),
      prove: stolen(stage),
    })
  },
}
