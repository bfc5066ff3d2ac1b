import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Address, Hex } from 'viem'
import * as z from 'zod'
import * as Answer from './Answer.ts'
import { isSigned } from './isSigned.ts'
import * as Life from './Life.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Rpc from './Rpc.ts'
import type { Say } from './Say.ts'
import { subscribe } from './subscribe.ts'

/** A transaction that waits to be mined, as a call to a contract. */
export type PendingCall = {
  readonly hash: Hex
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly value: bigint
  readonly nonce: number
  /** wei per gas; a legacy transaction pays its price for both */
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** Ends after `stop`, and when nobody reads any more. */
export type PendingCalls = AsyncIterable<PendingCall> & {
  /** whether any node tells of pending transactions now */
  isOpen(): boolean
  stop(): void
}

/**
 * Transactions to some contracts before they are mined, each once, by the websockets of all nodes.
 *
 * A hint and no more: nodes need not tell. What one tells that its sender never signed is left out. Nodes without a
 * websocket tell nothing. Only the newest 10,000 wait for a reader who is slow.
 */
export function pendingCalls(
  chain: LiveChain,
  options: { readonly to: readonly Address[]; readonly clock: Clock; readonly say?: Say },
): PendingCalls {
  const { to, clock, say = () => {} } = options
  const life = Life.create(clock)
  const watch: Watch = {
    chain,
    life,
    say,
    to: new Set(to.map((address) => address.toLowerCase())),
    waiting: [],
    seen: new Set(),
    bell: Life.createBell(),
    open: new Set(),
  }
  life.atEnd(watch.bell.ring)
  for (const endpoint of chain.rpcs) {
    if (endpoint.ws !== null) listen(watch, endpoint, endpoint.ws)
  }
  return {
    isOpen: () => watch.open.size > 0,
    stop: () => life.end(),
    [Symbol.asyncIterator]: () => callsOf(watch),
  }
}

type Watch = {
  readonly chain: LiveChain
  readonly life: Life.Life
  readonly say: Say
  readonly to: ReadonlySet<string>
  readonly waiting: PendingCall[]
  readonly seen: Set<string>
  readonly bell: Life.Bell
  readonly open: Set<string>
}

const mostWaiting = 10_000
const mostSeen = 50_000
const longestWaitMilliseconds = 60_000

async function* callsOf({ life, waiting, bell }: Watch): AsyncGenerator<PendingCall, void> {
  try {
    while (!life.isOver()) {
      for (let call = waiting.shift(); call; call = waiting.shift()) yield call
      await life.rest(longestWaitMilliseconds, bell)
    }
  } finally {
    life.end()
  }
}

function listen(watch: Watch, endpoint: LiveChain['rpcs'][number], url: string): void {
  const { chain, life, open, say } = watch
  const { timeoutMilliseconds } = chain
  const rpc = Rpc.create(endpoint, { timeoutMilliseconds, signal: life.signal })
  void subscribe({
    url,
    // Not every node tells whole transactions; of the others one gets hashes to ask for.
    params: [['newPendingTransactions', true], ['newPendingTransactions']],
    life,
    onData: (data) => {
      take(watch, rpc, data).catch((error: Error) =>
        say('warn', error.message, { chain: chain.id, node: rpc.name }),
      )
    },
    onState: (isOpen) => (isOpen ? open.add(rpc.name) : open.delete(rpc.name)),
  })
}

async function take(watch: Watch, rpc: Rpc.Rpc, data: unknown): Promise<void> {
  const { seen, to, waiting, bell, life } = watch
  if (typeof data === 'string' && seen.has(data)) return
  const told = typeof data === 'string' ? await rpc.request('eth_getTransactionByHash', [data]) : data
  // Mined, replaced or dropped while we asked.
  if (told === null || life.isOver()) return
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas, input, ...rest } = Answer.fit(
    transaction,
    told,
    'a transaction',
  )
  if (seen.has(rest.hash)) return
  remember(seen, rest.hash)
  if (rest.to === null || rest.to === undefined || !to.has(rest.to)) return
  if (!(await isSigned(told))) {
    watch.say('warn', 'a node tells of a transaction that its sender never signed', {
      chain: watch.chain.id,
      node: rpc.name,
      tx: rest.hash,
    })
    return
  }
  if (life.isOver()) return
  const fee = maxFeePerGas ?? gasPrice ?? 0n
  waiting.push({
    ...(rest as Pick<PendingCall, 'hash' | 'from' | 'to' | 'value' | 'nonce'>),
    data: input as Hex,
    maxFeePerGas: fee,
    maxPriorityFeePerGas: maxPriorityFeePerGas ?? fee,
  })
  if (waiting.length > mostWaiting) waiting.shift()
  bell.ring()
}

function remember(seen: Set<string>, hash: string): void {
  seen.add(hash)
  if (seen.size > mostSeen) seen.delete(seen.values().next().value!)
}

const transaction = z.object({
  hash: Answer.hash,
  from: Answer.account,
  to: Answer.account.nullish(),
  input: Answer.hexBytes,
  value: Answer.anyQuantity,
  nonce: Answer.safeQuantity,
  gasPrice: Answer.anyQuantity.nullish(),
  maxFeePerGas: Answer.anyQuantity.nullish(),
  maxPriorityFeePerGas: Answer.anyQuantity.nullish(),
})
