import fc from 'fast-check'
import { init } from 'talib-web'
import { describe, expect, test, vi } from 'vitest'

/** What every streaming signal offers; `State` is plain data that survives a snapshot. */
export type Signal<State> = {
  readonly create: () => State
  readonly step: (state: State, value: number) => number
  readonly series: (values: Float64Array, out?: Float64Array) => Float64Array
}

/** The laws that every signal of one value per step obeys. */
export function signalContract<State>(name: string, signal: Signal<State>): void {
  const { create, step, series } = signal
  const fold = (values: Float64Array, state = create()) => values.map((value) => step(state, value))

  describe(`${name} keeps the contract of signals`, () => {
    test('fold(step, values) = series(values), bit for bit', () => {
      fc.assert(
        fc.property(anyValues, (values) => {
          expect(bits(fold(values))).toEqual(bits(series(values)))
        }),
      )
    })

    test('series(prefix of values) = prefix of series(values): nothing looks ahead', () => {
      fc.assert(
        fc.property(anyValues, fc.nat(), (values, cut) => {
          const length = cut % (values.length + 1)
          expect(bits(series(values.slice(0, length)))).toEqual(bits(series(values).slice(0, length)))
        }),
      )
    })

    test('a snapshot between any two values changes nothing after it', () => {
      fc.assert(
        fc.property(anyValues, fc.nat(), (values, cut) => {
          const length = cut % (values.length + 1)
          const state = create()
          fold(values.slice(0, length), state)
          const rest = fold(values.slice(length), restored(state))
          expect(bits(rest)).toEqual(bits(series(values).slice(length)))
        }),
      )
    })

    test('once there is a result there is one for every value, and it is finite', () => {
      fc.assert(
        fc.property(anyValues, (values) => {
          const results = series(values)
          const first = results.findIndex((result) => !Number.isNaN(result))
          if (first >= 0) expect(results.slice(first).every(Number.isFinite)).toBe(true)
        }),
      )
    })

    test('a value that is not finite is refused by step and by series, and leaves the state as it was', () => {
      const values = fc.tuple(anyValues, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -Infinity))
      fc.assert(
        fc.property(values, ([before, bad]) => {
          const state = create()
          fold(before, state)
          const kept = snapshot(state)
          expect(() => step(state, bad)).toThrow(/is -?(NaN|Infinity).*SIGNAL_VALUE_NOT_FINITE/)
          expect(snapshot(state)).toBe(kept)
          expect(() => series(Float64Array.of(...before, bad, 1, 2))).toThrow('SIGNAL_VALUE_NOT_FINITE')
        }),
      )
    })

    test('results go into the array that is handed in, which must have one place per value', () => {
      const values = walk(7, 200)
      const out = new Float64Array(values.length).fill(-1)
      expect(series(values, out)).toBe(out)
      expect(bits(out)).toEqual(bits(series(values)))
      expect(() => series(values, new Float64Array(199))).toThrow('holds 199 places; expected 200')
    })

    test('no values give no results', () => {
      expect(series(new Float64Array(0))).toEqual(new Float64Array(0))
    })
  })
}

/**
 * A made-up price of `length` values that does what prices do to indicators: it wanders, stands still for up
 * to `longestStill` values, and jumps by up to a third. The same for the same seed.
 */
export function walk(seed: number, length: number, longestStill = 60): Float64Array {
  const random = lehmer(seed)
  let price = 100
  let still = 0
  return Float64Array.from({ length }, () => {
    if (still > 0) still--
    else {
      const chance = random()
      if (chance < 0.01) still = Math.floor(random() * longestStill)
      else if (chance < 0.02) price *= 1 + (random() - 0.5) / 1.5
      else price *= 1 + (random() - 0.5) / 50
    }
    return price
  })
}

const wide = { min: -1e12, max: 1e12, noNaN: true, noDefaultInfinity: true }

/** Short series of every temper: walks, few distinct values, flat, and wide doubles. */
export const anyValues: fc.Arbitrary<Float64Array> = fc
  .oneof(
    fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.nat(120)).map(([seed, length]) => [...walk(seed, length)]),
    fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 80 }),
    fc.tuple(fc.double(wide), fc.nat(80)).map(([value, length]) => Array<number>(length).fill(value)),
    fc.array(fc.double(wide), { maxLength: 80 }),
  )
  .map((values) => Float64Array.from(values))

/** The bytes of an array, so that NaN equals NaN and rounding shows; -0 counts as 0. */
export function bits(values: Float64Array): BigUint64Array {
  return new BigUint64Array(Float64Array.from(values, (value) => value + 0).buffer)
}

// The minimal standard generator of Park and Miller, "Random number generators: good ones are hard to find"
// (CACM 31, 1988): its products stay below 2^53.
function lehmer(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

function restored<State>(state: State): State {
  return JSON.parse(snapshot(state), (_, value) =>
    value?.float64 ? Float64Array.from(value.float64 as number[]) : value,
  ) as State
}

function snapshot(state: unknown): string {
  return JSON.stringify(state, (_, value) =>
    value instanceof Float64Array ? { float64: [...value] } : value,
  )
}

/**
 * Starts talib-web (0.1.3: TA-Lib's C code compiled to WebAssembly). Its loader takes a global `fetch` for a
 * browser's and then fails on a file path, so `fetch` is out of its sight for a moment.
 */
export async function startTalib(): Promise<void> {
  vi.stubGlobal('fetch', undefined)
  await init()
  vi.unstubAllGlobals()
}

/**
 * TA-Lib's results for the values from index `first` on. talib-web hands over an array as long as the values,
 * filled from the front, with one result too many (it lets TA-Lib read one place past the last value).
 */
export function resultsOfTalib(output: number[], length: number, first: number): number[] {
  return output.slice(0, length - first)
}
