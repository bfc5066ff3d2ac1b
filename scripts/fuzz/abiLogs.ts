import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import type { Log } from '@cutwater/host/chain/Answer.ts'
import { decodeLog } from '@cutwater/host/chain/decodeLog.ts'
import { accountOf, lockedAbi, lockedLog } from '@cutwater/host/chain/testing/emitter.ts'
import * as WatchedEvent from '@cutwater/host/chain/WatchedEvent.ts'
import type { Target } from './Target.ts'

type Hex = Log['data']

/** Logs of contracts: what is not what its ABI would have written is malformed, and two logs never read the same. */
export function abiLogs(): Target {
  const fields = { message: 'nonce', peer: 'destinationChain' }
  const event = WatchedEvent.create({ abi: lockedAbi, kind: 'lock', fields }, (part) => part.join('.'))
  const [topics, data] = lockedLog(7, 1_000n)
  const read = (topicsTold: readonly Hex[], dataTold: Hex) =>
    decodeLog(logOf(topicsTold, dataTold), event, { chain: 1, at: 1_700_000_000 }, false)
  const original = encode(read(topics, data))
  return {
    name: 'ABI logs',
    share: 20,
    whole: JSON.stringify([topics, data]),
    make: (rng) => JSON.stringify(mutated(rng, topics, data)),
    take: (input) => {
      const [topicsTold, dataTold] = JSON.parse(input) as [Hex[], Hex]
      const decoded = read(topicsTold, dataTold)
      if (decoded.kind === 'malformed') throw new CutwaterError('LOG_MALFORMED', decoded.what)
      // The id is an argument that nothing is read from: another one may read the same.
      const isSame = dataTold === data && topicsTold.slice(2).join() === topics.slice(2).join()
      if (decoded.kind !== 'observation' || isSame) return null
      return encode(decoded) === original ? 'another log reads as the same event' : null
    },
  }
}

function mutated(rng: Rng.Rng, topics: readonly Hex[], data: Hex): [readonly Hex[], Hex] {
  if (Rng.chance(rng, 0.3)) {
    const at = Rng.integer(rng, topics.length)
    return [Rng.chance(rng, 0.3) ? topics.toSpliced(at, 1) : topics.with(at, turned(rng, topics[at]!)), data]
  }
  return [topics, turned(rng, data)]
}

/** Hexadecimal text with some digits changed, or digits less or more. */
function turned(rng: Rng.Rng, hex: Hex): Hex {
  const digits = [...hex.slice(2)]
  for (let left = 1 + Rng.integer(rng, 3); left > 0; left--) {
    digits[Rng.integer(rng, digits.length)] = Rng.integer(rng, 16).toString(16)
  }
  const length = Rng.pick(rng, [digits.length, digits.length, digits.length - 2, Rng.integer(rng, 300) * 2])
  return `0x${digits.join('').padEnd(length, '0').slice(0, length)}`
}

function logOf(topics: readonly Hex[], data: Hex): Log {
  const tx = `0x${'ab'.repeat(32)}`
  return { address: accountOf(9), topics, data, tx, index: 3, block: 9, blockHash: '0x' }
}
