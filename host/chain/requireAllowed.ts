import { abi as deskAbi } from '@cutwater/contracts/generated/CoverDesk.ts'
import { abi as guardAbi } from '@cutwater/contracts/generated/Guard.ts'
import { abi as treasuryAbi } from '@cutwater/contracts/generated/Treasury.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Abi, type Address, type Hex, toFunctionSelector } from 'viem'
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

/**
 * What may be called for a watch: of a guard nothing that loosens anything, of a treasury and a desk what moves money
 * within the bounds and on the terms that their owner set.
 */
const allowed = {
  guard: selectorsOf(guardAbi, ['pause', 'tightenLimits', 'raiseLevel']),
  treasury: selectorsOf(treasuryAbi, ['tilt']),
  coverDesk: selectorsOf(deskAbi, ['raise']),
}

type Kind = keyof typeof allowed

function selectorsOf(abi: Abi, names: readonly string[]): ReadonlyMap<Hex, string> {
  return new Map(
    abi.flatMap((item) =>
      item.type === 'function' && names.includes(item.name)
        ? [[toFunctionSelector(item), item.name] as const]
        : [],
    ),
  )
}

/**
 * Refuses to sign anything but a tightening call to the chain's own guard, or a move of its treasury and its desk, without value, within the caps: the last
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

const kinds: readonly Kind[] = ['guard', 'treasury', 'coverDesk']
const rights = { guard: 'pause, tightenLimits or raiseLevel', treasury: 'tilt', coverDesk: 'raise' } as const

function faultOf(
  { chainId, to, data, value = 0n, gas, maxFeePerGas }: Unsigned,
  chain: LiveChain,
  caps: Caps,
) {
  if (chainId !== chain.id) return { what: `is for chain ${chainId}`, right: `chain ${chain.id}` }
  const kind = kinds.find((each) => chain[each]?.toLowerCase() === to.toLowerCase())
  if (kind === undefined) return { what: `goes to ${to}`, right: `the guard ${chain.guard}` }
  if (!allowed[kind].has(data.slice(0, 10) as Hex))
    return { what: `calls ${data.slice(0, 10)}`, right: rights[kind] }
  if (value !== 0n) return { what: `carries ${value} wei`, right: 'no value' }
  if (gas > caps.gas) return { what: `takes ${gas} gas`, right: `at most ${caps.gas}` }
  if (maxFeePerGas > caps.maxFeePerGas)
    return { what: `offers ${maxFeePerGas} wei per gas`, right: `at most ${caps.maxFeePerGas}` }
  return undefined
}
