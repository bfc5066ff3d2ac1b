import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Block, ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import { withObservations } from '@cutwater/engine/watch/withObservations.ts'
import { type Abi, decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem'
import { askContract } from './askContract.ts'
import type { EvmSource } from './evmSource.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import { readSigned } from './readSigned.ts'
import type { Say } from './Say.ts'
import type { PoolRead, StateRead } from './StateRead.ts'

/**
 * A source whose newest blocks also tell what no log shows, by the word of a quorum: what contracts hold, have issued
 * and believe at their end, and who signed what was paid.
 *
 * Blocks of a catching-up are told without: their state is long gone on most nodes. What cannot be read is left out.
 */
export function withState(source: EvmSource, chain: LiveChain, say: Say = () => {}): ChainSource {
  if (chain.state.length + chain.signatures.length === 0) return source
  const nodes = Quorum.of(chain)
  const read = async (block: Block) => {
    if (!isRecent(source, chain, block)) return []
    const all = await Promise.all([readState(nodes, chain, block, say), readSigned(nodes, chain, block, say)])
    return all.flat()
  }
  return {
    chain: source.chain,
    stop: source.stop,
    follow: (after) => withObservations(source.follow(after), read),
  }
}

function isRecent(source: EvmSource, { finality }: LiveChain, { number }: Block): boolean {
  const heights = source.status().flatMap(({ height }) => height ?? [])
  return number >= Math.max(...heights) - Math.max(finality.depth, fewestBlocks)
}

/** A full node keeps the state of the last 128 blocks (geth). */
const fewestBlocks = 16

/** What the reads of a chain come to at the end of a block. */
export async function readState(
  nodes: Quorum.Quorum,
  { id, name, state }: Pick<LiveChain, 'id' | 'name' | 'state'>,
  block: Pick<Block, 'number' | 'hash' | 'at'>,
  say: Say = () => {},
): Promise<readonly Observation[]> {
  const all = await Promise.all(
    state.map((read, index) =>
      observe(nodes, id, read, index, block).catch((error: Error) => {
        say('warn', `the state of block ${block.number} of ${name} was not read: ${error.message}`, {
          chain: id,
        })
        return []
      }),
    ),
  )
  return all.flat()
}

async function observe(
  nodes: Quorum.Quorum,
  chain: number,
  read: StateRead,
  index: number,
  { number, hash, at }: Pick<Block, 'number' | 'hash' | 'at'>,
): Promise<readonly Observation[]> {
  const ask = async <const abi extends Abi>(
    to: Hex,
    abi: abi,
    functionName: string,
    args: readonly unknown[] = [],
  ) => {
    const data = encodeFunctionData({ abi, functionName, args } as never)
    const answer = await askContract(nodes, to, data, { blockHash: hash })
    return decodeFunctionResult({ abi, functionName, data: answer } as never) as unknown
  }
  const here = { at, chain, block: number } as const
  switch (read.kind) {
    case 'locked': {
      const amount = (await ask(read.token, erc20, 'balanceOf', [read.holder])) as bigint
      return [{ kind: 'holding', ...here, token: read.token, what: 'locked', amount }]
    }
    case 'minted': {
      const amount = (await ask(read.token, erc20, 'totalSupply')) as bigint
      return [{ kind: 'holding', ...here, token: read.token, what: 'minted', amount }]
    }
    case 'pool': {
      const [first, reserves] = await Promise.all([
        ask(read.pair, pairAbi, 'token0') as Promise<Hex>,
        ask(read.pair, pairAbi, 'getReserves') as Promise<readonly [bigint, bigint, number]>,
      ])
      const price = poolPrice(read, first.toLowerCase() === read.token, reserves)
      // An emptied pool has no price.
      return price === null ? [] : [quote('pool', read.symbol, price)]
    }
    case 'oracle': {
      const told = await ask(read.contract, [read.abi], read.abi.name)
      const value = Array.isArray(told) ? told[0] : told
      const price = Number(value) / 10 ** read.decimals
      return price > 0 ? [quote('oracle', read.symbol, price)] : []
    }
  }

  // It stands in no log: the index tells apart what one block gives.
  function quote(source: 'pool' | 'oracle', token: string, price: number): Observation {
    return { kind: 'quote', ...here, tx: `state:${hash}`, index, token, source, price }
  }
}

function poolPrice(
  { decimals, againstDecimals }: PoolRead,
  isFirst: boolean,
  [reserve0, reserve1]: readonly [bigint, bigint, number],
): number | null {
  const [ours, against] = isFirst ? [reserve0, reserve1] : [reserve1, reserve0]
  if (ours === 0n || against === 0n) return null
  return Number(against) / 10 ** againstDecimals / (Number(ours) / 10 ** decimals)
}

const erc20 = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
])

const pairAbi = parseAbi([
  'function token0() view returns (address)',
  'function getReserves() view returns (uint112, uint112, uint32)',
])
