import { abi } from '@cutwater/contracts/generated/Guard.ts'
import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  keccak256,
  pad,
  toBytes,
} from 'viem'
import { askContract } from './askContract.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'

/** May tighten, and nothing else. */
export const guardian: Hex = keccak256(toBytes('GUARDIAN_ROLE'))

/** May loosen as well: the timelock's alone (OpenZeppelin's DEFAULT_ADMIN_ROLE). */
export const admin: Hex = pad('0x00', { size: 32 })

/** Whether an account has a role on a guard, by the word of a quorum; an address without code gives none. */
export async function isHeld(
  role: Hex,
  {
    chain,
    guard,
    account,
  }: { readonly chain: LiveChain; readonly guard: Address; readonly account: Address },
): Promise<boolean> {
  const functionName = 'hasRole'
  const data = encodeFunctionData({ abi, functionName, args: [role, account] })
  const answer = await askContract(Quorum.of(chain), guard, data)
  return answer !== '0x' && decodeFunctionResult({ abi, functionName, data: answer })
}
