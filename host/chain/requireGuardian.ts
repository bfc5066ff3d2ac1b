import { abi } from '@cutwater/contracts/generated/Guard.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Address, decodeFunctionResult, encodeFunctionData, keccak256, toBytes } from 'viem'
import * as Answer from './Answer.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import type { Say } from './Say.ts'

/**
 * Fails unless a key has the guardian's role on every guard: found out now, and not when it must pause.
 *
 * What cannot be asked at this moment is said and left: nodes that are down must not keep a watch from starting.
 */
export async function requireGuardian(
  chains: readonly LiveChain[],
  account: Address,
  say: Say,
): Promise<void> {
  for (const chain of chains) {
    if (chain.guard === null) continue
    const isGuardian = await hasRole(chain, chain.guard, account).catch((error: Error) => {
      say('warn', `whether ${account} may act on the guard of ${chain.name} is not known: ${error.message}`, {
        chain: chain.id,
      })
      return true
    })
    if (!isGuardian) throw roleMissing(chain, account)
  }
}

const role = keccak256(toBytes('GUARDIAN_ROLE'))

async function hasRole(chain: LiveChain, guard: Address, account: Address): Promise<boolean> {
  const functionName = 'hasRole'
  const data = encodeFunctionData({ abi, functionName, args: [role, account] })
  const answer = await Quorum.agree(Quorum.of(chain), async (rpc) =>
    Answer.bytes(await rpc.request('eth_call', [{ to: guard, data }, 'latest'])),
  )
  // An address without code answers nothing.
  return answer !== '0x' && decodeFunctionResult({ abi, functionName, data: answer })
}

function roleMissing({ name, guard }: LiveChain, account: Address): CutwaterError {
  return new CutwaterError('ROLE_MISSING', `${account} has no guardian role on ${guard}`, {
    where: name,
    right: 'a guard that named this key its guardian, or a dry run',
  })
}
