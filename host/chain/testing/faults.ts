import { toHex } from 'viem'
import type { Behaviour, Call } from './faultProxy.ts'

// Ready-made faults of a node, for the proxy's `behave`.

export const none = (): Behaviour => 'pass'
export const hang = (): Behaviour => 'hang'
export const drop = (): Behaviour => 'drop'
export const limited = () => ({ status: 429, body: '{}' }) satisfies Behaviour
export const down = (): Behaviour => ({
  status: 502,
  body: '<html>',
  headers: { 'content-type': 'text/html' },
})
export const malformed = (): Behaviour => ({ status: 200, body: '{"jsonrpc":"2.0","id":1,"resu' })
export const notJsonRpc = (): Behaviour => ({ status: 200, body: '{"hello":"world"}' })

export function ofChain(id: number) {
  return ({ method }: Call): Behaviour => (method === 'eth_chainId' ? { result: () => toHex(id) } : 'pass')
}

/** Answers questions for logs with none. */
export function withoutLogs({ method }: Call): Behaviour {
  return method === 'eth_getLogs' ? { result: () => [] } : 'pass'
}

export type RawLog = { readonly topics: readonly string[]; readonly data: string }

/** Answers questions for logs with others. */
export function changedLogs(change: (log: RawLog) => object) {
  return ({ method }: Call): Behaviour =>
    method === 'eth_getLogs' ? { result: (logs) => (logs as RawLog[]).map(change) } : 'pass'
}

/** Knows no block after this one. */
export function frozenAt(number: number) {
  return ({ method, params }: Call): Behaviour => {
    if (method !== 'eth_getBlockByNumber') return 'pass'
    if (params[0] === 'latest') return { ask: { method, params: [toHex(number), false] } }
    return Number(params[0]) > number ? { result: () => null } : 'pass'
  }
}

/** Tells another hash for one block, and builds the next one on it. */
export function forgedHash(number: number, hash: string) {
  return ({ method, params }: Call): Behaviour => {
    if (method === 'eth_getLogs' && (params[0] as { blockHash?: string }).blockHash === hash) {
      const filter = {
        ...(params[0] as object),
        blockHash: undefined,
        fromBlock: toHex(number),
        toBlock: toHex(number),
      }
      return { ask: { method, params: [filter] }, result: (result) => forged(result, number, hash) }
    }
    if (method !== 'eth_getBlockByNumber' && method !== 'eth_getLogs') return 'pass'
    return { result: (result) => forged(result, number, hash) }
  }
}

function forged(result: unknown, number: number, hash: string): unknown {
  if (Array.isArray(result))
    return result.map((log) => (Number(log.blockNumber) === number ? { ...log, blockHash: hash } : log))
  const block = result as { number: string } | null
  if (!block) return block
  if (Number(block.number) === number) return { ...block, hash }
  return Number(block.number) === number + 1 ? { ...block, parentHash: hash } : block
}

/** Passes what comes and spoils every n-th question. */
export function everyNth(nth: number, fault: (call: Call) => Behaviour) {
  let count = 0
  return (call: Call): Behaviour => {
    count += 1
    return count % nth === 0 ? fault(call) : 'pass'
  }
}
