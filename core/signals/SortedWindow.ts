import { CutwaterError } from '../units/CutwaterError.ts'
import * as Input from './Input.ts'

/** The last `capacity` values, once in order of arrival and once in order of size. */
export type State = {
  readonly capacity: number
  /** how many values are held */
  size: number
  /** where in `arrivals` the next value goes: once full, the place of the oldest */
  next: number
  /** both as long as has been needed so far: of many windows most stay nearly empty */
  arrivals: Float64Array
  sorted: Float64Array
}

/**
 * An empty trailing window that will hold the last `capacity` values.
 *
 * @example
 * SortedWindow.create(100).size // 0
 */
export function create(capacity: number): State {
  Input.period(capacity, 1, 'capacity')
  const room = Math.min(capacity, 16)
  return { capacity, size: 0, next: 0, arrivals: new Float64Array(room), sorted: new Float64Array(room) }
}

/** Takes in one value and, once the window is full, lets go of the oldest. */
export function push(state: State, value: number): void {
  Input.finite(value, 'value')
  const { capacity, size, next } = state
  if (size === state.sorted.length && size < capacity) grow(state)
  const { arrivals, sorted } = state
  const to = countBelow(state, value)
  if (size < capacity) {
    sorted.copyWithin(to + 1, to, size)
    sorted[to] = value
    state.size++
  } else {
    replace(sorted, countBelow(state, arrivals[next]!), to, value)
  }
  arrivals[next] = value
  state.next = next + 1 === capacity ? 0 : next + 1
}

/**
 * The lower nearest-rank quantile: `sorted[min(n - 1, floor(q n))]`, always a value that was really seen; NaN
 * while the window is empty.
 */
export function quantile(state: State, q: number): number {
  if (!(q >= 0 && q <= 1)) throw quantileOutOfRange(q)
  if (state.size === 0) return Number.NaN
  return state.sorted[Math.min(state.size - 1, Math.floor(q * state.size))]!
}

/**
 * The share of the window below `value`, ties counted by half: 0 to 1; NaN while the window is empty.
 *
 * This is the mid-rank percentile: as many values above as below give 0.5 however many are equal.
 */
export function rank(state: State, value: number): number {
  const below = countBelow(state, Input.finite(value, 'value'))
  const notAbove = state.sorted[below] === value ? countNotAbove(state, value, below) : below
  return (below + notAbove) / (2 * state.size)
}

// How many values of the window are strictly below `value`: also where it goes.
function countBelow({ sorted, size }: State, value: number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

function countNotAbove({ sorted, size }: State, value: number, from: number): number {
  let low = from
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

function grow(state: State): void {
  const room = Math.min(state.capacity, 2 * state.size)
  state.arrivals = withRoom(state.arrivals, room)
  state.sorted = withRoom(state.sorted, room)
}

function withRoom(values: Float64Array, room: number): Float64Array {
  const longer = new Float64Array(room)
  longer.set(values)
  return longer
}

// One shift of what lies between the two places; `to` was counted with the oldest value still in.
function replace(sorted: Float64Array, from: number, to: number, value: number): void {
  if (to > from) {
    sorted.copyWithin(from, from + 1, to)
    sorted[to - 1] = value
  } else {
    sorted.copyWithin(to + 1, to, from)
    sorted[to] = value
  }
}

function quantileOutOfRange(q: number): CutwaterError {
  return new CutwaterError('QUANTILE_OUT_OF_RANGE', `q is ${q}`, { right: 'a share from 0 to 1' })
}
