import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Answer from './Answer.ts'
import * as Life from './Life.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Rpc from './Rpc.ts'
import { readBlocks, readHeader, type Scope } from './readBlocks.ts'
import * as Trail from './Trail.ts'

/** One node of a chain, followed at its own pace: none has to wait for a slower one. */
export type Node = {
  readonly rpc: Rpc.Rpc
  readonly view: Trail.View
  /** rung when there may be something new */
  readonly bell: Life.Bell
  /** the newest block it claims to have; null before its first answer */
  height: number | null
  /** the chain id it answered; null while it is not known */
  chainId: number | null
  /** what is wrong with it now */
  problem: CutwaterError | null
  /** how often in a row it failed */
  failures: number
  /** how often it has been asked for all it has, and answered */
  refreshes: number
  /** true while its websocket brings new heads */
  isFed: boolean
  /** how many blocks the next question asks for */
  rangeBlocks: number
}

/** How a node stands, for people. */
export type Status = {
  readonly name: string
  readonly height: number | null
  readonly isFed: boolean
  readonly problem: string | null
}

export type Following = {
  readonly chain: LiveChain
  readonly scope: Scope
  readonly trail: Trail.Trail
  readonly life: Life.Life
  /** called when the node has been asked, whatever came of it */
  readonly onAsked: (node: Node) => void
}

export function create(chain: LiveChain, rpc: Rpc.Rpc): Node {
  return {
    rpc,
    view: { name: rpc.name, blocks: [] },
    bell: Life.createBell(),
    height: null,
    chainId: null,
    problem: null,
    failures: 0,
    refreshes: 0,
    isFed: false,
    rangeBlocks: chain.rangeBlocks,
  }
}

/** Keeps a node's view up to date until the end of the watch; failures are kept in the node, never thrown. */
export async function follow(node: Node, following: Following): Promise<void> {
  const { chain, life, onAsked } = following
  while (!life.isOver()) {
    try {
      await refresh(node, following)
      node.problem = null
      node.failures = 0
      node.refreshes += 1
    } catch (error) {
      if (life.isOver()) return
      takeFailure(node, error)
    }
    onAsked(node)
    // While it fails it is left in peace, however often its bell is rung.
    if (node.failures > 0) await life.rest(backoffMilliseconds(chain, node))
    else await life.rest(chain.pollMilliseconds * (node.isFed ? fedPollFactor : 1), node.bell)
  }
}

export function status({ rpc, height, isFed, problem }: Node): Status {
  return { name: rpc.name, height, isFed, problem: problem?.message ?? null }
}

/** A node whose websocket tells of new heads is polled this much less often, in case the websocket only seems alive. */
const fedPollFactor = 5
const longestBackoffMilliseconds = 30_000
/** A node may ask for more patience than that by `Retry-After`, but not for ever. */
const longestAskedMilliseconds = 300_000

function backoffMilliseconds({ pollMilliseconds }: LiveChain, { failures, problem }: Node): number {
  const doubled = pollMilliseconds * 2 ** Math.min(failures, 16)
  const asked = Number(problem?.facts.retryAfterSeconds ?? 0) * 1_000
  return Math.max(Math.min(doubled, longestBackoffMilliseconds), Math.min(asked, longestAskedMilliseconds))
}

function takeFailure(node: Node, error: unknown): void {
  node.failures += 1
  node.problem =
    error instanceof CutwaterError
      ? error
      : new CutwaterError('RPC_MALFORMED', `its answers cannot be read: ${String(error)}`, {
          where: node.rpc.name,
        })
  // Another node may stand behind the same URL now.
  if (node.problem.code === 'RPC_UNREACHABLE' || node.problem.code === 'RPC_INCONSISTENT') node.chainId = null
}

async function refresh(node: Node, following: Following): Promise<void> {
  await requireChain(node, following.chain)
  const head = await readHeader(node.rpc, 'latest')
  if (!head) throw inconsistent(node, 'it has no newest block')
  node.height = head.number
  await turnBack(node, following.trail, head)
  while (!following.life.isOver()) {
    const from = nextNumber(node, following.trail)
    const to = Math.min(head.number, from + node.rangeBlocks - 1, mostNumber(following))
    if (to < from) return
    await readOn(node, following, from, to)
    following.onAsked(node)
  }
}

async function requireChain(node: Node, { id }: LiveChain): Promise<void> {
  if (node.chainId === id) return
  node.chainId = Answer.quantity(await node.rpc.request('eth_chainId', []))
  if (node.chainId === id) return
  node.view.blocks.length = 0
  throw new CutwaterError('CHAIN_ID_WRONG', `it is a node of chain ${node.chainId}`, {
    where: node.rpc.name,
    right: `a node of chain ${id}`,
  })
}

/** Gives up the blocks that the node itself no longer has. */
async function turnBack(node: Node, trail: Trail.Trail, head: Answer.Header): Promise<void> {
  const { blocks } = node.view
  if (head.number <= trail.base.number) return
  const seen = Trail.at(trail, node.view, head.number)
  if (seen?.hash === head.hash) return
  // A head below our blocks with our own hash is a node that lags; with another hash it is another chain.
  if (seen) removeFrom(blocks, head.number)
  while (blocks.length > 0) {
    const tip = blocks.at(-1)!
    if (tip.number === head.number - 1 ? head.parentHash === tip.hash : await hasStill(node, tip)) return
    if (blocks.at(-1) === tip) blocks.pop()
  }
}

async function hasStill(node: Node, { number, hash }: { readonly number: number; readonly hash: string }) {
  const header = await readHeader(node.rpc, number)
  if (!header) throw inconsistent(node, `it has no block ${number} below its own head`)
  return header.hash === hash
}

async function readOn(
  node: Node,
  { chain, scope, trail }: Following,
  from: number,
  to: number,
): Promise<void> {
  const read = await readBlocks(node.rpc, scope, from, to).catch((error: unknown) => {
    if (to > from && error instanceof CutwaterError && Rpc.isTooMuch(error))
      node.rangeBlocks = Math.max(1, Math.floor((to - from + 1) / 2))
    throw error
  })
  // A node that answers in small pieces is not one that fails.
  node.failures = 0
  if (to > from) node.rangeBlocks = Math.min(Math.ceil(node.rangeBlocks * 1.1), chain.rangeBlocks)
  // The base may have moved on meanwhile; then these blocks are read again from there.
  if (nextNumber(node, trail) !== from) return
  const parent = node.view.blocks.at(-1)?.hash ?? trail.base.hash
  if (parent !== null && read[0]!.parentHash !== parent)
    throw node.view.blocks.length === 0
      ? diverged(node, trail, read[0]!.parentHash)
      : inconsistent(node, `block ${from} does not stand on block ${from - 1}`)
  node.view.blocks.push(...read)
}

function nextNumber({ view }: Node, { base }: Trail.Trail): number {
  return base.number + view.blocks.length + 1
}

/** A node does not run further ahead of the others than one range. */
function mostNumber({ chain, trail }: Following): number {
  return Trail.tipNumber(trail) + chain.rangeBlocks
}

function removeFrom(blocks: { readonly number: number }[], number: number): void {
  blocks.splice(number - blocks[0]!.number)
}

function diverged({ rpc }: Node, { base }: Trail.Trail, hash: string): CutwaterError {
  return new CutwaterError('CHAIN_DIVERGED', `its block ${base.number} is ${hash}`, {
    where: rpc.name,
    right: `${base.hash}, which was final`,
  })
}

function inconsistent({ rpc }: Node, what: string): CutwaterError {
  return new CutwaterError('RPC_INCONSISTENT', what, { where: rpc.name })
}
