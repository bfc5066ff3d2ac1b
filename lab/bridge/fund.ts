import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import { maxUint256 } from 'viem'
import * as Relayer from '../agents/Relayer.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { type Coin, chainIds, coins, other } from './Coins.ts'
import { finalityBlocks } from './finality.ts'
import type { Twin } from './Twin.ts'

/** Every depositor locks an equal share of every coin, and gets the wrapped ones on the other side. */
export async function fund(world: World.World, twins: readonly Twin[]): Promise<void> {
  await Promise.all(twins.flatMap((twin) => coins.map((coin) => lock(world, twin, coin))))
  const relayers = twins.map((twin) => Relayer.create(world, twin, []))
  for (let block = 0; block < finalityBlocks + patience; block++) {
    await World.mine(world)
    for (const relayer of relayers) await Relayer.act(world, relayer)
    if (block > finalityBlocks && relayers.every(Relayer.isIdle)) return
  }
}

async function lock(world: World.World, twin: Twin, coin: Coin): Promise<void> {
  const { depositors } = world.accounts
  const chain = world.chains[coin.home]
  const { escrow, tokens } = twin.ends[coin.home]
  const token = tokens[coin.symbol]
  const whole = world.scale.locked[coin.symbol]
  if (whole === 0n) return
  const share = whole / BigInt(depositors.length)
  const approve = { abi: TestToken.abi, functionName: 'approve', args: [escrow, maxUint256] } as const
  const to = BigInt(chainIds[other(coin.home)])
  const sent = depositors.flatMap(({ address }, nth) => {
    // The first one also takes what does not divide.
    const amount = nth === 0 ? whole - share * BigInt(depositors.length - 1) : share
    const send = { abi: Escrow.abi, functionName: 'send', args: [token, to, address, amount] } as const
    return [
      Chain.send(chain, address, Chain.call(token, approve)),
      Chain.send(chain, address, Chain.call(escrow, send)),
    ]
  })
  world.toCheck.push({ chain, hashes: await Promise.all(sent), what: `locking ${coin.symbol}` })
}

/** Blocks beyond finality in which all of it has arrived, slow verifiers included. */
const patience = 30
