import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Address, type Hex, hexToBytes, keccak256, toHex } from 'viem'

/** A node in front of a chain that tells the truth, and beside it of logs that are on no chain. */
export type PoisonedRpc = {
  readonly url: string
  /** from now on the node tells of this log too */
  forge(log: ForgedLog): void
  stop(): Promise<void>
}

export type ForgedLog = {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: number
}

/**
 * Starts a lying node on the loopback interface; without a forged log it is an honest one.
 *
 * It keeps its story straight: forged logs answer the same filters as real ones and leave their traces in the bloom
 * of their block. What it does not forge is the hash of that block, which says otherwise to whoever computes it.
 */
export async function poisonedRpc(target: string): Promise<PoisonedRpc> {
  const forged: ForgedLog[] = []
  const server = createServer((request, response) => {
    answer(target, forged, request)
      .then((text) => response.setHeader('content-type', 'application/json').end(text))
      .catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, forge: (log) => void forged.push(log), stop: () => stop(server) }
}

type Question = { readonly id: unknown; readonly method: string; readonly params?: readonly unknown[] }
type Reply = { readonly id: unknown; readonly result?: unknown }

async function answer(
  target: string,
  forged: readonly ForgedLog[],
  request: IncomingMessage,
): Promise<string> {
  const asked = JSON.parse(await textOf(request)) as Question | Question[]
  const told = await ask<Reply | Reply[]>(target, asked)
  const questions = Array.isArray(asked) ? asked : [asked]
  const replies = Array.isArray(told) ? told : [told]
  const lies = await Promise.all(
    replies.map((reply) => {
      const question = questions.find(({ id }) => id === reply.id)
      return question === undefined ? reply : withLies(target, forged, question, reply)
    }),
  )
  return JSON.stringify(Array.isArray(told) ? lies : lies[0])
}

async function withLies(
  target: string,
  forged: readonly ForgedLog[],
  { method, params = [] }: Question,
  reply: Reply,
): Promise<Reply> {
  if (reply.result === undefined || reply.result === null) return reply
  if (method === 'eth_getLogs') {
    const told = reply.result as RawLog[]
    const more = await matching(target, forged, params[0] as Filter)
    return { ...reply, result: [...told, ...more].sort(inOrder) }
  }
  if (method !== 'eth_getBlockByNumber' && method !== 'eth_getBlockByHash') return reply
  const block = reply.result as Block
  const inBlock = forged.filter(({ blockNumber }) => blockNumber === Number(block.number))
  return { ...reply, result: { ...block, logsBloom: withTraces(block.logsBloom, inBlock) } }
}

type Block = { readonly number: Hex; readonly hash: Hex; readonly timestamp: Hex; readonly logsBloom: Hex }

type Filter = {
  readonly address?: Address | readonly Address[]
  readonly topics?: readonly (Hex | readonly Hex[] | null)[]
  readonly fromBlock?: Hex | string
  readonly toBlock?: Hex | string
  readonly blockHash?: Hex
}

async function matching(target: string, forged: readonly ForgedLog[], filter: Filter): Promise<RawLog[]> {
  const asked = [...forged.entries()].filter(([, log]) => isAsked(filter, log))
  const numbers = [...new Set(asked.map(([, { blockNumber }]) => blockNumber))]
  const blocks = new Map<number, Block>()
  for (const number of numbers) {
    const block = await blockOf(target, number)
    // A node cannot tell of a block that is not there yet.
    if (block !== null && (await isWithin(target, filter, block))) blocks.set(number, block)
  }
  return asked.flatMap(([nth, log]) => {
    const block = blocks.get(log.blockNumber)
    return block === undefined ? [] : [rawOf(log, nth, block)]
  })
}

function isAsked({ address, topics = [] }: Filter, log: ForgedLog): boolean {
  const addresses = address === undefined ? null : [address].flat()
  if (addresses !== null && !addresses.some((each) => each.toLowerCase() === log.address)) return false
  return topics.every((wanted, at) => wanted === null || [wanted].flat().includes(log.topics[at]!))
}

async function isWithin(
  target: string,
  { blockHash, fromBlock = 'latest', toBlock = 'latest' }: Filter,
  block: Block,
): Promise<boolean> {
  if (blockHash !== undefined) return blockHash === block.hash
  const number = Number(block.number)
  return (await numberOf(target, fromBlock)) <= number && number <= (await numberOf(target, toBlock))
}

async function numberOf(target: string, tag: string): Promise<number> {
  if (tag.startsWith('0x')) return Number(tag)
  if (tag === 'earliest') return 0
  const { result } = await ask<{ result: Hex }>(target, { id: 1, method: 'eth_blockNumber', params: [] })
  return Number(result)
}

async function blockOf(target: string, number: number): Promise<Block | null> {
  const params = [toHex(number), false]
  const { result } = await ask<{ result: Block | null }>(target, {
    id: 1,
    method: 'eth_getBlockByNumber',
    params,
  })
  return result
}

type RawLog = ReturnType<typeof rawOf>

// Far behind the real logs of its block, so that no index comes twice.
function rawOf({ address, topics, data }: ForgedLog, nth: number, block: Block) {
  const index = toHex(100_000 + nth)
  return {
    address,
    topics,
    data,
    blockHash: block.hash,
    blockNumber: block.number,
    blockTimestamp: block.timestamp,
    transactionHash: keccak256(toHex(`forged ${nth} ${address}`)),
    transactionIndex: index,
    logIndex: index,
    removed: false,
  }
}

function inOrder(a: RawLog, b: RawLog): number {
  return Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex)
}

// Yellow Paper, section 4.4.1: three bits for the address and each topic, from the pairs of bytes of its hash.
function withTraces(bloom: Hex, logs: readonly ForgedLog[]): Hex {
  if (logs.length === 0) return bloom
  const bytes = hexToBytes(bloom)
  for (const value of logs.flatMap(({ address, topics }) => [address, ...topics])) {
    const hash = keccak256(value, 'bytes')
    for (const at of [0, 2, 4]) {
      const bit = ((hash[at]! << 8) | hash[at + 1]!) & 2047
      bytes[255 - (bit >> 3)]! |= 1 << (bit & 7)
    }
  }
  return toHex(bytes)
}

async function ask<Told>(target: string, question: object): Promise<Told> {
  const body = JSON.stringify(Array.isArray(question) ? question : { jsonrpc: '2.0', ...question })
  const headers = { 'content-type': 'application/json' }
  return (await (await fetch(target, { method: 'POST', body, headers })).json()) as Told
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
