import fc from 'fast-check'
import { day, parse } from '../units/UnixTime.ts'
import type { CashFlow } from './CashFlow.ts'

/** The flows of Excel's documentation of XNPV and XIRR. */
export const excelFlows: readonly CashFlow[] = [
  { at: parse('2008-01-01')!, amount: -10_000 },
  { at: parse('2008-03-01')!, amount: 2_750 },
  { at: parse('2008-10-30')!, amount: 4_250 },
  { at: parse('2009-02-15')!, amount: 3_250 },
  { at: parse('2009-04-01')!, amount: 2_750 },
]

/** Whole amounts, at most two years of days apart. */
export const someFlows: fc.Arbitrary<CashFlow[]> = fc.array(
  fc.record({ at: fc.nat(730).map((days) => days * day), amount: fc.integer({ min: -1_000, max: 1_000 }) }),
  { maxLength: 12 },
)
