import { describe, expect, test } from 'vitest'
import { cutwater, jsonOf } from './cutwater.fixture.ts'

describe('cutwater incidents', () => {
  test('lists what matches, fits it and states the limits', async () => {
    const { out, code } = await cutwater('incidents', '--class', 'keys', '--since', '2023-01-01')
    expect(code).toBe(0)
    expect(out).toContain('Orbit Bridge')
    expect(out).not.toContain('Ronin ')
    expect(out).toContain('attempts a year, all bridges')
    expect(out).toMatch(/Selection: .*\n\nConfidence: .*\n\nScope: /)
  })

  test('prints the same as JSON, in dollars', async () => {
    const { count, incidents, families, intervals } = JSON.parse(await jsonOf('incidents'))
    expect(count).toBe(83)
    expect(incidents.find(({ name }: { name: string }) => name === 'Nomad')).toMatchObject({
      lossUsd: 190_000_000,
      family: 'upgrade',
      profile: 'hours',
    })
    expect(
      families.map(({ count }: { count: number }) => count).reduce((a: number, b: number) => a + b),
    ).toBe(77)
    expect(intervals.perYear.low).toBeLessThan(intervals.perYear.value)
  })

  test.each([
    [['--class', 'key'], '"keys"'],
    [['--since', 'yesterday'], '[FLAG_INVALID]'],
    [['--since', '2026-08-10'], '[INCIDENTS_TOO_FEW]'],
    [['--file', 'nowhere.csv'], '[FILE_'],
  ])('says what is wrong with %j', async (flags, said) => {
    const { out, err, code } = await cutwater('incidents', ...flags)
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toContain(said)
  })
})
