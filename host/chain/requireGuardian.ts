import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Address } from 'viem'
import * as GuardRole from './GuardRole.ts'
import type { LiveChain } from './LiveBridge.ts'
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
    const { guard } = chain
    if (guard === null) continue
    const holder = { chain, guard, account }
    const isGuardian = await GuardRole.isHeld(GuardRole.guardian, holder).catch((error: Error) => {
      say('warn', `whether ${account} may act on the guard of ${chain.name} is not known: ${error.message}`, {
        chain: chain.id,
      })
      return true
    })
    if (!isGuardian) throw roleMissing(chain, account)
  }
}

function roleMissing({ name, guard }: LiveChain, account: Address): CutwaterError {
  return new CutwaterError('ROLE_MISSING', `${account} has no guardian role on ${guard}`, {
    where: name,
    right: 'a guard that named this key its guardian, or a dry run',
  })
}
