import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Route from './Route.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })

test('law: an address leads back to the route it was made of', () => {
  const route = fc.record({
    page: fc.constantFrom(...Route.pages.map(({ name }) => name)),
    id: fc.option(text.filter((id) => id !== '')),
    at: fc.option(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 })),
    branch: fc.option(text.filter((id) => id !== '')),
    versus: fc.option(text.filter((id) => id !== '')),
    filter: fc.record({ name: text, severity: text, q: text }),
  })
  fc.assert(
    fc.property(route, (each) => {
      expect(Route.parse(Route.format(each))).toEqual(each)
    }),
  )
})

test('law: no address is too odd to be read', () => {
  fc.assert(
    fc.property(text, (hash) => {
      expect(Route.pages.map(({ name }) => name)).toContain(Route.parse(hash).page)
    }),
  )
})

test.each(['#/timeline?at=soon', '#/timeline?at=1e99', '#/timeline?at=', '#/timeline?at=1.5'])(
  '%s names no moment',
  (hash) => {
    expect(Route.parse(hash).at).toBeNull()
  },
)

test('an id that is not well encoded is none', () => {
  expect(Route.parse('#/findings/%E0%A4%A').id).toBeNull()
})
