import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, it } from 'vitest'
import { checkHoldings } from './checkHoldings.ts'
import type { HeldCondor, HeldHedge } from './Holdings.ts'

const at = (date: string) => UnixTime.parse(date)!
const today = at('2024-01-04')
const strikes = { putWing: 4500, putShort: 4600, callShort: 5000, callWing: 5100 }

const check = (condors: readonly HeldCondor[], hedges: readonly HeldHedge[] = []) =>
  checkHoldings({ cashUsd: 0, condors, hedges }, today)
const condor = (expiry: string, settles: 'open' | 'close' = 'open'): HeldCondor => ({
  condor: { ...strikes, expiry: at(expiry), settles },
  contracts: 1,
  credit: 10,
  opened: at('2023-12-15'),
  shifts: 0,
})
const call = (expiry: string): HeldHedge => ({
  layer: 'near',
  strike: 16,
  expiry: at(expiry),
  quantity: 1,
  cost: 1,
  opened: at('2023-12-15'),
})

describe('positions', () => {
  it('are held to the days on which such options expire', () => {
    check([condor('2024-01-19'), condor('2024-01-08', 'close')], [call('2024-01-17'), call('2024-01-24')])
    check([condor('2024-01-04', 'close')])
    check([])
  })

  it.each([
    [
      [condor('2024-01-20')],
      [],
      'condors.0.expiry',
      'no SPX options that settle at the open expire on 2024-01-20',
    ],
    [[condor('2024-01-08')], [], 'condors.0.expiry', 'those of that day settle at the close'],
    [[condor('2023-12-20')], [], 'condors.0.expiry', 'before the day of the market, 2024-01-04'],
    [[], [call('2024-01-17'), call('2024-01-18')], 'hedges.1.expiry', 'no VIX options expire on 2024-01-18'],
    [[], [call('2023-12-20')], 'hedges.0.expiry', 'before the day of the market'],
  ] as const)('%# that cannot be held are refused by their place', (condors, hedges, where, says) => {
    expect(() => check(condors, hedges)).toThrow(`${where}: `)
    expect(() => check(condors, hedges)).toThrow(says)
  })
})
