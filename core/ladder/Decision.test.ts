import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Decision from './Decision.ts'
import { map } from './Layer.ts'

const calm: Decision.Parts = {
  at: 1_659_389_551,
  weights: { near: 0.4, mid: 0.4, far: 0.2 },
  stress: { near: 0.5, mid: 0.5, far: 0.5 },
  reasons: [],
  actions: [],
}

const breadth: Decision.Reason = {
  signal: 'breadth',
  value: 71.4,
  unit: 'RSI of the advance-decline line',
  rank: 0.9,
  share: { near: 0.75, mid: 0.25, far: 0 },
}

const exposure: Decision.Reason = {
  ...breadth,
  signal: 'exposure',
  rank: 0.8,
  share: { near: 0, mid: 0.75, far: 1 },
}

describe('a decision', () => {
  it('says when, and where the weights stand', () => {
    expect(Decision.of(calm).sentence).toBe('2022-08-01T21:32:31Z: near 40%, mid 40%, far 20%.')
  })

  it('calls the layers what its book calls them', () => {
    const names = { near: 'guard', mid: 'bond', far: 'govern' }
    expect(Decision.of(calm, names).sentence).toBe('2022-08-01T21:32:31Z: guard 40%, bond 40%, govern 20%.')
  })

  it('says which signal presses which layer most: its share of the stress times its rank', () => {
    expect(Decision.of({ ...calm, reasons: [breadth] }).sentence).toBe(
      '2022-08-01T21:32:31Z: near 40%, mid 40%, far 20%; near pressed most by breadth (rank 0.90).',
    )
    expect(Decision.of({ ...calm, reasons: [breadth, exposure] }).sentence).toContain(
      '; far pressed most by exposure (rank 0.80).',
    )
  })

  it('does not call pressed what nothing presses', () => {
    const idle = { ...breadth, rank: 0, share: map(() => 0) }
    expect(Decision.of({ ...calm, reasons: [idle] }).sentence).not.toContain('pressed')
  })

  it('says everything that is done, each with what it answers', () => {
    const actions = [
      { what: 'pause token USDC', because: 'a release without source in transaction 0xab' },
      { what: 'pause bridge', because: 'a second one on another route' },
    ]
    expect(Decision.of({ ...calm, actions }).sentence).toBe(
      '2022-08-01T21:32:31Z: near 40%, mid 40%, far 20%; pause token USDC, because a release without source in transaction 0xab; pause bridge, because a second one on another route.',
    )
  })

  it('law: keeps every reason and action as it was given, with all its numbers', () => {
    const share = fc.record({ near: unit, mid: unit, far: unit })
    const reason = fc.record({
      signal: fc.string(),
      value: fc.double(),
      unit: fc.string(),
      rank: unit,
      share,
    })
    const action = fc.record({ what: fc.string(), because: fc.string() })
    fc.assert(
      fc.property(fc.array(reason), fc.array(action), (reasons, actions) => {
        const { sentence, ...kept } = Decision.of({ ...calm, reasons, actions })
        expect(kept).toEqual({ ...calm, reasons, actions })
        for (const { what, because } of actions) expect(sentence).toContain(`; ${what}, because ${because}`)
      }),
    )
  })
})

const unit = fc.double({ min: 0, max: 1, noNaN: true })
