import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as ChainAt from './ChainAt.ts'
import * as Dollars from './Dollars.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

/**
 * What transfers and messages cost on a chain: gas at the mean base fee of the last blocks and the mean of their
 * middle tips, and the bridge's own share. Costs of a transfer add up over the chains it takes.
 */
export async function readFees(
  now: ChainAt.ChainAt,
  { usd, blocks, transferGas, messageGas, feeShare, sizes, baseGwei }: ReadingOf<'fees'>,
): Promise<readonly Part[]> {
  const [{ baseFees, tips }, { perToken, asOf }] = await Promise.all([
    ChainAt.feesOver(now, blocks),
    Dollars.of(now, usd),
  ])
  if (baseFees.length === 0)
    throw new CutwaterError('FEES_UNKNOWN', 'its blocks have no base fee', {
      where: now.chain.name,
      right: 'a chain with EIP-1559',
    })
  const weiPerGas = mean(baseFees) + mean(tips)
  const cost = (gas: number) => (gas * weiPerGas * perToken) / 1e18
  const { id, name } = now.chain
  const source = `fees of chain ${id}`
  const transfers = sizes.map(
    (size): Part => ({
      name: 'transferCost',
      of: String(size),
      value: cost(transferGas) + feeShare * size,
      asOf,
      source,
    }),
  )
  const level = { name: 'priceLevel', of: String(id), asOf: now.at, source } as const
  return [
    ...transfers,
    { name: 'messageCost', of: name, value: cost(messageGas), asOf, source },
    ...(baseGwei === null ? [] : [{ ...level, value: weiPerGas / (baseGwei * 1e9) }]),
  ]
}

function mean(values: readonly bigint[]): number {
  return values.length === 0 ? 0 : Number(values.reduce((sum, each) => sum + each, 0n)) / values.length
}
