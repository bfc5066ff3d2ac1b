import * as Arbitrageur from '../agents/Arbitrageur.ts'
import * as LiquidityProvider from '../agents/LiquidityProvider.ts'
import * as Traders from '../agents/Traders.ts'
import * as Voter from '../agents/Voter.ts'
import * as Governance from '../beside/Governance.ts'
import type { Ground } from '../beside/Ground.ts'
import * as Pool from '../beside/Pool.ts'
import type { Agent } from './Beat.ts'
import type { Observe } from './observing.ts'

/** Those who live beside a bridge: a market for its wrapped dollars, and votes over its reserve. */
export type Neighbours = {
  readonly agents: readonly Agent[]
  readonly arbitrageur: Arbitrageur.Arbitrageur
  readonly provider: LiquidityProvider.LiquidityProvider
  readonly voter: Voter.Voter
  /** what a watch reads of them: the pair's prices and what is proposed */
  readonly observe: Observe
}

/** Deploys what they use and gives them what they need. */
export async function neighbours(ground: Ground): Promise<Neighbours> {
  const { world } = ground
  const pool = await Pool.deploy(ground)
  const traders = await Traders.create(ground, pool)
  const arbitrageur = await Arbitrageur.create(ground, pool)
  const provider = await LiquidityProvider.create(ground, pool)
  const voter = await Voter.create(ground)
  await ground.nextBlock()
  return {
    agents: [
      { name: 'traders', act: () => Traders.act(world, traders) },
      { name: 'arbitrageur', act: () => Arbitrageur.act(world, arbitrageur) },
      { name: 'liquidity provider', act: () => LiquidityProvider.act(world, provider) },
      { name: 'voter', act: () => Voter.act(world, voter) },
    ],
    arbitrageur,
    provider,
    voter,
    observe: (place, block) =>
      place === 'south'
        ? Pool.readQuotes({ world }, pool, block)
        : Governance.readProposals(world, voter.governance.governor, block),
  }
}
