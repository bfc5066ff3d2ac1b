import { abi as guardAbi } from '@cutwater/contracts/generated/Guard.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Address, getAddress, parseAbi, slice, toEventSelector } from 'viem'
import * as ChainAt from '../feeds/ChainAt.ts'
import { mostBlocks } from '../feeds/LogTail.ts'
import type { Reading } from '../feeds/Reading.ts'
import * as GuardRole from '../GuardRole.ts'
import type { LiveBridge, LiveChain } from '../LiveBridge.ts'
import * as Quorum from '../quorum.ts'
import * as Present from './Present.ts'
import { delayOf, type Moment, readStanding } from './readStanding.ts'

/**
 * Reads how a bridge stands now: what its guards check, who signs, who may pause and loosen, what is locked and issued, and
 * what stands behind it; each chain at one block. What cannot be read says why, and the rest is read all the same.
 */
export async function readPresent(
  { chains, tokens }: LiveBridge,
  readings: readonly Reading[],
): Promise<Present.Present> {
  const moments = new Map<number, Moment>(
    chains.map((chain) => {
      const now = ChainAt.newest(chain, Quorum.of(chain))
      // Asked by many: each says for itself that it failed.
      now.catch(() => {})
      return [chain.id, now] as const
    }),
  )
  const at = (chain: number) => moments.get(chain)!
  const signers = await Promise.all(chains.map((chain) => signersOn(at(chain.id), chain)))
  return {
    chains: await Promise.all(
      chains.map(async (chain, nth) => ({
        id: chain.id,
        name: chain.name,
        guard: await guardOn(at(chain.id), chain),
        signers: signers[nth]!,
        roles: await rolesOn(at(chain.id), chain),
      })),
    ),
    tokens: await Promise.all(
      tokens.map(async ({ symbol, home, contracts }) => {
        const here = (chain: number) => contracts.find((each) => each.chain === chain)?.address.toLowerCase()
        const reads = chains.flatMap(({ id, state }) =>
          state.flatMap((read) =>
            (read.kind === 'locked' || read.kind === 'minted') && read.token.toLowerCase() === here(id)
              ? [{ chain: id, read }]
              : [],
          ),
        )
        const [locked] = reads.filter(({ read }) => read.kind === 'locked')
        const issued = reads.filter(({ read }) => read.kind === 'minted')
        const elsewhere = contracts.filter(({ chain }) => chain !== home).length
        return {
          symbol,
          locked:
            locked === undefined
              ? Present.notNamed(`nobody who holds ${symbol} (heldBy)`)
              : await Present.known(async () => held(await at(locked.chain), locked.read)),
          issued:
            issued.length < elsewhere
              ? Present.notNamed(`no ${symbol} that the bridge alone issues (issued) on each chain`)
              : await Present.known(async () => {
                  const all = await Promise.all(
                    issued.map(async ({ chain, read }) => held(await at(chain), read)),
                  )
                  return all.reduce((sum, each) => sum + each, 0n)
                }),
        }
      }),
    ),
    ...(await readStanding({ chains, readings, at, signers })),
  }
}

async function guardOn(
  now: Moment,
  { guard, name }: LiveChain,
): Promise<Present.Known<Present.GuardPresent>> {
  if (guard === null) return Present.notNamed(`no guard on ${name}`)
  return Present.known(async () => {
    const ask = async <const functionName extends 'level' | 'holdDelay' | 'watcherCount' | 'threshold'>(
      functionName: functionName,
    ) => ChainAt.call(await now, guard, guardAbi, functionName)
    const [level, holdDelay, size, threshold] = await Promise.all([
      ask('level'),
      ask('holdDelay'),
      ask('watcherCount'),
      ask('threshold'),
    ])
    const watchers = { contract: guard, size: Number(size), threshold: Number(threshold) }
    return { level: level as Level, holdSeconds: Number(holdDelay), watchers }
  })
}

// Whoever tells that its signers changed is asked for them: a verifier like ours, or a Safe.
async function signersOn(
  now: Moment,
  { contracts, guard, name }: LiveChain,
): Promise<Present.Known<Present.SetPresent>> {
  const tellers = contracts.filter(
    ({ address, events }) => address !== guard && events.some(({ kind }) => kind === 'SignerSetChanged'),
  )
  const [teller] = tellers
  if (teller === undefined) return Present.notNamed(`no contract on ${name} whose signers may change`)
  return Present.known(async () => {
    const at = await now
    const own = async () => ({
      size: Number(await ChainAt.call(at, teller.address, setAbi, 'size')),
      threshold: Number(await ChainAt.call(at, teller.address, setAbi, 'threshold')),
    })
    const safe = async () => ({
      size: (await ChainAt.call(at, teller.address, setAbi, 'getOwners')).length,
      threshold: Number(await ChainAt.call(at, teller.address, setAbi, 'getThreshold')),
    })
    const set = await own()
      .catch(safe)
      .catch(() => {
        throw noSet(name, teller.address)
      })
    return { contract: teller.address, ...set }
  })
}

// A guard does not list who has a role: those to whom one was granted, and the timelock, are asked for by name.
async function rolesOn(
  now: Moment,
  { guard, timelock, name }: LiveChain,
): Promise<Present.Known<Present.RolesPresent>> {
  if (guard === null) return Present.notNamed(`no guard on ${name}`)
  return Present.known(async () => {
    const at = await now
    const logs = await ChainAt.logs(at, guard, [roleGranted], Math.max(0, at.number - mostBlocks))
    const granted = logs.map(({ topics }) => slice(topics[2]!, 12).toLowerCase() as Address)
    const accounts = [...new Set([...granted, ...(timelock === null ? [] : [timelock])])]
    const holders = async (role: typeof GuardRole.guardian) => {
      const has = await Promise.all(
        accounts.map((account) => ChainAt.call(at, guard, guardAbi, 'hasRole', [role, getAddress(account)])),
      )
      return accounts.filter((_, nth) => has[nth])
    }
    const [pausers, looseners] = [await holders(GuardRole.guardian), await holders(GuardRole.admin)]
    if (pausers.length + looseners.length === 0) throw noHolder(name, guard)
    return {
      pausers,
      looseners: await Promise.all(
        looseners.map(async (account) => ({ account, delaySeconds: await delayOf(at, account) })),
      ),
    }
  })
}

async function held(at: ChainAt.ChainAt, read: LiveChain['state'][number]): Promise<bigint> {
  if (read.kind === 'locked') return ChainAt.call(at, read.token, setAbi, 'balanceOf', [read.holder])
  if (read.kind === 'minted') return ChainAt.call(at, read.token, setAbi, 'totalSupply')
  return 0n
}

const roleGranted = toEventSelector(
  'event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)',
)

const setAbi = parseAbi([
  'function size() view returns (uint256)',
  'function threshold() view returns (uint256)',
  'function getOwners() view returns (address[])',
  'function getThreshold() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
])

function noSet(name: string, contract: Address): CutwaterError {
  return new CutwaterError('READING_EMPTY', `${contract} does not tell how many sign and how many must`, {
    where: name,
    right: 'a contract with size() and threshold(), or a Safe',
  })
}

function noHolder(name: string, guard: Address): CutwaterError {
  return new CutwaterError('READING_EMPTY', `no role of ${guard} was granted within ${mostBlocks} blocks`, {
    where: name,
    right: 'the address of the timelock as timelock: of the chain',
  })
}
