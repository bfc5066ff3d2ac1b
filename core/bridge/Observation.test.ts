import { describe, expect, it } from 'vitest'
import * as Observation from './Observation.ts'
import { alpha, begin, beta, gold, legs, price } from './testing/sampleBridge.ts'

const place = { at: begin, chain: 1, tx: '0xab', index: 2, block: 7 }
const reading = { at: begin, asOf: begin - 60, source: 'pool' }
const [lock, mint] = legs({ token: gold, from: alpha, to: beta, amount: 1n, message: '0', at: begin })

const observations: readonly Observation.Observation[] = [
  lock,
  mint,
  price(gold, 1),
  { kind: 'order', at: begin, action: 'pause', reason: 'a call at night' },
  { kind: 'head', at: begin, chain: 1 },
  { kind: 'change', ...place, name: 'ConfigChanged', what: 'a new owner', announced: true },
  { kind: 'trouble', at: begin, chain: 1, name: 'SourceStale', what: 'Alpha stands still' },
  { kind: 'quote', ...place, token: 'GOLD', source: 'pool', price: 1 },
  { kind: 'holding', at: begin, chain: 1, block: 7, token: 'gold-1', what: 'locked', amount: 1n },
  {
    kind: 'measure',
    ...reading,
    name: 'wrappedPrice',
    of: 'GOLD',
    value: 0.99,
    unit: 'canonical per wrapped',
  },
  { kind: 'attempt', ...place, index: 3, token: 'gold-1', amount: 1n },
  {
    kind: 'limits',
    ...place,
    index: 4,
    token: 'gold-1',
    direction: 'in',
    unproven: { capacity: 1n, windowSeconds: 60 },
    total: { capacity: 2n, windowSeconds: 60 },
  },
  { kind: 'signed', ...place, set: 'watchers', by: ['0x1', '0x2'] },
]

describe('an observation', () => {
  it('has an identity that is the same on every run: its place in a log, or what it is about and when', () => {
    expect(observations.map(Observation.id)).toEqual([
      '1:lock-1-0:0',
      '2:mint-1-2-0:0',
      'gold@1599998400',
      'order:pause@1599998400',
      'head:1@1599998400',
      '1:0xab:2',
      'SourceStale:1@1599998400',
      '1:0xab:2',
      'holding:1:gold-1:locked@1599998400',
      'measure:wrappedPrice:GOLD:pool@1599998400',
      '1:0xab:3',
      '1:0xab:4',
      'signed:watchers:1:0xab:2',
    ])
  })

  it('is a leg when value moves; every kind says whether a log shows it', () => {
    expect(observations.filter(Observation.isLeg)).toEqual([lock, mint])
    const inLogs = observations.filter(({ kind }) => Observation.kinds[kind]).map(({ kind }) => kind)
    expect(inLogs).toEqual(['lock', 'mint', 'change', 'quote', 'attempt', 'limits'])
  })
})
