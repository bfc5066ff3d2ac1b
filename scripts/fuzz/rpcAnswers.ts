import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { readBlocks, type SeenBlock, scopeOf } from '@cutwater/host/chain/readBlocks.ts'
import { lockedLog } from '@cutwater/host/chain/testing/emitter.ts'
import { liveChain } from '@cutwater/host/chain/testing/liveChain.ts'
import { mutateValue } from './mutate.ts'
import type { Target } from './Target.ts'

const address = `0x${'c'.repeat(40)}` as const
const hash = `0x${'1'.repeat(64)}`

/** What nodes answer: a block that is taken is the one that was asked for, with logs of its own. */
export function rpcAnswers(): Target {
  const scope = scopeOf(liveChain([], address, { blooms: false }))
  const answers = { eth_getBlockByNumber: header(), eth_getLogs: [log(0), log(1)] }
  return {
    name: 'RPC answers',
    share: 25,
    whole: JSON.stringify(answers),
    make: (rng) => {
      const method = Rng.pick(rng, ['eth_getBlockByNumber', 'eth_getLogs'] as const)
      return JSON.stringify({ ...answers, [method]: mutateValue(rng, answers[method]) })
    },
    take: async (input) => {
      const told = JSON.parse(input) as Record<string, unknown>
      const rpc = { name: 'a node', request: async (method: string) => told[method] }
      return wrongWith(await readBlocks(rpc, scope, 9, 9))
    },
  }
}

function wrongWith(blocks: readonly SeenBlock[]): string | null {
  const [block, ...others] = blocks
  if (block === undefined || others.length > 0) return `${blocks.length} blocks came for one`
  if (block.number !== 9) return `block ${block.number} came for block 9`
  if (![block.hash, block.parentHash].every((each) => /^0x[0-9a-f]{64}$/.test(each))) return 'a hash is none'
  if (!Number.isSafeInteger(block.at) || block.at < 0) return `its time is ${block.at}`
  const stranger = block.logs.find((each) => each.blockHash !== block.hash || each.address !== address)
  return stranger === undefined ? null : 'a log is of another block or contract'
}

function header() {
  return {
    ...{ number: '0x9', hash, parentHash: `0x${'2'.repeat(64)}`, timestamp: '0x6553f100' },
    ...{ logsBloom: `0x${'0'.repeat(512)}`, baseFeePerGas: '0x7' },
  }
}

function log(index: number) {
  const [topics, data] = lockedLog(index, 1_000n)
  const place = { blockNumber: '0x9', blockHash: hash, transactionHash: `0x${'ab'.repeat(32)}` }
  return { address, topics, data, ...place, logIndex: `0x${index}`, removed: false }
}
