import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { year } from '@cutwater/core/units/UnixTime.ts'
import { parseAbi } from 'viem'
import * as ChainAt from './ChainAt.ts'
import * as Dollars from './Dollars.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

/**
 * What an ERC-4626 vault has earned of late, as a simple rate a year: `(a₁ ÷ a₀ − 1) · year ÷ (t₁ − t₀)`, a the assets
 * of so many shares. A vault that lost has a negative one.
 */
export async function readVaultRate(
  now: ChainAt.ChainAt,
  { contract, token, side, overBlocks }: ReadingOf<'erc4626'>,
): Promise<readonly Part[]> {
  const then = await ChainAt.before(now, overBlocks)
  const worth = (when: ChainAt.ChainAt) =>
    ChainAt.call(when, contract, vault, 'convertToAssets', [manyShares])
  const [last, first] = await Promise.all([worth(now), worth(then)])
  if (first === 0n || now.at === then.at)
    throw new CutwaterError('READING_EMPTY', `the vault ${contract} has no past to grow from`, {
      where: now.chain.name,
    })
  const value = ((Number(last) / Number(first) - 1) * year) / (now.at - then.at)
  return [{ name: feedOf[side], of: token, value, asOf: now.at, source: `erc4626 ${contract}` }]
}

/**
 * What a pool with Aave v3's interface pays suppliers a year, and for a wrapped token also how much of it is taken as
 * collateral, in dollars: a cap of zero is none at all there, and is told as 0, which nobody believes.
 */
export async function readLendingPool(
  now: ChainAt.ChainAt,
  { contract, token, side, asset, usd }: ReadingOf<'aave'>,
): Promise<readonly Part[]> {
  const { configuration, currentLiquidityRate, lastUpdateTimestamp } = await ChainAt.call(
    now,
    contract,
    lending,
    'getReserveData',
    [asset],
  )
  if (lastUpdateTimestamp === 0)
    throw new CutwaterError('READING_EMPTY', `${contract} has no reserve of ${asset}`, {
      where: now.chain.name,
    })
  const source = `aave ${contract}`
  const rate = {
    name: feedOf[side],
    of: token,
    value: Number(currentLiquidityRate) / 1e27,
    asOf: now.at,
    source,
  }
  if (side === 'canonical' || usd === null) return [rate]
  const { perToken, asOf } = await Dollars.of(now, usd)
  const cap = Number((configuration >> supplyCapBit) & supplyCapMask)
  return [rate, { name: 'borrowCap', of: token, value: cap * perToken, asOf, source }]
}

const feedOf = { wrapped: 'wrappedApy', canonical: 'canonicalApy' } as const

// So many that a rate over minutes is not lost in a vault's rounding, and few enough that no vault overflows.
const manyShares = 10n ** 36n

// Whole tokens, in bits 116 to 151 (Aave v3, ReserveConfiguration).
const supplyCapBit = 116n
const supplyCapMask = 2n ** 36n - 1n

const vault = parseAbi(['function convertToAssets(uint256) view returns (uint256)'])

const lending = parseAbi([
  'struct Reserve { uint256 configuration; uint128 liquidityIndex; uint128 currentLiquidityRate; uint128 variableBorrowIndex; uint128 currentVariableBorrowRate; uint128 currentStableBorrowRate; uint40 lastUpdateTimestamp; uint16 id; address aTokenAddress; address stableDebtTokenAddress; address variableDebtTokenAddress; address interestRateStrategyAddress; uint128 accruedToTreasury; uint128 unbacked; uint128 isolationModeTotalDebt; }',
  'function getReserveData(address) view returns (Reserve)',
])
