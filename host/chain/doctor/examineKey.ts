import * as enums from '@cutwater/contracts/enums.ts'
import { abi } from '@cutwater/contracts/generated/Guard.ts'
import * as Check from '@cutwater/engine/doctor/Check.ts'
import { type Address, encodeFunctionData, formatEther, pad } from 'viem'
import * as Answer from '../Answer.ts'
import { deedTerms } from '../evmActuator.ts'
import * as GuardRole from '../GuardRole.ts'
import type { LiveChain } from '../LiveBridge.ts'
import * as Quorum from '../quorum.ts'

/** How many deeds a key should have the money for, at the dearest fees it may offer: a bad day has more than one. */
const deedsOnABadDay = 20

/** What an acting watch needs on one chain: a key with the guardian's role and no other, money, a pause that passes. */
export async function examineKey(chain: LiveChain, account: Address): Promise<readonly Check.Check[]> {
  const { guard, name } = chain
  if (guard === null) {
    const right = 'guard: with its address, or a watch that only tells'
    return [Check.warning('role', name, 'no guard: nothing can be done here', right)]
  }
  return Promise.all([
    examineRole(chain, guard, account),
    examineAdmin(chain, guard, account),
    examineBalance(chain, account),
    examinePause(chain, guard, account),
  ])
}

async function examineRole(chain: LiveChain, guard: Address, account: Address): Promise<Check.Check> {
  const where = `${account} (${chain.name})`
  const right = `grantRole(GUARDIAN_ROLE, ${account}) on ${guard}, by the timelock`
  try {
    if (await GuardRole.isHeld(GuardRole.guardian, { chain, guard, account }))
      return Check.ok('role', where, 'is guardian')
    return Check.error('role', where, `is no guardian of ${guard}`, right)
  } catch (cause) {
    return Check.failed('role', where, cause, right)
  }
}

// A key that is stolen must not be able to loosen: docs/guardian-key.md.
async function examineAdmin(chain: LiveChain, guard: Address, account: Address): Promise<Check.Check> {
  const where = `${account} (${chain.name})`
  const right = 'a key of its own for the watch, and the admin’s role with the timelock alone'
  try {
    if (await GuardRole.isHeld(GuardRole.admin, { chain, guard, account }))
      return Check.warning('admin', where, 'can loosen the guard as well', right)
    return Check.ok('admin', where, 'can only tighten')
  } catch (cause) {
    return Check.failed('admin', where, cause, right)
  }
}

async function examineBalance(chain: LiveChain, account: Address): Promise<Check.Check> {
  const where = `${account} (${chain.name})`
  const { gas, maxFeePerGas } = { ...deedTerms, ...chain.fees }
  const dearest = gas * maxFeePerGas
  const right = `${formatEther(dearest * BigInt(deedsOnABadDay))} for ${deedsOnABadDay} deeds at the dearest fees`
  try {
    const balance = await Quorum.agree(Quorum.of(chain), async (rpc) =>
      Answer.bigQuantity(await rpc.request('eth_getBalance', [account, 'latest'])),
    )
    const what = `has ${formatEther(balance)}`
    if (balance < dearest) return Check.error('balance', where, `${what}: not enough for one deed`, right)
    if (balance < dearest * BigInt(deedsOnABadDay)) return Check.warning('balance', where, what, right)
    return Check.ok('balance', where, what)
  } catch (cause) {
    return Check.failed('balance', where, cause, right)
  }
}

// A dry pause: the chain is asked whether it would take one, and nothing is sent.
async function examinePause(chain: LiveChain, guard: Address, account: Address): Promise<Check.Check> {
  const args = [enums.scope.bridge, pad('0x00', { size: 32 }), 60, 'drill'] as const
  const data = encodeFunctionData({ abi, functionName: 'pause', args })
  const where = `${guard} (${chain.name})`
  try {
    await Quorum.first(Quorum.of(chain), (rpc) =>
      rpc.request('eth_call', [{ from: account, to: guard, data }, 'latest']),
    )
    return Check.ok('pause', where, 'would be taken')
  } catch (cause) {
    return Check.failed('pause', where, cause, 'a guard that takes a pause of this key')
  }
}
