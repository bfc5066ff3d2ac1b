import { describe, expect, it } from 'vitest'
import { layers } from './Layer.ts'
import * as Posture from './Posture.ts'
import * as Ratchet from './Ratchet.ts'
import { tilt } from './tilt.ts'
import * as Weights from './Weights.ts'

describe.each(Posture.names.map((name) => [name, Posture.of(name)] as const))('%s', (name, posture) => {
  it('carries its name and starts from the rigid ladder', () => {
    expect(posture.name).toBe(name)
    expect(posture.base).toEqual(Weights.base)
  })

  it('has weights and bounds that the tilt can meet, with the base inside them', () => {
    Weights.check(posture.base)
    Weights.checkBounds(posture.bounds)
    for (const layer of layers) {
      expect(posture.base[layer]).toBeGreaterThanOrEqual(posture.bounds.floor[layer])
      expect(posture.base[layer]).toBeLessThanOrEqual(posture.bounds.cap[layer])
    }
  })

  it('never relies on a single layer, and never gives one up', () => {
    for (const layer of layers) {
      expect(posture.bounds.cap[layer]).toBeLessThan(1)
      expect(posture.bounds.floor[layer]).toBeGreaterThan(0)
    }
  })

  it('moves to the layer under stress and lets go slowly', () => {
    const { base, bounds, conviction, ratchet } = posture
    const acute = tilt({ base, bounds, conviction, stress: { near: 1, mid: 0, far: 0 } })
    expect(acute.near).toBeGreaterThan(base.near)
    const state = Ratchet.start(0, 0)
    Ratchet.step(state, 1, 0, ratchet)
    const afterAnHour = Ratchet.step(state, 0, ratchet.dwellSeconds + 3_600, ratchet)
    expect(afterAnHour).toBeGreaterThanOrEqual(1 - ratchet.maxPerHour)
  })
})

describe('from steward over balanced to promoter', () => {
  const [steward, balanced, promoter] = Posture.names.map(Posture.of)

  it.each<[string, (posture: Posture.Posture) => number]>([
    ['conviction falls', ({ conviction }) => conviction],
    ['the guard’s cap falls', ({ bounds }) => bounds.cap.near],
    ['the guard’s floor does not rise', ({ bounds }) => bounds.floor.near + 1e-9],
    ['protection is held for a shorter time', ({ ratchet }) => ratchet.halfLifeSeconds],
    ['it waits less before it lets go', ({ ratchet }) => ratchet.dwellSeconds],
    ['it lets go faster', ({ ratchet }) => 1 / ratchet.maxPerHour],
  ])('%s', (_, knob) => {
    expect(knob(steward!)).toBeGreaterThanOrEqual(knob(balanced!))
    expect(knob(balanced!)).toBeGreaterThanOrEqual(knob(promoter!))
    expect(knob(steward!)).toBeGreaterThan(knob(promoter!))
  })
})
