import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as EventWithoutTransferEscrow from '@cutwater/contracts/generated/EventWithoutTransferEscrow.ts'
import { chainIds, coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { between, dollarsBetween, drainBetween } from './steal.ts'

export const depositWithoutTransfer: Scenario = {
  name: 'deposit-without-transfer',
  incident: 'Qubit 2022',
  says: 'The escrow announces deposits without looking whether tokens came, and honest validators sign what they see.',
  steps: 'many',
  visibleBefore: false,
  // The out leg is there, so who proves by it is deceived with everybody else.
  deceived: true,
  limitedBy:
    'the pause, if somebody reads what is held as well as the log; who reads the log alone believes it, and the total limit alone stands',
  parts: {
    escrow: ({ chains, accounts }, place) =>
      Chain.deploy(chains[place], accounts.deployer.address, {
        ...EventWithoutTransferEscrow,
        args: [accounts.admin.address],
      }),
  },
  readsState: true,
  attack: async (stage) => {
    const { rng } = stage
    const dollars = dollarsBetween(rng, 5_000, 60_000)
    const perBlock = between(rng, 1, 4)
    await deposit(stage, drainBetween(stage, 1_000_000, 58_000_000))
    for (let block = 0; block < 10; block++) {
      for (let nth = 0; nth < perBlock; nth++) await deposit(stage, dollars)
      await stage.nextBlock()
    }
    for (let block = 0; block < 4; block++) await stage.nextBlock()
  },
}

async function deposit({ world, twin }: Stage, dollars: number): Promise<void> {
  const { escrow, tokens } = twin.ends.north
  const { attacker } = world.accounts
  const to = BigInt(chainIds.south)
  for (const symbol of ['USD', 'ETH'] as const) {
    const args = [tokens[symbol], to, attacker.address, unitsOfDollars(coinOf(symbol), dollars)] as const
    const send = Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args })
    await Chain.send(world.chains.north, attacker.address, send)
  }
}
