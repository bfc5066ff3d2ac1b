import { expect, test } from 'vitest'
import * as Assumptions from './Assumptions.ts'

test('every assumption is listed once, lies in its range and has a unit and a source', () => {
  const rows = Assumptions.list()
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(Assumptions.defaults).sort())
  for (const { name, value, low, high, unit, source } of rows) {
    expect(low <= value && value <= high, name).toBe(true)
    expect(unit !== '' && source.length > 8, name).toBe(true)
    for (const edge of [low, high]) expect(() => Assumptions.withChanges({ [name]: edge })).not.toThrow()
  }
})

test.each([
  [{ hitrate: 1 }, /"hitRate".*\[ASSUMPTION_UNKNOWN\]/],
  [{ hitRate: 1.1 }, /a share from 0 to 1 \[ASSUMPTION_INVALID\]/],
  [{ hitRate: Number.NaN }, /\[ASSUMPTION_INVALID\]/],
  [{ liveBridges: 0 }, /\[ASSUMPTION_INVALID\]/],
  [{ watchShare: 0.7 }, /watchShare and onCallShare .*\[ASSUMPTION_INVALID\]/],
])('refuses %j', (changes, said) => {
  expect(() => Assumptions.withChanges(changes as Record<string, number>)).toThrow(said)
})
