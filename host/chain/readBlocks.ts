import { createHash } from 'node:crypto'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { type Address, type Hex, toEventSelector, toHex } from 'viem'
import * as Answer from './Answer.ts'
import * as Bloom from './bloom.ts'
import type { LiveChain } from './LiveBridge.ts'
import type { Rpc } from './Rpc.ts'

/** A block as one node tells it, with the logs that are watched, in their order. */
export type SeenBlock = {
  readonly number: number
  readonly hash: string
  readonly parentHash: string
  readonly at: UnixTime
  readonly logs: readonly Answer.Log[]
  /** the same for two nodes exactly when they tell the same of the block */
  readonly digest: string
}

/** Which logs are watched. */
export type Scope = {
  readonly blooms: boolean
  readonly topicsOf: ReadonlyMap<Address, ReadonlySet<Hex>>
}

/** What a timelock logs in the transaction of a change that came through it (OpenZeppelin's TimelockController). */
export const callExecuted = toEventSelector(
  'event CallExecuted(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data)',
)

export function scopeOf({ contracts, timelock, blooms }: LiveChain): Scope {
  const topicsOf = new Map<Address, Set<Hex>>()
  for (const { address, events } of contracts)
    topicsOf.set(address, new Set(events.map(({ topic }) => topic)))
  if (timelock) topicsOf.set(timelock, new Set([...(topicsOf.get(timelock) ?? []), callExecuted]))
  return { blooms, topicsOf }
}

/**
 * Reads the blocks `from` to `to`, both included, with their watched logs, from one node.
 *
 * What the node says must fit together: each block on its parent, each log in its block, and logs and bloom must
 * account for each other; `RPC_INCONSISTENT` otherwise.
 */
export async function readBlocks(
  rpc: Rpc,
  scope: Scope,
  from: number,
  to: number,
): Promise<readonly SeenBlock[]> {
  const headers = await readHeaders(rpc, from, to)
  const range = from === to ? { blockHash: headers[0]!.hash } : { fromBlock: toHex(from), toBlock: toHex(to) }
  const logs = await readLogs(rpc, { ...range, ...filterOf(scope) })
  const logsOf = Map.groupBy(logs, ({ block }) => block)
  for (const number of logsOf.keys()) {
    if (number < from || number > to) throw inconsistent(rpc, `a log of block ${number} was not asked for`)
  }
  return mapParallel(headers, (header) => completed(rpc, scope, header, logsOf.get(header.number) ?? []))
}

/** A header by its number, or the newest. */
export async function readHeader(rpc: Rpc, number: number | 'latest'): Promise<Answer.Header | null> {
  const asked = number === 'latest' ? number : toHex(number)
  const header = Answer.header(await rpc.request('eth_getBlockByNumber', [asked, false]))
  if (header && number !== 'latest' && header.number !== number)
    throw inconsistent(rpc, `block ${header.number} came instead of ${number}`)
  return header
}

async function readHeaders(rpc: Rpc, from: number, to: number): Promise<readonly Answer.Header[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at)
  const headers = await mapParallel(numbers, async (number) => {
    const header = await readHeader(rpc, number)
    if (!header) throw inconsistent(rpc, `it has no block ${number} below its own head`)
    return header
  })
  headers.forEach((header, at) => {
    if (at > 0 && header.parentHash !== headers[at - 1]!.hash)
      throw inconsistent(rpc, `block ${header.number} does not stand on block ${header.number - 1}`)
  })
  return headers
}

async function readLogs(rpc: Rpc, filter: object): Promise<readonly Answer.Log[]> {
  return Answer.logs(await rpc.request('eth_getLogs', [filter]))
}

function filterOf({ topicsOf }: Scope): object {
  const topics = new Set([...topicsOf.values()].flatMap((each) => [...each]))
  return { address: [...topicsOf.keys()], topics: [[...topics]] }
}

async function completed(
  rpc: Rpc,
  scope: Scope,
  header: Answer.Header,
  told: readonly Answer.Log[],
): Promise<SeenBlock> {
  requireInBlock(rpc, header, told)
  const logs = told.filter((log) => isWatched(scope, log))
  if (scope.blooms) {
    const bloom = Bloom.parse(header.bloom)
    requireTraces(rpc, header, bloom, logs)
    if (mayMiss(scope, bloom, logs)) await requireComplete(rpc, scope, header, bloom, logs)
  }
  const { number, hash, parentHash, at } = header
  return { number, hash, parentHash, at, logs, digest: digestOf(header, logs) }
}

function isWatched({ topicsOf }: Scope, { address, topics }: Answer.Log): boolean {
  return topics[0] !== undefined && topicsOf.get(address)?.has(topics[0]) === true
}

function requireInBlock(rpc: Rpc, header: Answer.Header, logs: readonly Answer.Log[]): void {
  logs.forEach(({ blockHash, index }, at) => {
    if (blockHash !== header.hash)
      throw inconsistent(rpc, `a log of block ${header.number} is of another block`)
    if (at > 0 && logs[at - 1]!.index === index)
      throw inconsistent(rpc, `block ${header.number} has two logs ${index}`)
  })
}

// A log that left no trace in the bloom is not of this block, whoever says so.
function requireTraces(
  rpc: Rpc,
  { number }: Answer.Header,
  bloom: Bloom.Bloom,
  logs: readonly Answer.Log[],
): void {
  for (const { address, topics, tx } of logs) {
    if (![address, ...topics].every((value) => Bloom.mayHold(bloom, value)))
      throw inconsistent(rpc, `the header of block ${number} knows nothing of a log of ${tx}`)
  }
}

/** Whether the bloom may hold a watched event of which there is no log. */
function mayMiss({ topicsOf }: Scope, bloom: Bloom.Bloom, logs: readonly Answer.Log[]): boolean {
  return [...topicsOf].some(
    ([address, topics]) =>
      Bloom.mayHold(bloom, address) &&
      [...topics].some(
        (topic) =>
          Bloom.mayHold(bloom, topic) &&
          !logs.some((log) => log.address === address && log.topics[0] === topic),
      ),
  )
}

// A bloom may seem to hold what it does not. All logs of the block, watched or not, settle it: they must account for
// every bit, and the watched ones among them must be those we were told.
async function requireComplete(
  rpc: Rpc,
  scope: Scope,
  header: Answer.Header,
  bloom: Bloom.Bloom,
  logs: readonly Answer.Log[],
): Promise<void> {
  const all = await readLogs(rpc, { blockHash: header.hash })
  requireInBlock(rpc, header, all)
  const watched = all.filter((log) => isWatched(scope, log))
  if (!Bloom.isExplained(bloom, all) || digestOf(header, watched) !== digestOf(header, logs))
    throw inconsistent(rpc, `logs of block ${header.number} are missing: its header has traces of more`)
}

function digestOf({ hash, parentHash, at }: Answer.Header, logs: readonly Answer.Log[]): string {
  const told = logs.map(({ address, topics, data, tx, index }) => [address, topics, data, tx, index])
  return createHash('sha256')
    .update(JSON.stringify([hash, parentHash, at, told]))
    .digest('hex')
}

/** How many questions one node is asked at a time. */
const mostParallel = 16

async function mapParallel<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length)
  let next = 0
  const work = async () => {
    while (next < items.length) {
      const at = next++
      try {
        results[at] = await map(items[at]!)
      } catch (error) {
        // The rest is worth nothing without this one.
        next = items.length
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(mostParallel, items.length) }, work))
  return results
}

function inconsistent({ name }: Rpc, what: string): CutwaterError {
  return new CutwaterError('RPC_INCONSISTENT', what, { where: name })
}
