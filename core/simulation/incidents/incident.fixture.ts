import * as UnixTime from '../../units/UnixTime.ts'
import * as Usd from '../../units/Usd.ts'
import type { Incident } from './Incident.ts'

export const from = UnixTime.parse('2022-01-01')!
export const to = from + 4 * UnixTime.year

/** A made-up theft of keys, the later and the larger the higher its number; forty of them fill the four years. */
export function incident(index: number, more: Partial<Incident> = {}): Incident {
  return {
    name: `incident ${index}`,
    date: from + Math.floor((index * (to - from)) / 40),
    scope: 'core',
    loss: Usd.fromDollars(1_000_000 * (index + 1)),
    recovered: null,
    chains: ['A', 'B'],
    bridgeType: 'lock-mint',
    cause: 'key-compromise',
    quorum: '',
    valueLocked: null,
    firstBadTx: null,
    detectSeconds: null,
    pauseSeconds: null,
    spanSeconds: null,
    badTxs: null,
    pauseWouldLimit: 'yes',
    precursor: null,
    precursorLeadSeconds: null,
    timingQuality: '',
    notes: '',
    sources: ['nobody'],
    confidence: 'high',
    ...more,
  }
}
