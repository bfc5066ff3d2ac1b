import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Changes from './Changes.ts'

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom(null, Number.NaN, -0, 'stopped', true),
)
const plain = { noNullPrototype: true }
const row = fc.record({ name: fc.constantFrom('a', 'b'), waits: fc.nat(2) }, plain)
const counts = fc.record({ legs: scalar, found: fc.record({ hard: scalar }, plain) }, plain)
const data = fc.record(
  {
    usd: scalar,
    counts,
    rows: fc.array(row, { maxLength: 6 }),
    names: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 6 }),
  },
  plain,
)
const life = fc.array(data, { minLength: 1, maxLength: 20 })

test('law: at any place it is what it was noted to be, keys in their order', () => {
  fc.assert(
    fc.property(life, (life) => {
      const changes = noted(life)
      for (const [place, each] of life.entries()) {
        const read = Changes.read(changes, place)
        expect(read).toStrictEqual(each)
        expect(JSON.stringify(read)).toBe(JSON.stringify(each))
      }
    }),
  )
})

test('law: cut at a place and noted on otherwise, it is as if it had been noted so', () => {
  fc.assert(
    fc.property(life, life, fc.nat(20), (life, other, place) => {
      const kept = life.slice(0, 1 + (place % life.length))
      const changes = noted(life)
      Changes.cut(changes, kept.length)
      expect(changes).toStrictEqual(noted(kept))
      for (const [nth, each] of other.entries()) {
        const before = nth === 0 ? kept.at(-1) : other[nth - 1]
        Changes.note(changes, kept.length + nth, before, each)
      }
      expect(changes).toStrictEqual(noted([...kept, ...other]))
    }),
  )
})

test('a list notes what came and went, not what stayed', () => {
  const many = Array.from({ length: 100 }, (_, nth) => `leg ${nth}`)
  const changes = noted([{ list: many }, { list: many }, { list: many.toSpliced(40, 1, 'new', 'newer') }])
  expect(changes).toMatchObject({
    fields: {
      list: {
        places: [0, 2],
        splices: [
          [0, 0, many],
          [40, 1, ['new', 'newer']],
        ],
      },
    },
  })
})

function noted(life: readonly Changes.Plain[]): Changes.Changes {
  const changes = Changes.create(life[0])
  for (const [place, each] of life.entries()) Changes.note(changes, place, life[place - 1], each)
  return changes
}
