import type { BridgePlan, ReadingPlan } from '../bridge/BridgePlan.ts'
import { chainIds, coins, other, places } from '../bridge/Coins.ts'
import * as Accounts from '../chain/Accounts.ts'
import type { Ground } from './Ground.ts'
import type { Market } from './Market.ts'

/** The plan of a bridge with the market beside it: what is read, and which money may be moved. */
export function planWith(
  plan: BridgePlan,
  ground: Pick<Ground, 'world' | 'twin'>,
  market: Market,
): BridgePlan {
  const { treasury } = ground.twin.layers!
  const chains = plan.chains.map((chain) =>
    chain.id === chainIds.north ? { ...chain, treasury, coverDesk: market.desk } : chain,
  )
  return {
    bridge: { ...plan.bridge, treasury: chainIds.north },
    chains,
    readings: readingsOf(ground, market),
  }
}

/** What a watch reads of a bridge's layers and of the market beside it, every kind of reading there is. */
export function readingsOf(
  { world, twin }: Pick<Ground, 'world' | 'twin'>,
  market: Market,
): readonly ReadingPlan[] {
  const { north, south } = chainIds
  const layers = twin.layers!
  const { accounts } = world
  const oracle = market.oracles
  const operators = [
    ...accounts.validators.map(({ address }, nth) => ({ name: `validator ${nth + 1}`, address })),
    ...Accounts.inOrder(accounts.watchers).map(({ address }, nth) => ({
      name: `watcher ${nth + 1}`,
      address,
    })),
  ]
  const { governance, proxy } = market
  return [
    { kind: 'uniswapV2', chain: south, contract: market.pool.pair, token: 'USD', usd: 1 },
    { kind: 'uniswapV3', chain: south, contract: market.etherPool, token: 'ETH', usd: oracle.south.ETH },
    ...coins.flatMap(({ symbol: token, home }) => [
      // Ether earns in the vault.
      ...(token === 'ETH'
        ? []
        : [
            { kind: 'aave', chain: chainIds[home], contract: market.lenders[home], token, side: 'canonical' },
          ]),
      {
        kind: 'aave',
        chain: chainIds[other(home)],
        contract: market.lenders[other(home)],
        token,
        side: 'wrapped',
        usd: oracle[other(home)][token],
      },
      ...places.map((place) => ({
        kind: 'oracle',
        chain: chainIds[place],
        contract: oracle[place][token],
        token,
      })),
    ]),
    { kind: 'erc4626', chain: north, contract: market.vault, token: 'ETH', side: 'canonical', overBlocks: 2 },
    { kind: 'oracle', chain: south, contract: oracle.south.SLV, feed: 'bondPrice' },
    { kind: 'oracle', chain: south, contract: oracle.south.ETH, feed: 'marketPrice' },
    // No baseGwei: gas of an empty chain falls for ever, and is no level of prices.
    { kind: 'fees', chain: north, usd: oracle.north.ETH, feeShare: 0.0005 },
    { kind: 'fees', chain: south, usd: oracle.south.ETH },
    { kind: 'stake', chain: south, contract: layers.bond, usd: oracle.south.SLV, operators },
    { kind: 'coverVault', chain: north, contract: layers.vault, usd: 1 },
    {
      kind: 'treasury',
      chain: north,
      holders: [layers.treasury, layers.reserve],
      assets: [{ contract: twin.ends.north.tokens.USD, usd: 1 }],
    },
    { kind: 'ladder', chain: north, contract: layers.treasury },
    ...coins.map(({ symbol: token, home }) => ({
      kind: 'limit',
      chain: chainIds[home],
      token,
      usd: oracle[home][token],
    })),
    {
      kind: 'roles',
      chain: north,
      contract: governance.timelock,
      holders: [{ role: 'PROPOSER_ROLE', accounts: [governance.governor] }],
    },
    { kind: 'implementation', chain: north, contract: proxy.address, expected: proxy.code },
    { kind: 'timelock', chain: north, contract: governance.timelock },
    {
      kind: 'call',
      chain: north,
      contract: governance.token,
      call: 'function totalSupply() view returns (uint256)',
      feed: 'bondMarketCap',
      decimals: 18,
    },
  ]
}
