import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Address, Hex } from 'viem'
import { getAddress, pad, parseAbi, slice, toEventSelector } from 'viem'
import * as ChainAt from './ChainAt.ts'
import * as LogTail from './LogTail.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

/**
 * What waits in a timelock, as dated events: each operation at the time from which it may be executed. One that is done or
 * cancelled is told as 0, long past. The newest fifty are looked at.
 */
export async function readTimelock(
  now: ChainAt.ChainAt,
  { contract }: ReadingOf<'timelock'>,
  tail: LogTail.LogTail,
): Promise<readonly Part[]> {
  const logs = await LogTail.read(tail, now, contract, [callScheduled])
  const ids = [...new Set(logs.map(({ topics }) => topics[1]!))].slice(-mostOperations)
  return Promise.all(
    ids.map(async (id): Promise<Part> => {
      const readyAt = Number(await ChainAt.call(now, contract, governance, 'getTimestamp', [id]))
      const value = readyAt > doneTimestamp ? readyAt : 0
      const of = `operation ${id.slice(0, 10)} of timelock ${contract}`
      return { name: 'event', of, value, asOf: now.at, source: `timelock ${contract}` }
    }),
  )
}

const mostOperations = 50
/** What a timelock keeps in place of the time of an operation that was executed (OpenZeppelin's TimelockController). */
const doneTimestamp = 1

/**
 * Whether others hold roles than those who were looked at: 1, as a change that nobody has read, since the last grant or
 * revocation, else 0. Holders are known from the log and asked for by name.
 */
export async function readRoles(
  now: ChainAt.ChainAt,
  { contract, holders }: ReadingOf<'roles'>,
  tail: LogTail.LogTail,
): Promise<readonly Part[]> {
  const logs = await LogTail.read(tail, now, contract, [roleGranted, roleRevoked])
  const asked = holders.flatMap(({ role, accounts }) => {
    const granted = logs.filter(({ topics }) => topics[1] === role).map(({ topics }) => accountIn(topics[2]!))
    return [...new Set([...accounts, ...granted])].map((account) => {
      return { role, account, isExpected: accounts.includes(account) }
    })
  })
  const has = await Promise.all(
    asked.map(({ role, account }) =>
      ChainAt.call(now, contract, governance, 'hasRole', [role, getAddress(account)]),
    ),
  )
  const isChanged = asked.some(({ isExpected }, at) => isExpected !== has[at])
  return [await change(now, `roles of ${contract}`, isChanged, logs.at(-1)?.block)]
}

/** Whether a proxy runs other code than what was looked at, by its slot (EIP-1967): 1 since its last upgrade, else 0. */
export async function readImplementation(
  now: ChainAt.ChainAt,
  { contract, expected }: ReadingOf<'implementation'>,
  tail: LogTail.LogTail,
): Promise<readonly Part[]> {
  const [word, logs] = await Promise.all([
    ChainAt.wordOf(now, contract, implementationSlot),
    LogTail.read(tail, now, contract, [upgraded]),
  ])
  const running = accountIn(pad(word))
  if (BigInt(running) === 0n)
    throw new CutwaterError('READING_EMPTY', `${contract} names no implementation (EIP-1967)`, {
      where: now.chain.name,
      right: 'the address of a proxy',
    })
  return [await change(now, `code of ${contract}`, running !== expected, logs.at(-1)?.block)]
}

// What is as it was looked at has been so until now; what is not, since it was last touched.
async function change(
  now: ChainAt.ChainAt,
  of: string,
  isChanged: boolean,
  block: number | undefined,
): Promise<Part> {
  const asOf = isChanged && block !== undefined ? await ChainAt.timeOf(now, block) : now.at
  return { name: 'codeChange', of, value: isChanged ? 1 : 0, asOf, source: `chain ${now.chain.id}` }
}

function accountIn(word: Hex): Address {
  return slice(word, 12).toLowerCase() as Address
}

/** keccak256('eip1967.proxy.implementation') − 1 (EIP-1967). */
const implementationSlot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'

const callScheduled = toEventSelector(
  'event CallScheduled(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data, bytes32 predecessor, uint256 delay)',
)
const roleGranted = toEventSelector(
  'event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)',
)
const roleRevoked = toEventSelector(
  'event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)',
)
const upgraded = toEventSelector('event Upgraded(address indexed implementation)')

const governance = parseAbi([
  'function getTimestamp(bytes32) view returns (uint256)',
  'function hasRole(bytes32, address) view returns (bool)',
])
