import { expect, test } from 'vitest'
import type { Contest } from './harness.ts'
import { areClose, measure, median, table } from './harness.ts'

test('median is the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})

test('closeness is relative above one, takes not-a-number for itself, and minds the length', () => {
  expect(areClose([1e9, Number.NaN], [1e9 + 0.1, Number.NaN], 1e-9)).toBe(true)
  expect(areClose([1e9], [1e9 + 10], 1e-9)).toBe(false)
  expect(areClose([Number.NaN], [1], 1e-9)).toBe(false)
  expect(areClose([1, 2], [1], 1e-9)).toBe(false)
  expect(areClose([5, 2], [1, 2], 1e-9, 1)).toBe(true)
})

test('sides take turns, each goes first in every other round, and all are warmed up', async () => {
  const calls: string[] = []
  await measure('turns', contestOf(calls), { warmups: 2, rounds: 3 })
  expect(calls.join('')).toBe('otvwwvtootvwwvtootvw')
})

test('a row carries what the contest says and a ratio of medians', async () => {
  const row = await measure('row', contestOf([]), { warmups: 0, rounds: 3 })
  expect(row).toMatchObject({ name: 'row', peer: 'peer', target: 2, agrees: false, unit: 'M things/s' })
  expect(row.ratio).toBeCloseTo(row.ours / row.theirs, 9)
  expect(row.note).toMatch(/^a note; otherwise: \d+\.\dx; against less: \d+\.\dx$/)
  expect(table([row])).toMatch(/^area +peer +ratio[\s\S]*row +peer +\d+\.\dx +2x +NO/)
})

function contestOf(calls: string[]): Contest {
  return {
    unit: 'M things/s',
    items: 10,
    target: 2,
    peer: 'peer',
    agrees: false,
    note: 'a note',
    ours: () => calls.push('o'),
    theirs: async () => calls.push('t'),
    variants: [
      { name: 'otherwise', of: 'ours', run: () => calls.push('v') },
      { name: 'against less', of: 'theirs', run: () => calls.push('w') },
    ],
  }
}
