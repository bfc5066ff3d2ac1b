import { CutwaterError } from '../units/CutwaterError.ts'
import type { UnixTime } from '../units/UnixTime.ts'
import * as Input from './Input.ts'

export type Settings = { readonly halfLifeSeconds: number }

/** `sum` is what was added, decayed to `at`. */
export type State = { readonly halfLifeSeconds: number; sum: number; at: UnixTime }

/**
 * A sum that halves every `halfLifeSeconds` and has nothing in it yet.
 *
 * @example
 * Decayed.create({ halfLifeSeconds: 3600 }).sum // 0
 */
export function create({ halfLifeSeconds }: Settings): State {
  if (!(halfLifeSeconds > 0 && halfLifeSeconds < Number.POSITIVE_INFINITY)) {
    throw new CutwaterError('HALF_LIFE_MALFORMED', `halfLifeSeconds is ${halfLifeSeconds}`, {
      right: 'a number of seconds above 0',
    })
  }
  return { halfLifeSeconds, sum: 0, at: 0 }
}

/**
 * Adds a value that counts in full at `at` (seconds) and returns the sum at the latest time seen. A value that
 * comes late counts for what is left of it by then, so the order of arrival does not matter.
 *
 * @example
 * Decayed.add({ halfLifeSeconds: 60, sum: 8, at: 1000 }, 3, 1060) // 7
 * Decayed.add({ halfLifeSeconds: 60, sum: 7, at: 1060 }, 4, 1000) // 9
 */
export function add(state: State, value: number, at: UnixTime): number {
  Input.finite(at, 'at')
  const latest = Math.max(state.at, at)
  const sum = state.sum * left(state, latest - state.at) + value * left(state, latest - at)
  if (!Number.isFinite(sum)) throw Input.notFinite(value, 'value')
  state.sum = sum
  state.at = latest
  return sum
}

/**
 * What is left of the sum at `at` (seconds), not earlier than the latest value: before that the sum would
 * hold what had not happened yet.
 *
 * @example
 * Decayed.read({ halfLifeSeconds: 60, sum: 8, at: 1000 }, 1120) // 2
 */
export function read(state: State, at: UnixTime): number {
  if (!(at >= state.at)) throw readOfThePast(state, at)
  return state.sum * left(state, at - state.at)
}

function left({ halfLifeSeconds }: State, seconds: number): number {
  return 2 ** (-seconds / halfLifeSeconds)
}

function readOfThePast(state: State, at: UnixTime): CutwaterError {
  return new CutwaterError('DECAYED_READ_OF_THE_PAST', `at is ${at}`, {
    right: `${state.at} or later, the time of the latest value`,
  })
}
