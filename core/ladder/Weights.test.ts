import { describe, expect, it } from 'vitest'
import * as Weights from './Weights.ts'

const some = { near: 0.5, mid: 0.3, far: 0.2 }

describe('Weights', () => {
  it('passes the base, thirds and a single layer', () => {
    Weights.check(Weights.base)
    Weights.check({ near: 1 / 3, mid: 1 / 3, far: 1 / 3 })
    Weights.check({ near: 1, mid: 0, far: 0 })
    Weights.check({ near: 0.1, mid: 0.2, far: 0.7 })
  })

  it('refuses a weight that is no share, by name', () => {
    for (const wrong of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => Weights.check({ ...some, mid: wrong }, 'cutwater.yaml:9')).toThrow(
        `cutwater.yaml:9: the weight of mid is ${wrong}; expected a number from 0 to 1 [WEIGHTS_INVALID]`,
      )
    }
  })

  it('refuses weights that do not sum to 1', () => {
    expect(() => Weights.check({ near: 0.5, mid: 0.5, far: 0.25 })).toThrow(
      'the weights 0.5 / 0.5 / 0.25 sum to 1.25; expected a sum of 1 [WEIGHTS_INVALID]',
    )
  })

  it('passes bounds that leave one choice, or every choice', () => {
    Weights.checkBounds(Weights.unbounded)
    Weights.checkBounds({ floor: some, cap: some })
  })

  it('refuses bounds that no weights can meet, and says which', () => {
    const { floor, cap } = Weights.unbounded
    expect(() => Weights.checkBounds({ floor: { ...floor, far: 0.5 }, cap: { ...cap, far: 0.4 } })).toThrow(
      'far has the floor 0.5 and the cap 0.4; expected 0 <= floor <= cap [BOUNDS_INVALID]',
    )
    expect(() => Weights.checkBounds({ floor: { near: 0.5, mid: 0.25, far: 0.5 }, cap })).toThrow(
      'the floors 0.5 / 0.25 / 0.5 sum to 1.25',
    )
    expect(() => Weights.checkBounds({ floor, cap: { near: 0.5, mid: 0.25, far: 0 } })).toThrow(
      'the caps 0.5 / 0.25 / 0 sum to 0.75',
    )
  })

  it('refuses bounds that are no numbers', () => {
    const { floor, cap } = Weights.unbounded
    for (const wrong of [-0.1, Number.NaN]) {
      expect(() => Weights.checkBounds({ floor: { ...floor, near: wrong }, cap })).toThrow('[BOUNDS_INVALID]')
      expect(() => Weights.checkBounds({ floor, cap: { ...cap, near: wrong } })).toThrow('[BOUNDS_INVALID]')
    }
  })
})
