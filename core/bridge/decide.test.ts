import { describe, expect, it } from 'vitest'
import type { Decision } from '../ladder/Decision.ts'
import * as Layer from '../ladder/Layer.ts'
import { day, hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { announceStep, decide, layerNames } from './decide.ts'
import type { Output } from './Output.ts'
import { advance } from './step.ts'
import { alpha, beta, gold } from './testing/sampleBridge.ts'
import { steal } from './testing/steal.ts'
import { warmBook } from './testing/warmBook.ts'
import { tuning } from './tuning.ts'

const release = { token: gold, from: beta, to: alpha }

describe('a decision of the book', () => {
  it('comes with every answer, and names each signal with value, rank and share', () => {
    const { book } = warmBook({ level: 2 })
    const [decision] = decisionsOf(steal(book, { ...release, dollars: 50_000, at: book.now + 1 }).outputs)
    expect(decision!.stress.near).toBe(1)
    expect(decision!.reasons.map(({ signal }) => signal)).toEqual(book.readings.map(({ name }) => name))
    for (const layer of Layer.layers) {
      const shares = decision!.reasons.reduce((sum, { share }) => sum + share[layer], 0)
      expect(shares).toBeCloseTo(1, 9)
    }
    expect(decision!.actions).toHaveLength(1)
    expect(decision!.sentence).toMatch(
      /^20\d\d-.*Z: guard \d\d%, bond \d\d%, govern \d\d%; .* pressed most by/,
    )
  })

  it('is put out without an answer when a weight has moved by five points since the last one', () => {
    const { book } = warmBook({ level: 2, economy: { budgetPerYear: 0 } })
    steal(book, { ...release, dollars: 1e7, at: book.now + 1 })
    let announced = book.announced
    for (const decision of decisionsOf(follow(book, book.now + 10 * day))) {
      const moved = Layer.layers.map((layer) => Math.abs(decision.weights[layer] - announced[layer]))
      expect(Math.max(...moved)).toBeGreaterThanOrEqual(announceStep)
      announced = decision.weights
    }
    expect(book.announced).toBe(announced)
  })

  it('calls the layers guard, bond and govern', () => {
    expect(layerNames).toEqual({ near: 'guard', mid: 'bond', far: 'govern' })
  })
})

describe('stress', () => {
  it('rises at once with a hard finding and falls no faster than the posture allows', () => {
    const { book } = warmBook({ level: 2, economy: { budgetPerYear: 0 } })
    const { dwellSeconds, maxPerHour } = book.policy.posture.ratchet
    steal(book, { ...release, dollars: 1e7, at: book.now + 1 })
    expect(book.stress.near).toBe(1)
    const struck = book.now
    let before = 1
    for (let at = struck + hour; at < struck + 10 * day; at += hour) {
      advance(book, at)
      if (at < struck + dwellSeconds) expect(book.stress.near).toBe(1)
      expect(before - book.stress.near).toBeLessThanOrEqual(maxPerHour + 1e-9)
      before = book.stress.near
    }
    expect(before).toBeLessThan(0.9)
  })

  it('moves nothing where there is no conviction', () => {
    const { book } = warmBook({ level: 2, policy: 'static' })
    steal(book, { ...release, dollars: 1e7, at: book.now + 1 })
    expect(book.stress.near).toBe(1)
    expect(book.weights).toEqual(book.policy.base)
  })
})

describe('limits', () => {
  it('shrink with the weight of the guard and never grow beyond what was fitted', () => {
    const { book } = warmBook({ level: 2 })
    const at = (near: number) => tuning({ ...book, weights: { ...book.weights, near } }, 0).tightness
    expect([at(0.4), at(0.5), at(0.8)]).toEqual([1, 0.8, 0.5])
    expect([at(0.2), at(0)]).toEqual([1, 1])
  })

  it('are tightened in the moment of the decision', () => {
    const { book } = warmBook({ level: 2 })
    const before = book.guard.lanes.map((lane) => lane?.total.capacity ?? 0)
    steal(book, { ...release, dollars: 1e7, at: book.now + 1 })
    const after = book.guard.lanes.map((lane) => lane?.total.capacity ?? 0)
    for (const [i, capacity] of after.entries()) {
      if (before[i]! > 0) expect(capacity).toBeLessThan(before[i]!)
    }
  })

  it('nothing is put out when nothing has moved and nothing is done', () => {
    const { book } = warmBook({ level: 2, policy: 'static' })
    book.out = []
    decide(book, book.now)
    expect(book.out).toEqual([])
  })
})

function follow(book: BridgeBook, until: number): Output[] {
  const outputs: Output[] = []
  for (let at = book.now + hour; at <= until; at += hour) outputs.push(...advance(book, at))
  return outputs
}

function decisionsOf(outputs: readonly Output[]): Decision[] {
  return outputs.flatMap((output) => (output.type === 'decision' ? [output.decision] : []))
}
