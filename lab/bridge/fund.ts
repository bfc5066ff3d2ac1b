import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import { maxUint256 } from 'viem'
import * as Relayer from '../agents/Relayer.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { chainIds, coins, other, units } from './Coins.ts'
import { finalityBlocks } from './finality.ts'
import type { Twin } from './Twin.ts'

/** Every depositor locks an equal share of every coin, and gets the wrapped ones on the other side. */
export async function fund(world: World.World, twins: readonly Twin[]): Promise<void> {
  const { depositors } = world.accounts
  for (const twin of twins) {
    for (const coin of coins) {
      const chain = world.chains[coin.home]
      const { escrow, tokens } = twin.ends[coin.home]
      const token = tokens[coin.symbol]
      const amount = units(coin, coin.locked) / BigInt(depositors.length)
      for (const { address } of depositors) {
        const approve = { abi: TestToken.abi, functionName: 'approve', args: [escrow, maxUint256] } as const
        const to = BigInt(chainIds[other(coin.home)])
        const send = { abi: Escrow.abi, functionName: 'send', args: [token, to, address, amount] } as const
        const hashes = [
          await Chain.send(chain, address, Chain.call(token, approve)),
          await Chain.send(chain, address, Chain.call(escrow, send)),
        ]
        world.toCheck.push({ chain, hashes, what: `locking ${coin.symbol}` })
      }
    }
  }
  const relayers = twins.map((twin) => Relayer.create(world, twin, []))
  for (let block = 0; block < finalityBlocks + patience; block++) {
    await World.mine(world)
    for (const relayer of relayers) await Relayer.act(world, relayer)
    if (block > finalityBlocks && relayers.every(Relayer.isIdle)) return
  }
}

/** Blocks beyond finality in which all of it has arrived, slow verifiers included. */
const patience = 30
