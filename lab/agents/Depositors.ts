import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { chainIds, other, unitsOfDollars } from '../bridge/Coins.ts'
import type { Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import { drawTransfer } from './drawTransfer.ts'

/** Honest people who send both ways, the same transfers over both twins. */
export type Depositors = {
  readonly rng: Rng.Rng
  readonly twins: readonly Twin[]
  sent: number
  /** what was tried, by the block it would be in: a bridge that is stopped takes none of it */
  readonly tried: { readonly block: number; readonly dollars: number }[]
  isResting: boolean
}

/** How likely a block brings a transfer. */
export const perBlock = 0.9

export function create(world: World, twins: readonly Twin[]): Depositors {
  return { rng: Rng.fork(Rng.create(world.seed), 'depositors'), twins, sent: 0, tried: [], isResting: false }
}

export async function act(world: World, depositors: Depositors): Promise<void> {
  const { rng, twins } = depositors
  if (depositors.isResting || !Rng.chance(rng, perBlock)) return
  const { coin, from, dollars } = drawTransfer(rng)
  const { address } = Rng.pick(rng, world.accounts.depositors)
  depositors.sent += 1
  depositors.tried.push({ block: world.height + 1, dollars })
  for (const { ends } of twins) {
    const { escrow, tokens } = ends[from]
    const to = BigInt(chainIds[other(from)])
    const args = [tokens[coin.symbol], to, address, unitsOfDollars(coin, dollars)] as const
    await Chain.send(
      world.chains[from],
      address,
      Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args }),
    )
  }
}
