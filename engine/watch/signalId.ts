import * as Observation from '@cutwater/core/bridge/Observation.ts'
import type { Signal } from './LiveBook.ts'

/** How many signals of each kind have come so far, and from each chain: all that ids need to know of the past. */
export type Seen = Map<string, number>

/**
 * The journal id of a signal. What may be said twice has the number of its kind in it; a block that a reorg drops may come
 * again after it, so it has the number of reorgs before it.
 *
 * @param seen what has come so far; counted up
 */
export function signalId(seen: Seen, signal: Signal): string {
  switch (signal.kind) {
    case 'block': {
      const { chain, number, hash } = signal.block
      return `block:${chain}:${number}:${hash}#${1 + (seen.get(`reorg:${chain}`) ?? 0)}`
    }
    case 'finalize':
      return counted(seen, `finalize:${signal.chain}`, String(signal.number))
    case 'reorg':
      return counted(seen, `reorg:${signal.chain}`, `${signal.to.number}:${signal.dropped[0] ?? ''}`)
    case 'trouble':
      return counted(seen, `trouble:${signal.chain}`, `${signal.name}:${signal.at}`)
    case 'limits':
      return counted(seen, 'limits', signal.points.map(Observation.id).join(','))
    case 'prices':
      return counted(seen, 'prices', signal.points.map(Observation.id).join(','))
    case 'readings':
      return counted(seen, 'readings', signal.measures.map(Observation.id).join(','))
  }
}

function counted(seen: Seen, kind: string, what: string): string {
  const times = (seen.get(kind) ?? 0) + 1
  seen.set(kind, times)
  return `${kind}:${what}#${times}`
}
