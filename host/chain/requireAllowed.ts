import { abi } from '@cutwater/contracts/generated/Guard.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Address, type Hex, toFunctionSelector } from 'viem'
import type { LiveChain } from './LiveBridge.ts'

/** What is about to be signed. */
export type Unsigned = {
  readonly chainId: number
  readonly to: Address
  readonly data: Hex
  readonly value?: bigint
  readonly gas: bigint
  readonly maxFeePerGas: bigint
}

export type Caps = { readonly gas: bigint; readonly maxFeePerGas: bigint }

/** The functions of a guard that a guardian may call for a watch: none of them loosens anything. */
const allowed = new Set(
  abi.flatMap((item) =>
    item.type === 'function' && ['pause', 'tightenLimits', 'raiseLevel'].includes(item.name)
      ? toFunctionSelector(item)
      : [],
  ),
)

/**
 * Refuses to sign anything but a tightening call to the chain's own guard, without value, within the caps: the last
 * look before a key is used, whatever came before it.
 *
 * @throws CutwaterError `TRANSACTION_REFUSED`
 */
export function requireAllowed(unsigned: Unsigned, chain: LiveChain, caps: Caps): void {
  const fault = faultOf(unsigned, chain, caps)
  if (fault === undefined) return
  throw new CutwaterError('TRANSACTION_REFUSED', `what was to be signed ${fault.what}; it was not`, {
    where: chain.name,
    right: fault.right,
  })
}

function faultOf(
  { chainId, to, data, value = 0n, gas, maxFeePerGas }: Unsigned,
  chain: LiveChain,
  caps: Caps,
) {
  if (chainId !== chain.id) return { what: `is for chain ${chainId}`, right: `chain ${chain.id}` }
  if (chain.guard === null || to.toLowerCase() !== chain.guard.toLowerCase())
    return { what: `goes to ${to}`, right: `the guard ${chain.guard}` }
  if (!allowed.has(data.slice(0, 10) as Hex))
    return { what: `calls ${data.slice(0, 10)}`, right: 'pause, tightenLimits or raiseLevel' }
  if (value !== 0n) return { what: `carries ${value} wei`, right: 'no value' }
  if (gas > caps.gas) return { what: `takes ${gas} gas`, right: `at most ${caps.gas}` }
  if (maxFeePerGas > caps.maxFeePerGas)
    return { what: `offers ${maxFeePerGas} wei per gas`, right: `at most ${caps.maxFeePerGas}` }
  return undefined
}
