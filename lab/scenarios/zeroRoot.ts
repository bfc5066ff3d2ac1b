import * as ZeroRootVerifier from '@cutwater/contracts/generated/ZeroRootVerifier.ts'
import { zeroHash } from 'viem'
import { coinOf, type Ticker, units } from '../bridge/Coins.ts'
import * as Scale from '../bridge/Scale.ts'
import type { Verifier } from '../bridge/Verifier.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario } from './Scenario.ts'
import { between, drain } from './steal.ts'

// Its initializer confirmed the zero root, so a message nobody proved is as good as one that was.
const verifier: Verifier = {
  deploy: ({ chains, accounts }, place) =>
    Chain.deploy(chains[place], accounts.deployer.address, {
      ...ZeroRootVerifier,
      args: [accounts.admin.address, zeroHash],
    }),
  prove: async () => '0x',
}

export const zeroRoot: Scenario = {
  name: 'zero-root',
  incident: 'Nomad 2022',
  says: 'An upgrade confirmed the zero root, so every unproven message passes; hundreds of copies drain the bridge.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy: 'the allowance for unproven value; proven releases are not touched',
  parts: { verifier },
  // Nearly all of it, in so many pieces of each coin; honest withdrawals have taken some.
  attack: (stage) => {
    const perBlock = between(stage.rng, 1, 4)
    const blocks = between(stage.rng, 6, 14)
    const piece = (symbol: Ticker) =>
      units(coinOf(symbol), (0.995 * Scale.lockedTokens(stage.world.scale, symbol)) / (perBlock * blocks))
    return drain(stage, { piece, perBlock, blocks, prove: async () => '0x' })
  },
}
