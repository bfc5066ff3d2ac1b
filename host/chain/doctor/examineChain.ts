import * as Check from '@cutwater/engine/doctor/Check.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Address } from 'viem'
import * as Answer from '../Answer.ts'
import type { Endpoint, LiveChain } from '../LiveBridge.ts'
import * as Quorum from '../quorum.ts'
import * as Rpc from '../Rpc.ts'
import { readBlocks, readHeader, scopeOf } from '../readBlocks.ts'
import { judgeNodes, type NodeAnswer } from './judgeNodes.ts'

/** What a watch of one chain needs: its nodes, our clock, the contracts' code, logs from the first block on. */
export async function examineChain(chain: LiveChain, { clock }: World): Promise<readonly Check.Check[]> {
  const answers = await Promise.all(chain.rpcs.map((endpoint) => askNode(chain, endpoint)))
  const nodes = judgeNodes(chain, answers, clock.now())
  if (Check.worst(nodes.filter(({ name }) => name === 'quorum')) === 'error') return nodes
  const sockets = chain.rpcs.flatMap(({ ws }) => (ws === null ? [] : [ws]))
  const more = await Promise.all([
    ...addressesOf(chain).map((address) => examineCode(chain, address)),
    examineLogs(chain),
    ...sockets.map((ws) => examineSocket(chain, ws)),
    ...(chain.mempool ? [examineMempool(chain)] : []),
  ])
  return [...nodes, ...more]
}

export type World = { readonly clock: Clock }

async function askNode(chain: LiveChain, { http }: Endpoint): Promise<NodeAnswer> {
  const { timeoutMilliseconds } = chain
  const rpc = Rpc.create({ http, batch: 1 }, { timeoutMilliseconds })
  const began = performance.now()
  try {
    const chainId = Answer.quantity(await rpc.request('eth_chainId', []))
    const milliseconds = Math.round(performance.now() - began)
    const head = await readHeader(rpc, 'latest')
    if (head === null) return { name: rpc.name, told: { failure: new Error('has no newest block') } }
    return { name: rpc.name, told: { chainId, head, milliseconds } }
  } catch (failure) {
    return { name: rpc.name, told: { failure } }
  }
}

function addressesOf({ contracts, guard, timelock }: LiveChain): readonly Address[] {
  const named = [...contracts.map(({ address }) => address), guard, timelock]
  return [...new Set(named.flatMap((address) => address?.toLowerCase() ?? []))] as Address[]
}

async function examineCode(chain: LiveChain, address: Address): Promise<Check.Check> {
  const where = `${address} (${chain.name})`
  try {
    const code = await Quorum.agree(Quorum.of(chain), async (rpc) =>
      Answer.bytes(await rpc.request('eth_getCode', [address, 'latest'])),
    )
    if (code === '0x') return Check.error('contract', where, 'has no code', 'the address of a contract')
    return Check.ok('contract', where, `${code.length / 2 - 1} bytes of code`)
  } catch (cause) {
    return Check.failed('contract', where, cause, 'nodes that agree on its code')
  }
}

// A watch that begins reads every log since the first block; many nodes keep a few days only.
async function examineLogs(chain: LiveChain): Promise<Check.Check> {
  const { startBlock, name } = chain
  try {
    await Quorum.first(Quorum.of(chain), (rpc) => readBlocks(rpc, scopeOf(chain), startBlock, startBlock))
    return Check.ok('logs', name, `kept since block ${startBlock}`)
  } catch (cause) {
    return Check.failed('logs', name, cause, `nodes that keep logs since block ${startBlock}`)
  }
}

function examineSocket({ name, timeoutMilliseconds }: LiveChain, url: string): Promise<Check.Check> {
  const where = `${new URL(url).host} (${name})`
  const socket = new WebSocket(url)
  return new Promise((resolve) => {
    const end = (check: Check.Check) => {
      clearTimeout(timer)
      socket.close()
      resolve(check)
    }
    const silent = Check.warning(
      'websocket',
      where,
      'does not open: new blocks are polled for',
      'one that opens',
    )
    const timer = setTimeout(() => end(silent), timeoutMilliseconds)
    socket.addEventListener('open', () => end(Check.ok('websocket', where, 'opens')))
    socket.addEventListener('error', () => end(silent))
  })
}

// What waits is simulated on the newest block, by as many nodes as must agree (evmPending.ts).
async function examineMempool(chain: LiveChain): Promise<Check.Check> {
  const empty = { blockStateCalls: [{ calls: [] }], validation: false }
  try {
    await Quorum.first(Quorum.of(chain), (rpc) => rpc.request('eth_simulateV1', [empty, 'latest']))
    return Check.ok('mempool', chain.name, `what waits can be simulated`)
  } catch (cause) {
    return Check.failed('mempool', chain.name, cause, 'nodes with eth_simulateV1, or mempool: false')
  }
}
