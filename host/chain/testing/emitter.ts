import { encodeAbiParameters, encodeEventTopics, type Hex, numberToHex, pad, parseAbiItem } from 'viem'
import type { Anvil } from './anvil.ts'

/** A contract that logs whatever it is told, so that tests can write logs no honest bridge would. */
export type Emitter = {
  readonly address: Hex
  /** sends a transaction that logs; it is mined with the next block. Returns its hash */
  log(topics: readonly Hex[], data: Hex): Promise<Hex>
  /** logs a deposit as `lockedAbi` says */
  lock(nonce: number, amount?: bigint): Promise<Hex>
}

export const lockedAbi =
  'event Locked(bytes32 indexed id, uint256 nonce, uint256 destinationChain, address tokenSource, address token, address indexed sender, address indexed beneficiary, uint256 amount)'

// Copies its calldata to memory: a word that says 1 or 4 topics, four words of topics, then the data.
//
//   CALLDATASIZE PUSH0 PUSH0 CALLDATACOPY
//   0x80 MLOAD  0x60 MLOAD  0x40 MLOAD  0x20 MLOAD  CALLDATASIZE - 0xa0  0xa0
//   if MLOAD(0) == 4 goto 0x20;  LOG1 STOP;  0x20: LOG4 STOP
const runtime = '365f5f3760805160605160405160205160a0360360a05f51600414602057a1005ba400'
// Returns the runtime: PUSH1 size DUP1 PUSH1 9 PUSH0 CODECOPY PUSH0 RETURN
const creation = `0x60${(runtime.length / 2).toString(16)}8060095f395ff3${runtime}` as const

/** Deploys an emitter and mines it. */
export async function deployEmitter(anvil: Anvil): Promise<Emitter> {
  const [from] = await anvil.call<Hex[]>('eth_accounts')
  const send = (to: Hex | undefined, data: Hex) =>
    anvil.call<Hex>('eth_sendTransaction', [{ from, to, data, gas: '0x40000' }])
  const tx = await send(undefined, creation)
  await anvil.mine()
  const { contractAddress: address } = await anvil.call<{ contractAddress: Hex }>(
    'eth_getTransactionReceipt',
    [tx],
  )
  const log: Emitter['log'] = (topics, data) => send(address, instruction(topics, data))
  return { address, log, lock: (nonce, amount = 1_000n) => log(...lockedLog(nonce, amount)) }
}

/** A deposit's topics and data. */
export function lockedLog(nonce: number, amount: bigint): [readonly Hex[], Hex] {
  const abi = parseAbiItem(lockedAbi)
  const [id, sender, beneficiary] = [pad(numberToHex(nonce)), accountOf(1), accountOf(2)]
  const topics = encodeEventTopics({ abi: [abi], args: { id, sender, beneficiary } }) as Hex[]
  const rest = abi.inputs.filter((input) => !('indexed' in input && input.indexed))
  const data = encodeAbiParameters(rest, [BigInt(nonce), 20n, accountOf(3), accountOf(4), amount] as never)
  return [topics, data]
}

export function accountOf(number: number): Hex {
  return pad(numberToHex(number), { size: 20 })
}

/** What to call an emitter with so that it logs this. */
export function instruction(topics: readonly Hex[], data: Hex): Hex {
  const words = [numberToHex(topics.length), ...topics, ...Array(4 - topics.length).fill('0x')]
  return `0x${[...words.map((word) => pad(word as Hex).slice(2)), data.slice(2)].join('')}`
}
