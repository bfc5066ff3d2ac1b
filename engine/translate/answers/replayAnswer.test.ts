import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Pressure from '@cutwater/core/bridge/Pressure.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { expect, test } from 'vitest'
import { withAttack } from '../../replay/attacks.ts'
import { runPolicy } from '../../replay/replay.ts'
import { track } from '../../replay/track.ts'
import { replayAnswer } from './replayAnswer.ts'

const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 45, scale: 0.1, attack: 'burst' })

test('each signal that presses is left out once, and what it saves is the difference', () => {
  const { allUsd, signals } = replayAnswer(history)
  expect(signals.map(({ name }) => name)).toEqual(Object.keys(Pressure.signals))
  for (const { withoutUsd, savedUsd } of signals) expect(savedUsd).toBe(withoutUsd - allUsd)
})

test('a name that no signal has leaves nothing out; without any signal the ladder stands at the tilt of no news', () => {
  const prepared = track(withAttack(history, 'deceived'))
  const lost = (policy: Policy.BridgePolicy) => runPolicy(prepared, policy, 'deceived')
  const tilted = Policy.of('adaptive')
  expect(lost({ ...tilted, ignores: ['nobody'] })).toEqual(lost(tilted))
  expect(lost({ ...tilted, ignores: ['breadth'] }).weights).not.toEqual(lost(tilted).weights)
  const calm = lost({ ...tilted, ignores: Object.keys(Pressure.signals) })
  const neutral = Policy.weightsUnder(tilted, { near: 0.5, mid: 0.5, far: 0.5 })
  for (const layer of ['near', 'mid', 'far'] as const)
    expect(calm.weights[layer]).toBeCloseTo(neutral[layer], 9)
})
