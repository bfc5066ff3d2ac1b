import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  parseAbi,
  toHex,
} from 'viem'
import * as z from 'zod'
import * as Answer from '../Answer.ts'
import { askContract } from '../askContract.ts'
import type { LiveChain } from '../LiveBridge.ts'
import * as Quorum from '../quorum.ts'
import { readHeader } from '../readBlocks.ts'

/** A chain at the end of one block, to be asked; every answer is the word of a quorum of its nodes. */
export type ChainAt = {
  readonly chain: LiveChain
  readonly nodes: Quorum.Quorum
  readonly number: number
  readonly hash: string
  readonly at: UnixTime
}

/** The newest block that a quorum has; `RPC_NO_QUORUM` where there is none. */
export async function newest(chain: LiveChain, nodes: Quorum.Quorum): Promise<ChainAt> {
  const heads = await Quorum.first(nodes, async (rpc) => (await readHeader(rpc, 'latest'))?.number ?? 0)
  return block(chain, nodes, Math.min(...heads))
}

/** The same chain so many blocks before, or at its first block. */
export function before({ chain, nodes, number }: ChainAt, blocks: number): Promise<ChainAt> {
  return block(chain, nodes, Math.max(0, number - blocks))
}

/** When a block was made. */
export async function timeOf({ chain, nodes, number, at }: ChainAt, other: number): Promise<UnixTime> {
  return other === number ? at : (await block(chain, nodes, other)).at
}

/** What a contract answers; `READING_EMPTY` where nothing answers there. */
export async function call<const abi extends Abi, name extends ContractFunctionName<abi>>(
  now: ChainAt,
  to: Address,
  abi: abi,
  functionName: name,
  args: readonly unknown[] = [],
): Promise<
  ContractFunctionReturnType<abi, 'pure' | 'view', name, ContractFunctionArgs<abi, 'pure' | 'view', name>>
> {
  const data = encodeFunctionData({ abi, functionName, args } as never)
  const answer = await callData(now, to, data)
  if (answer === '0x') throw nothingThere(now, to, functionName)
  return decodeFunctionResult({ abi, functionName, data: answer } as never) as never
}

/** The same by call data. */
export async function callData({ nodes, hash }: ChainAt, to: Address, data: Hex): Promise<Hex> {
  return askContract(nodes, to, data, { blockHash: hash })
}

/** One word of a contract's storage. */
export async function wordOf({ nodes, number }: ChainAt, contract: Address, slot: Hex): Promise<Hex> {
  return Quorum.agree(nodes, async (rpc) =>
    Answer.bytes(await rpc.request('eth_getStorageAt', [contract, slot, toHex(number)])),
  )
}

/** Logs of a contract with one of these first topics, in blocks from `from` to this one. */
export async function logs(
  { chain, nodes, number }: ChainAt,
  contract: Address,
  topics: readonly Hex[],
  from: number,
): Promise<readonly Answer.Log[]> {
  const all: Answer.Log[] = []
  for (let first = from; first <= number; first += chain.rangeBlocks) {
    const last = Math.min(number, first + chain.rangeBlocks - 1)
    const filter = { address: contract, topics: [topics], fromBlock: toHex(first), toBlock: toHex(last) }
    all.push(
      ...(await Quorum.agree(
        nodes,
        async (rpc) => Answer.logs(await rpc.request('eth_getLogs', [filter])),
        JSON.stringify,
      )),
    )
  }
  return all
}

/** What gas has cost over so many blocks: base fees and the tip in their middle, wei per gas. */
export async function feesOver({ nodes, number }: ChainAt, blocks: number): Promise<Fees> {
  return Quorum.agree(
    nodes,
    async (rpc) => {
      const told = await rpc.request('eth_feeHistory', [toHex(blocks), toHex(number), [50]])
      const { baseFeePerGas, reward } = Answer.fit(history, told, 'a history of fees')
      return { baseFees: baseFeePerGas, tips: (reward ?? []).flat() }
    },
    ({ baseFees, tips }) => `${baseFees.join()}:${tips.join()}`,
  )
}

type Fees = { readonly baseFees: readonly bigint[]; readonly tips: readonly bigint[] }

/** Decimals of a token. */
export async function decimalsOf(now: ChainAt, token: Address): Promise<number> {
  return call(now, token, erc20, 'decimals')
}

/** What an account holds of a token, whole tokens. */
export async function balanceOf(now: ChainAt, token: Address, holder: Address): Promise<number> {
  const [units, decimals] = await Promise.all([
    call(now, token, erc20, 'balanceOf', [holder]),
    decimalsOf(now, token),
  ])
  return whole(units, decimals)
}

/** Raw units as whole tokens. */
export function whole(units: bigint, decimals: number): number {
  return Number(units) / 10 ** decimals
}

const erc20 = parseAbi([
  'function decimals() view returns (uint8)',
  'function balanceOf(address) view returns (uint256)',
])

const history = z.object({
  baseFeePerGas: z.array(Answer.anyQuantity),
  reward: z.array(z.array(Answer.anyQuantity)).nullish(),
})

async function block(chain: LiveChain, nodes: Quorum.Quorum, number: number): Promise<ChainAt> {
  const header = await Quorum.agree(
    nodes,
    (rpc) => readHeader(rpc, number),
    (told) => told?.hash ?? 'none',
  )
  if (header === null)
    throw new CutwaterError('READING_EMPTY', `there is no block ${number}`, { where: chain.name })
  return { chain, nodes, number, hash: header.hash, at: header.at }
}

function nothingThere({ chain }: ChainAt, contract: Address, name: string): CutwaterError {
  return new CutwaterError('READING_EMPTY', `${contract} does not answer ${name}`, {
    where: chain.name,
    right: 'the address of a contract that has it',
  })
}
