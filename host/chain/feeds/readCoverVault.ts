import { abi } from '@cutwater/contracts/generated/CoverVault.ts'
import { type Address, decodeEventLog, toEventSelector } from 'viem'
import * as ChainAt from './ChainAt.ts'
import * as Dollars from './Dollars.ts'
import * as LogTail from './LogTail.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

/**
 * A cover vault of ours: cover in force, capital, what claims ask for or have been granted and not collected, and what
 * is queued to leave. Only the newest claims are looked at: older ones are decided by themselves within a week.
 */
export async function readCoverVault(
  now: ChainAt.ChainAt,
  { contract, usd, name }: ReadingOf<'coverVault'>,
  tail: LogTail.LogTail,
): Promise<readonly Part[]> {
  const [{ dollars, asOf }, cover, capital, held, open, queued] = await Promise.all([
    Dollars.ofAsset(now, contract, usd),
    ChainAt.call(now, contract, abi, 'coverInForce'),
    ChainAt.call(now, contract, abi, 'totalAssets'),
    ChainAt.call(now, contract, abi, 'heldForClaimants'),
    openClaims(now, contract),
    queuedToLeave(now, contract, tail),
  ])
  const source = `cover ${contract}`
  return [
    { name: 'cover', of: name, value: dollars(cover), asOf, source },
    { name: 'coverCapital', of: name, value: dollars(capital), asOf, source },
    { name: 'claimsDue', of: '', value: dollars(held + open), asOf, source },
    { name: 'withdrawalsDue', of: '', value: dollars(queued), asOf, source },
  ]
}

const mostClaims = 50n
/** The contract's number for a claim that waits for a decision (CoverVault.ClaimState). */
const isOpen = 1

async function openClaims(now: ChainAt.ChainAt, contract: Address): Promise<bigint> {
  const count = await ChainAt.call(now, contract, abi, 'claimCount')
  const first = count > mostClaims ? count - mostClaims : 0n
  const ids = Array.from({ length: Number(count - first) }, (_, at) => first + BigInt(at) + 1n)
  const claims = await Promise.all(ids.map((id) => ChainAt.call(now, contract, abi, 'claimOf', [id])))
  return claims.reduce((sum, [, , amount, , state]) => (state === isOpen ? sum + amount : sum), 0n)
}

async function queuedToLeave(
  now: ChainAt.ChainAt,
  contract: Address,
  tail: LogTail.LogTail,
): Promise<bigint> {
  const logs = await LogTail.read(tail, now, contract, [unlockRequested])
  const owners = new Set(
    logs.map(({ topics, data }) => {
      const { args } = decodeEventLog({ abi, eventName: 'UnlockRequested', topics: topics as never, data })
      return args.owner
    }),
  )
  const waiting = await Promise.all(
    [...owners].map((owner) => ChainAt.call(now, contract, abi, 'unlockOf', [owner])),
  )
  const shares = waiting.reduce((sum, [each]) => sum + each, 0n)
  return shares === 0n ? 0n : ChainAt.call(now, contract, abi, 'convertToAssets', [shares])
}

const unlockRequested = toEventSelector(
  'event UnlockRequested(address indexed owner, uint256 shares, uint48 readyAt)',
)
