import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as News from './News.ts'

const told = (id: string) =>
  ({ kind: 'told', told: { id, at: 0, sentence: '', kind: 'finding', what: {} } }) as unknown as News.Heard

test('law: whatever is told twice is kept once, the newest first, and no more than so many', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 400 }), (ids) => {
      const news = ids.reduce((before, id) => News.hear(before, told(String(id)), 1), News.nothing)
      const kept = news.told.map(({ id }) => id)
      expect(new Set(kept).size).toBe(kept.length)
      expect(kept.length).toBeLessThanOrEqual(News.mostTold)
      if (new Set(ids).size <= News.mostTold) {
        const firsts = [...new Set(ids.map(String))].reverse()
        expect(kept).toEqual(firsts)
      }
    }),
  )
})

test('a line that is lost and opened again has forgotten nothing', () => {
  const heard: News.Heard[] = [{ kind: 'opened' }, told('a'), { kind: 'lost' }, { kind: 'opened' }, told('a')]
  const news = heard.reduce((before, each) => News.hear(before, each, 5), News.nothing)
  expect(news).toMatchObject({ link: 'open', heardAt: 5, told: [{ id: 'a' }] })
})
