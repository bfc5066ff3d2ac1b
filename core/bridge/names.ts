import type { Bridge } from './Bridge.ts'
import type { ChainId } from './BridgeEvent.ts'

/**
 * How a bridge's description calls a chain; `chain 7` where it does not have it.
 *
 * @example
 * chainName({ chains: [{ id: 7, name: 'North', finalitySeconds: 12 }] }, 7) // 'North'
 */
export function chainName({ chains }: Pick<Bridge, 'chains'>, chain: ChainId): string {
  return chains.find(({ id }) => id === chain)?.name ?? `chain ${chain}`
}

/**
 * The symbol of the token that has a contract on a chain; the contract itself where the description does not have it.
 *
 * @example
 * tokenName({ tokens: [] }, 7, '0xc0de') // '0xc0de'
 */
export function tokenName({ tokens }: Pick<Bridge, 'tokens'>, chain: ChainId, contract: string): string {
  const isIt = (each: { readonly chain: ChainId; readonly address: string }) =>
    each.chain === chain && each.address.toLowerCase() === contract.toLowerCase()
  return tokens.find(({ contracts }) => contracts.some(isIt))?.symbol ?? contract
}
