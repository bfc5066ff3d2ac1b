import { direction } from '@cutwater/contracts/enums.ts'
import { abi as bondAbi } from '@cutwater/contracts/generated/Bond.ts'
import { abi as guardAbi } from '@cutwater/contracts/generated/Guard.ts'
import { abi as treasuryAbi } from '@cutwater/contracts/generated/Treasury.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import { sum } from '@cutwater/core/units/sum.ts'
import type { Address } from 'viem'
import * as ChainAt from './ChainAt.ts'
import * as Dollars from './Dollars.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

/** Stake behind each operator, whatever number of keys it has, and how much of all is on its way out. */
export async function readStake(
  now: ChainAt.ChainAt,
  { contract, usd, operators }: ReadingOf<'stake'>,
): Promise<readonly Part[]> {
  const { dollars, asOf } = await Dollars.ofAsset(now, contract, usd)
  const stakes = await Promise.all(
    operators.map(({ address }) => ChainAt.call(now, contract, bondAbi, 'stakeOf', [address])),
  )
  const source = `stake ${contract}`
  const active = new Map<string, bigint>()
  operators.forEach(({ name }, at) => {
    active.set(name, (active.get(name) ?? 0n) + stakes[at]![0])
  })
  const leaving = stakes.reduce((sum, [, unbonding]) => sum + unbonding, 0n)
  return [
    ...[...active].map(([of, units]): Part => ({ name: 'stake', of, value: dollars(units), asOf, source })),
    { name: 'withdrawalsDue', of: '', value: dollars(leaving), asOf, source },
  ]
}

/** What treasuries hold, in dollars. */
export async function readTreasury(
  now: ChainAt.ChainAt,
  { holders, assets }: ReadingOf<'treasury'>,
): Promise<readonly Part[]> {
  return [
    {
      name: 'liquidTreasury',
      of: '',
      ...(await heldBy(now, holders, assets)),
      source: `treasury ${holders[0]}`,
    },
  ]
}

/** What some holders have of some assets, in dollars, and since when that has been so. */
export async function heldBy(
  now: ChainAt.ChainAt,
  holders: ReadingOf<'treasury'>['holders'],
  assets: ReadingOf<'treasury'>['assets'],
): Promise<Pick<Part, 'value' | 'asOf'>> {
  const held = await Promise.all(
    assets.map(async ({ contract, usd }) => {
      const { perToken, asOf } = await Dollars.of(now, usd)
      const balances = await Promise.all(holders.map((holder) => ChainAt.balanceOf(now, contract, holder)))
      return { value: sum(balances) * perToken, asOf }
    }),
  )
  return { value: sum(held.map(({ value }) => value)), asOf: Math.min(...held.map(({ asOf }) => asOf)) }
}

/** How a treasury of ours splits its money over the layers. */
export async function readLadder(
  now: ChainAt.ChainAt,
  { contract }: ReadingOf<'ladder'>,
): Promise<readonly Part[]> {
  const weights = await weightsOf(now, contract)
  return Layer.layers.map((layer) => ({
    name: 'layerWeight',
    of: layer,
    value: weights[layer],
    asOf: now.at,
    source: `treasury ${contract}`,
  }))
}

/** The share of each layer in a treasury of ours. */
export async function weightsOf(now: ChainAt.ChainAt, treasury: Address): Promise<Layer.PerLayer<number>> {
  const points = await ChainAt.call(now, treasury, treasuryAbi, 'weights')
  const shares = Layer.layers.map((layer, at) => [layer, Number(points[at]!) / 10_000] as const)
  return Object.fromEntries(shares) as Record<Layer.Layer, number>
}

/** What the guard lets come in of a token at once, in dollars; 0 is told as it is. */
export async function readLimit(
  now: ChainAt.ChainAt,
  { token, asset, usd }: ReadingOf<'limit'>,
): Promise<readonly Part[]> {
  const guard = now.chain.guard!
  const [[, total], decimals, { perToken, asOf }] = await Promise.all([
    ChainAt.call(now, guard, guardAbi, 'limitsOf', [asset, direction.in]),
    ChainAt.decimalsOf(now, asset),
    Dollars.of(now, usd),
  ])
  const value = ChainAt.whole(total.capacity, decimals) * perToken
  return [{ name: 'limit', of: token, value, asOf, source: `guard ${guard}` }]
}
