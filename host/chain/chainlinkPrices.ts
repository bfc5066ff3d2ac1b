import type { PriceSource } from '@cutwater/engine/ports/PriceSource.ts'
import { type Address, decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import * as Answer from './Answer.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import { readHeader } from './readBlocks.ts'
import type { Say } from './Say.ts'

/** A price feed on chain with Chainlink's interface, in dollars. */
export type PriceOracle = {
  readonly priceId: string
  readonly contract: Address
  /** an answer older than this, by the chain's own time, is none */
  readonly maxAgeSeconds: number
}

/** Prices as oracles on one chain tell them, by the word of a quorum; what is stale or not positive is left out. */
export function chainlinkPrices(
  chain: LiveChain,
  oracles: readonly PriceOracle[],
  say: Say = () => {},
): PriceSource {
  const nodes = Quorum.of(chain)
  const priceOf = async (oracle: PriceOracle) => {
    const told = await Quorum.agree(
      nodes,
      async (rpc) => {
        const ask = async (functionName: 'decimals' | 'latestRoundData') => {
          const data = encodeFunctionData({ abi, functionName })
          return Answer.bytes(await rpc.request('eth_call', [{ to: oracle.contract, data }, 'latest']))
        }
        const [decimals, round, head] = await Promise.all([
          ask('decimals'),
          ask('latestRoundData'),
          readHeader(rpc, 'latest'),
        ])
        return answerOf(oracle, decimals, round, head?.at ?? Number.POSITIVE_INFINITY)
      },
      JSON.stringify,
    )
    if (typeof told === 'number') return [{ priceId: oracle.priceId, price: told }]
    say('warn', `no price of ${oracle.priceId}: ${told}`, { chain: chain.id, contract: oracle.contract })
    return []
  }
  return {
    name: `oracles on ${chain.name}`,
    read: async () => {
      const all = await Promise.all(
        oracles.map((oracle) =>
          priceOf(oracle).catch((error: Error) => {
            say('warn', `no price of ${oracle.priceId}: ${error.message}`, { chain: chain.id })
            return []
          }),
        ),
      )
      return all.flat()
    },
  }
}

function answerOf(
  { maxAgeSeconds }: PriceOracle,
  decimals: `0x${string}`,
  round: `0x${string}`,
  now: number,
): number | string {
  const digits = decodeFunctionResult({ abi, functionName: 'decimals', data: decimals })
  const [, answer, , updatedAt] = decodeFunctionResult({ abi, functionName: 'latestRoundData', data: round })
  if (now - Number(updatedAt) > maxAgeSeconds)
    return `its oracle has been silent for longer than ${maxAgeSeconds} s`
  return answer > 0n ? Number(answer) / 10 ** digits : 'its oracle tells no positive number'
}

const abi = parseAbi([
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
])
