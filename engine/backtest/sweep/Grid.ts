import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'

/** Keys of a policy, each with the values to try. */
export type Grid = readonly Axis[]

export type Axis = { readonly key: string; readonly values: readonly Value[] }

export type Value = number | boolean | string

/** One point of a grid: the policy, and what sets it apart. */
export type Point = { readonly policy: OptionsPolicy; readonly values: Readonly<Record<string, Value>> }

/**
 * A grid as written on a command line: `key=value,value;key=value`.
 *
 * Throws SWEEP_INVALID for an axis without a key or a value.
 *
 * @example
 * Grid.parse('condor.shortDelta=0.1,0.16;gate.on=true') // [{ key: 'condor.shortDelta', values: [0.1, 0.16] }, { key: 'gate.on', values: [true] }]
 */
export function parse(text: string): Grid {
  return text.split(';').map((part) => {
    const [key = '', values = ''] = part.split('=').map((each) => each.trim())
    if (key === '' || values === '') throw axisInvalid(part)
    return { key, values: values.split(',').map((value) => parsed(value.trim())) }
  })
}

/**
 * Every combination of a grid, put into a policy.
 *
 * Throws SWEEP_KEY_UNKNOWN with the nearest key, SWEEP_VALUE_INVALID for a value of another kind than the policy has, and
 * SWEEP_TOO_LARGE beyond a million sets.
 */
export function points(base: OptionsPolicy, grid: Grid): readonly Point[] {
  const size = grid.reduce((product, { values }) => product * values.length, 1)
  if (size > mostSets) throw tooLarge(size)
  return grid.reduce<readonly Point[]>(
    (all, { key, values }) =>
      all.flatMap((point) =>
        values.map((value) => ({
          policy: withValue(point.policy, key.split('.'), value, key),
          values: { ...point.values, [key]: value },
        })),
      ),
    [{ policy: base, values: {} }],
  )
}

function withValue<Part extends object>(
  part: Part,
  [step = '', ...rest]: readonly string[],
  value: Value,
  key: string,
): Part {
  const entries = Object.entries(part)
  const found = entries.find(([name]) => name === step)
  if (found === undefined)
    throw keyUnknown(
      key,
      step,
      entries.map(([name]) => name),
    )
  const [, current] = found
  if (rest.length > 0) {
    if (typeof current !== 'object' || current === null) throw keyUnknown(key, rest[0]!, [])
    return { ...part, [step]: withValue(current as object, rest, value, key) }
  }
  if (typeof current !== typeof value) throw valueInvalid(key, value, typeof current)
  return { ...part, [step]: value }
}

function parsed(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : text
}

const mostSets = 1_000_000

function axisInvalid(part: string): CutwaterError {
  return new CutwaterError('SWEEP_INVALID', `"${part}" is no axis`, {
    where: '--sweep',
    right: 'key=value,value, such as gate.noneFrom=20,30',
  })
}

function keyUnknown(key: string, step: string, names: readonly string[]): CutwaterError {
  const right = names.length > 0 ? choice(step, names) : 'a key with a value of its own'
  return new CutwaterError('SWEEP_KEY_UNKNOWN', `the policy has no ${key}`, { where: '--sweep', right })
}

function valueInvalid(key: string, value: Value, kind: string): CutwaterError {
  const right = kind === 'object' ? 'a key inside of it' : `a ${kind}`
  return new CutwaterError('SWEEP_VALUE_INVALID', `${key} is given "${value}"`, { where: '--sweep', right })
}

function tooLarge(size: number): CutwaterError {
  return new CutwaterError('SWEEP_TOO_LARGE', `the grid has ${size} sets`, {
    where: '--sweep',
    right: `at most ${mostSets}`,
  })
}
