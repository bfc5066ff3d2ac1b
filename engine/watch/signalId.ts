import * as Observation from '@cutwater/core/bridge/Observation.ts'
import type { Signal } from './LiveBook.ts'

/**
 * The journal id of a signal. A block may come, go and come again, so the n-th time is part of the id.
 *
 * @param seen how often each signal has come so far; counted up
 */
export function signalId(seen: Map<string, number>, signal: Signal): string {
  const name = nameOf(signal)
  const times = (seen.get(name) ?? 0) + 1
  seen.set(name, times)
  return `${name}#${times}`
}

function nameOf(signal: Signal): string {
  switch (signal.kind) {
    case 'block':
      return `block:${signal.block.chain}:${signal.block.number}:${signal.block.hash}`
    case 'finalize':
      return `finalize:${signal.chain}:${signal.number}`
    case 'reorg':
      return `reorg:${signal.chain}:${signal.to.number}:${signal.dropped[0] ?? ''}`
    case 'trouble':
      return `trouble:${signal.chain}:${signal.name}:${signal.at}`
    case 'limits':
      return `limits:${signal.points.map(Observation.id).join(',')}`
    case 'prices':
      return `prices:${signal.points.map(Observation.id).join(',')}`
    case 'readings':
      return `readings:${signal.measures.map(Observation.id).join(',')}`
  }
}
