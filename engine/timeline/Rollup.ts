import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/**
 * A bridge's life in rows of equal time, as columns, in bounded memory: when the rows are full, two become one and
 * a row covers twice the time.
 */
export type Rollup = {
  /** time a row covers, seconds */
  stepSeconds: number
  /** how many rows there may be */
  readonly most: number
  /** when each row begins, oldest first; time in which nothing was observed has no row */
  readonly at: UnixTime[]
  readonly columns: Columns
}

/** A row: how things stood at its end, and what came and went while it lasted. */
export type Row = Readonly<Record<Name, number>>

export type Columns = Readonly<Record<Name, number[]>>

/** How things stand: dollars, stress and weights as fractions, legs that wait. NaN where nothing bounds a loss. */
export const levels = [
  'lockedUsd',
  'boundUsd',
  'stressNear',
  'stressMid',
  'stressFar',
  'weightNear',
  'weightMid',
  'weightFar',
  'waiting',
] as const

/** What adds up over time: dollars in and out, legs, findings, and those of them that are hard. */
export const flows = ['inflowUsd', 'outflowUsd', 'legs', 'findings', 'hard'] as const

export type Name = (typeof levels)[number] | (typeof flows)[number]

export const names: readonly Name[] = [...levels, ...flows]

/**
 * No rows yet.
 *
 * Throws ROLLUP_SETTINGS_INVALID for a step or a size that cannot be.
 *
 * @example
 * Rollup.create({ stepSeconds: 12, most: 4096 }).at // []
 */
export function create(settings: { readonly stepSeconds: number; readonly most: number }): Rollup {
  const { stepSeconds, most } = settings
  if (!(Number.isSafeInteger(stepSeconds) && stepSeconds > 0 && Number.isSafeInteger(most) && most >= 2))
    throw settingsInvalid(stepSeconds, most)
  return { stepSeconds, most, at: [], columns: perName(() => []) }
}

/**
 * Adds what was seen at a time: it says how its row ends, and its flows are added.
 *
 * Time that goes back, as it does between the clocks of two chains, counts in the newest row.
 */
export function add(rollup: Rollup, at: UnixTime, row: Row): void {
  const last = rollup.at.length - 1
  const begins = Math.max(startOf(at, rollup.stepSeconds), rollup.at[last] ?? Number.NEGATIVE_INFINITY)
  if (rollup.at[last] === begins) join(rollup.columns, last, row)
  else if (rollup.at.length === rollup.most) {
    halve(rollup)
    add(rollup, at, row)
  } else {
    rollup.at.push(begins)
    for (const name of names) rollup.columns[name].push(row[name])
  }
}

/**
 * What lies between two times, in at most `points` rows of its own.
 *
 * @example
 * const rollup = Rollup.create({ stepSeconds: 12, most: 4096 })
 * Rollup.slice(rollup, 0, 3600, 500).at // []
 */
export function slice(rollup: Rollup, from: UnixTime, to: UnixTime, points: number): Rollup {
  const part = create({ stepSeconds: rollup.stepSeconds, most: Math.max(2, points) })
  for (const [index, at] of rollup.at.entries()) {
    if (at + rollup.stepSeconds > from && at <= to) add(part, at, rowOf(rollup, index))
  }
  return part
}

/**
 * When the row that holds a time begins.
 *
 * @example
 * Rollup.startOf(75, 60) // 60
 */
export function startOf(at: UnixTime, stepSeconds: number): UnixTime {
  return Math.floor(at / stepSeconds) * stepSeconds
}

/** The row at a place. */
export function rowOf({ columns }: Rollup, index: number): Row {
  return perName((name) => columns[name][index]!)
}

// Two rows become one where they fall into the same doubled step; a row with no neighbour stays as it is.
function halve(rollup: Rollup): void {
  const rows = rollup.at.map((at, index) => ({ at, row: rowOf(rollup, index) }))
  rollup.stepSeconds *= 2
  rollup.at.length = 0
  for (const name of names) rollup.columns[name].length = 0
  for (const { at, row } of rows) add(rollup, at, row)
}

function join(columns: Columns, index: number, row: Row): void {
  for (const name of levels) columns[name][index] = row[name]
  for (const name of flows) columns[name][index]! += row[name]
}

function perName<T>(pick: (name: Name) => T): Record<Name, T> {
  return Object.fromEntries(names.map((name) => [name, pick(name)])) as Record<Name, T>
}

function settingsInvalid(stepSeconds: number, most: number): CutwaterError {
  return new CutwaterError('ROLLUP_SETTINGS_INVALID', `${most} rows of ${stepSeconds} s`, {
    right: 'two rows or more, of whole seconds',
  })
}
