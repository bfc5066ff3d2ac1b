import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import {
  type Abi,
  type Address,
  type ContractFunctionName,
  createPublicClient,
  type EncodeDeployDataParameters,
  type EncodeFunctionDataParameters,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  http,
  type PublicClient,
  toHex,
} from 'viem'
import type { Anvil } from './startAnvil.ts'

/** A local chain as the lab uses it: reads, unsigned sends from its own accounts, and blocks on demand. */
export type Chain = {
  readonly id: number
  readonly name: string
  readonly anvil: Anvil
  readonly client: PublicClient
  /** the next nonce of every account that has sent something */
  readonly nonces: Map<Address, Promise<number>>
}

/** A call to be sent. */
export type Call = { readonly to: Address; readonly data: Hex }

/** What a sender offers for its place in the block, wei per gas; the dearest comes first. */
export const fees = { patient: 1_000_000_000n, normal: 2_000_000_000n, urgent: 20_000_000_000n }

export function create(id: number, name: string, anvil: Anvil): Chain {
  const transport = http(anvil.httpUrl, { batch: { wait: 0, batchSize: 100 }, retryCount: 0 })
  const client = createPublicClient({ transport, cacheTime: 0, pollingInterval: 20 })
  return { id, name, anvil, client, nonces: new Map() }
}

/**
 * A call of a contract's function.
 *
 * @example
 * Chain.call('0x0000000000000000000000000000000000000001', { abi: [{ type: 'function', name: 'f', inputs: [],
 *   outputs: [], stateMutability: 'view' }], functionName: 'f' }).data // '0x26121ff0'
 */
export function call<const abi extends Abi, name extends ContractFunctionName<abi>>(
  to: Address,
  parameters: EncodeFunctionDataParameters<abi, name>,
): Call {
  return { to, data: encodeFunctionData(parameters) }
}

/** Puts a transaction into the mempool, in the order of its sender's earlier ones; returns its hash. */
export async function send(
  chain: Chain,
  from: Address,
  { to, data }: Call,
  fee: bigint = fees.normal,
): Promise<Hex> {
  const sendNext = async () =>
    sendRaw(chain, { from, to, data, nonce: await nextNonce(chain, from), gas: callGas, fee })
  return sendNext().catch((error: Error) => {
    // After a reorganisation the count may have been read of a state that was not the last: it is read again, once.
    if (!error.message.includes('nonce too low')) throw error
    chain.nonces.delete(from)
    return sendNext()
  })
}

/** Puts a contract's creation into the mempool and returns where the contract will be. */
export async function deploy<const abi extends Abi>(
  chain: Chain,
  from: Address,
  parameters: EncodeDeployDataParameters<abi>,
): Promise<Address> {
  const nonce = await nextNonce(chain, from)
  const data = encodeDeployData(parameters as EncodeDeployDataParameters)
  await sendRaw(chain, { from, data, nonce, gas: deployGas, fee: fees.normal })
  return getContractAddress({ from, nonce: BigInt(nonce) }).toLowerCase() as Address
}

/** Mines one block with everything that waits; returns its number. */
export async function mine(chain: Chain, at: UnixTime): Promise<number> {
  await request(chain, 'evm_setNextBlockTimestamp', [toHex(at)])
  await request(chain, 'evm_mine', [])
  return Number(await request<Hex>(chain, 'eth_blockNumber', []))
}

export async function headOf(chain: Chain): Promise<{ readonly number: number; readonly at: UnixTime }> {
  const { number, timestamp } = await chain.client.getBlock({ blockTag: 'latest' })
  return { number: Number(number), at: Number(timestamp) }
}

/** How many transactions of an account wait to be mined. */
export async function pendingOf(chain: Chain, from: Address): Promise<number> {
  const counts = await Promise.all(
    ['pending', 'latest'].map((tag) => request<Hex>(chain, 'eth_getTransactionCount', [from, tag])),
  )
  return Number(counts[0]) - Number(counts[1])
}

/** Remembers the chain as it is; a memory serves for one `revert`. */
export async function snapshot(chain: Chain): Promise<Hex> {
  return request<Hex>(chain, 'evm_snapshot', [])
}

export async function revert(chain: Chain, memory: Hex): Promise<void> {
  await request(chain, 'anvil_dropAllTransactions', [])
  const done = await request<boolean>(chain, 'evm_revert', [memory])
  if (!done) throw new CutwaterError('LAB_REVERT_FAILED', `${chain.name} does not remember ${memory}`)
  chain.nonces.clear()
}

/** Replaces the newest `depth` blocks by as many empty ones; what was in them is gone. */
export async function reorganise(chain: Chain, depth: number): Promise<void> {
  await request(chain, 'anvil_reorg', [depth, []])
  chain.nonces.clear()
}

/** Fails unless every transaction so far has succeeded; for set-up, where nothing may fail. */
export async function requireSuccess(chain: Chain, hashes: readonly Hex[], what: string): Promise<void> {
  const receipts = await Promise.all(hashes.map((hash) => chain.client.getTransactionReceipt({ hash })))
  const failed = receipts.find(({ status }) => status !== 'success')
  if (failed !== undefined) {
    throw new CutwaterError('LAB_SETUP_FAILED', `${what} was reverted`, {
      where: `${chain.name}, transaction ${failed.transactionHash}`,
    })
  }
}

export async function request<Result = unknown>(
  chain: Chain,
  method: string,
  params: readonly unknown[],
): Promise<Result> {
  return (await chain.client.request({ method, params } as never)) as Result
}

// Enough for any call of the lab, and little enough that a block holds hundreds.
const callGas = 3_500_000
const deployGas = 12_000_000
// No base fee comes near it. Anvil orders a block by the most a sender would pay, not by its tip, so both must grow.
const dearestBase = 100_000_000_000n

type Raw = {
  readonly from: Address
  readonly to?: Address
  readonly data: Hex
  readonly nonce: number
  readonly gas: number
  readonly fee: bigint
}

function sendRaw(chain: Chain, { from, to, data, nonce, gas, fee }: Raw): Promise<Hex> {
  const place = { from, ...(to === undefined ? {} : { to }), data, nonce: toHex(nonce), gas: toHex(gas) }
  const price = { maxPriorityFeePerGas: toHex(fee), maxFeePerGas: toHex(dearestBase + fee) }
  return request<Hex>(chain, 'eth_sendTransaction', [{ ...place, ...price }])
}

// Counted here, in the order of the calls, because several may be on their way before a block is mined.
function nextNonce(chain: Chain, from: Address): Promise<number> {
  const nonce =
    chain.nonces.get(from) ?? request<Hex>(chain, 'eth_getTransactionCount', [from, 'latest']).then(Number)
  chain.nonces.set(
    from,
    nonce.then((used) => used + 1),
  )
  return nonce
}
