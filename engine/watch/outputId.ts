import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Finding from '@cutwater/core/bridge/findings/Finding.ts'
import * as Pauses from '@cutwater/core/bridge/guard/Pauses.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'

/** What an output says, as a name: two with one name say the same. */
export function outputId(output: Output): string {
  switch (output.type) {
    case 'finding':
      return `finding:${Finding.id(output.finding)}`
    case 'paused':
    case 'renewed': {
      const { scope, decidedAt, until } = output.pause
      return `${output.type}:${Pauses.key(scope)}:${decidedAt}:${until}`
    }
    case 'shut':
      return `shut:${output.route}:${output.at}`
    case 'limits': {
      const { kind, chain, token, direction, at } = output.change
      return `limits:${kind}:${chain}:${token}:${direction}:${at}`
    }
    case 'rebalance':
      return `rebalance:${output.move.kind}:${output.at}`
    case 'held':
    case 'released':
      return `${output.type}:${BridgeEvent.id(output.held.event)}`
    case 'decision':
      return `decision:${output.decision.sentence}`
  }
}
