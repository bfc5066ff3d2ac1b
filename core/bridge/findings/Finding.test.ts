import { describe, expect, it } from 'vitest'
import * as Finding from './Finding.ts'

const place = { at: 1_659_389_551, chain: 1, tx: '0xab', index: 2, message: '7' }
const parts: Finding.Parts = {
  name: 'ReleaseWithoutSource',
  severity: 'critical',
  event: place,
  token: 'WBTC',
  usd: 229_708_600,
  what: 'A release has no out leg that agrees with it',
}

describe('a finding', () => {
  it('is one sentence with what, how much and where', () => {
    expect(Finding.about(parts).sentence).toBe(
      'A release has no out leg that agrees with it (WBTC, $2.30M; chain 1, transaction 0xab, message 7).',
    )
  })

  it.each<[string, Partial<Finding.Parts>, string]>([
    [
      'a value that is not known',
      { usd: null },
      '(WBTC, value unknown; chain 1, transaction 0xab, message 7).',
    ],
    [
      'a token that nobody mapped',
      { name: 'UnmappedToken', token: null, usd: null },
      '(an unmapped token, value unknown; chain 1, transaction 0xab, message 7).',
    ],
    [
      'no token at all, and no transaction',
      { name: 'SourceStale', token: null, usd: null, event: { at: 0, chain: 1 } },
      '(chain 1).',
    ],
  ])('says so of %s', (_, change, end) => {
    expect(Finding.about({ ...parts, ...change }).sentence).toBe(`${parts.what} ${end}`)
  })

  it('keeps its place and evidence for whoever looks it up', () => {
    expect(Finding.about({ ...parts, evidence: { outcome: 'settled' } })).toMatchObject({
      ...place,
      name: 'ReleaseWithoutSource',
      severity: 'critical',
      evidence: { outcome: 'settled' },
    })
    expect(Finding.about({ ...parts, event: { at: 5, chain: 1 } })).toMatchObject({
      tx: null,
      index: 0,
      message: null,
    })
  })

  it('is the same on every run: known by its place and its rule', () => {
    const finding = Finding.about(parts)
    expect(Finding.id(finding)).toBe('1:0xab:2:ReleaseWithoutSource')
    expect(Finding.id({ ...finding, tx: null })).toBe('1:1659389551:2:ReleaseWithoutSource')
  })

  it('has a name of its own for each rule', () => {
    expect(new Set(Finding.names).size).toBe(Finding.names.length)
  })
})
