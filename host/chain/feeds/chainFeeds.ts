import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import { id } from '@cutwater/core/bridge/Observation.ts'
import { type FeedName, feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import type { LiveChain } from '../LiveBridge.ts'
import * as Quorum from '../quorum.ts'
import type { Say } from '../Say.ts'
import * as ChainAt from './ChainAt.ts'
import * as LogTail from './LogTail.ts'
import { type Part, sums } from './Part.ts'
import type { Reading, ReadingOf } from './Reading.ts'
import { readCoverVault } from './readCoverVault.ts'
import { readFees } from './readFees.ts'
import { readImplementation, readRoles, readTimelock } from './readGovernance.ts'
import { readLadder, readLimit, readStake, readTreasury } from './readMoney.ts'
import { readOracle } from './readOracle.ts'
import { readPool } from './readPool.ts'
import { readLendingPool, readVaultRate } from './readSupplyRate.ts'
import * as ViewCall from './ViewCall.ts'

/**
 * What contracts say of the feeds, by the word of a quorum of each chain's nodes, each chain at one block.
 *
 * What cannot be read is left out and said: its last reading grows stale by itself. What nobody would believe is told as
 * it is. Fails where nothing at all can be read, with the first reason, such as `RPC_NO_QUORUM`.
 */
export function chainFeeds(
  chains: readonly LiveChain[],
  readings: readonly Reading[],
  say: Say = () => {},
): FeedSource {
  const used = chains.filter(({ id }) => readings.some(({ chain }) => chain === id))
  const nodes = used.map((chain) => Quorum.of(chain))
  const tails = readings.map(LogTail.create)
  return {
    name: 'chains',
    read: async (at) => {
      const moments = new Map(
        used.map((chain, nth) => [chain.id, ChainAt.newest(chain, nodes[nth]!)] as const),
      )
      const told = await Promise.all(
        readings.map(async (reading, nth): Promise<Told> => {
          try {
            const parts = await read(await moments.get(reading.chain)!, reading, tails[nth]!)
            return { reading, parts, error: null }
          } catch (error) {
            return { reading, parts: [], error: error as Error }
          }
        }),
      )
      const failed = told.filter(({ error }) => error !== null)
      if (failed.length === told.length && failed.length > 0) throw failed[0]!.error
      for (const { reading, error } of failed)
        say('warn', `a reading of kind ${reading.kind} was left out: ${error!.message}`, {
          chain: reading.chain,
        })
      return measuresOf(told, at)
    },
  }
}

type Told = { readonly reading: Reading; readonly parts: readonly Part[]; readonly error: Error | null }

function read(now: ChainAt.ChainAt, reading: Reading, tail: LogTail.LogTail): Promise<readonly Part[]> {
  switch (reading.kind) {
    case 'uniswapV2':
    case 'uniswapV3':
      return readPool(now, reading)
    case 'erc4626':
      return readVaultRate(now, reading)
    case 'aave':
      return readLendingPool(now, reading)
    case 'oracle':
      return readOracle(now, reading)
    case 'fees':
      return readFees(now, reading)
    case 'stake':
      return readStake(now, reading)
    case 'coverVault':
      return readCoverVault(now, reading, tail)
    case 'treasury':
      return readTreasury(now, reading)
    case 'ladder':
      return readLadder(now, reading)
    case 'limit':
      return readLimit(now, reading)
    case 'roles':
      return readRoles(now, reading, tail)
    case 'implementation':
      return readImplementation(now, reading, tail)
    case 'timelock':
      return readTimelock(now, reading, tail)
    case 'call':
      return readCall(now, reading)
  }
}

async function readCall(
  now: ChainAt.ChainAt,
  { contract, ask, feed, of, decimals }: ReadingOf<'call'>,
): Promise<readonly Part[]> {
  const told = ViewCall.numberIn(ask, await ChainAt.callData(now, contract, ask.data))
  const value = Number(told) / 10 ** decimals
  return [{ name: feed, of, value, asOf: now.at, source: `call ${contract}` }]
}

function measuresOf(told: readonly Told[], at: UnixTime): readonly Measure[] {
  const holes = new Set(
    told.flatMap(({ reading, error }) => (error === null ? [] : contributionsOf(reading))),
  )
  const parts = told.flatMap((each) => each.parts)
  const single = parts.filter(({ name }) => !sums.has(name))
  const summed = parts.filter(({ name }) => sums.has(name) && !holes.has(name))
  const added = [...Map.groupBy(summed, ({ name, of }) => `${name}:${of}`).values()].map(add)
  const measures = [...single, ...added]
    // A token that stands in two readings has its decimals told twice.
    .map((part) => measureOf(part, at))
    .filter(({ value }) => Number.isFinite(value))
  return [...new Map(measures.map((measure) => [id(measure), measure])).values()]
}

function add(parts: readonly Part[]): Part {
  const [first] = parts
  if (parts.length === 1) return first!
  return {
    ...first!,
    value: parts.reduce((sum, { value }) => sum + value, 0),
    asOf: Math.min(...parts.map(({ asOf }) => asOf)),
    source: `${parts.length} contracts`,
  }
}

/** Which sums a reading is part of, told before it is read. */
function contributionsOf({ kind }: Reading): readonly FeedName[] {
  switch (kind) {
    case 'treasury':
      return ['liquidTreasury']
    case 'stake':
      return ['withdrawalsDue']
    case 'coverVault':
      return ['claimsDue', 'withdrawalsDue']
    case 'fees':
      return ['transferCost']
    default:
      return []
  }
}

function measureOf({ name, of, value, asOf, source }: Part, at: UnixTime): Measure {
  return { kind: 'measure', at, name, of, value, unit: feeds[name].unit, source, asOf: Math.min(asOf, at) }
}
