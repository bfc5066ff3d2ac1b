import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Turns from './Turns.ts'

test('law: of all that waits the most urgent goes next, of equals the first, and never two at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), async (urgencies) => {
      const turns = Turns.create()
      const served: number[] = []
      let inside = 0
      await Promise.all(
        urgencies.map((urgency, nth) =>
          Turns.take(turns, urgency, async () => {
            inside += 1
            expect(inside).toBe(1)
            await Promise.resolve()
            served.push(nth)
            inside -= 1
          }),
        ),
      )
      const inOrder = urgencies
        .map((urgency, nth) => ({ urgency, nth }))
        .sort((a, b) => b.urgency - a.urgency)
      expect(served).toEqual(inOrder.map(({ nth }) => nth))
    }),
  )
})

test('what is urgent waits for the one under way and for nobody else, and a failure is its own', async () => {
  const turns = Turns.create()
  const served: string[] = []
  const slow = Turns.take(turns, 0, async () => void served.push('under way'))
  const fails = Turns.take(turns, 0, async () => {
    served.push('fails')
    throw new Error('not done')
  })
  await slow
  const urgent = Turns.take(turns, 1, async () => void served.push('urgent'))
  const last = Turns.take(turns, 0, async () => void served.push('last'))
  await expect(fails).rejects.toThrow('not done')
  await Promise.all([urgent, last])
  expect(served).toEqual(['under way', 'urgent', 'fails', 'last'])
})
