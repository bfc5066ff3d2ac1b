import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Pressure from '@cutwater/core/bridge/Pressure.ts'
import { withAttack } from '../../replay/attacks.ts'
import type { History } from '../../replay/History.ts'
import { runPolicy } from '../../replay/replay.ts'
import { track } from '../../replay/track.ts'
import type { Replayed, ReplayedSignal } from '../Translation.ts'

/**
 * The recorded bridge replayed under the adaptive policy with all signals in its stress, and with one of them left out at a
 * time; its watchers deceived, since with honest ones the allowance for unproven value stops the attack whatever the
 * stress. One attack is one case: these have no interval.
 */
export function replayAnswer(record: History): Replayed {
  const [honest, deceived] = (['recorded', 'deceived'] as const).map((attack) => {
    const prepared = track(withAttack(record, attack))
    return (policy: Policy.BridgePolicy) => runPolicy(prepared, policy, attack)
  })
  const tilted = Policy.of('adaptive')
  const all = deceived!(tilted)
  const fixed = deceived!(Policy.of('static'))
  const signals = Object.entries(Pressure.signals).map(([name, { unit }]): ReplayedSignal => {
    const policy = { ...tilted, ignores: [name] }
    const without = deceived!(policy)
    return {
      name,
      says: unit,
      withoutUsd: without.lostUsd,
      savedUsd: without.lostUsd - all.lostUsd,
      heldMore: all.held.count - without.held.count,
      honestWithoutUsd: honest!(policy).lostUsd,
    }
  })
  return {
    allUsd: all.lostUsd,
    staticUsd: fixed.lostUsd,
    honestUsd: honest!(tilted).lostUsd,
    honestReleases: all.honestReleases,
    signals,
  }
}
