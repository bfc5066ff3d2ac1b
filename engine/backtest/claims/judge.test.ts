import { describe, expect, it } from 'vitest'
import { judge, untestable } from './judge.ts'

const said = { id: 'C1', claimed: 'cut by 35–40%', range: [0.35, 0.4] as const }

describe('a claim', () => {
  it.each([
    ['holds when the number lies in its range', 0.37, [0.1, 0.9], 'holds'],
    ['does not when its range lies outside of the interval', 0.1, [0.05, 0.2], 'does not hold'],
    ['cannot be told from the record in between', 0.3, [0.2, 0.38], 'cannot be tested'],
  ] as const)('%s', (_, value, interval, verdict) => {
    expect(judge(said, { value, interval, why: '' }).verdict).toBe(verdict)
  })

  it('of one event stands or falls with its number', () => {
    expect(judge(said, { value: 0.2, why: '' })).toMatchObject({
      verdict: 'does not hold',
      low: null,
      high: null,
    })
  })

  it('that names nothing measurable says so', () => {
    expect(untestable(said, 'no page says what it is')).toEqual({
      id: 'C1',
      claimed: 'cut by 35–40%',
      measured: null,
      low: null,
      high: null,
      verdict: 'cannot be tested',
      why: 'no page says what it is',
    })
  })
})
