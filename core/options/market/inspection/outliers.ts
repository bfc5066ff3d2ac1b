import type { UnixTime } from '../../../units/UnixTime.ts'
import { indexNames, type MarketDay, type MarketHistory } from '../MarketDay.ts'
import * as Note from '../Note.ts'

// What is beyond every day on record is looked at again: a misplaced point moves a value tenfold. The records: the SPX
// fell by 20.5% on 1987-10-19; on 2018-02-05 VIX9D rose threefold, the VIX and its first future by half as much.
const mostSpx = Math.log(1.25)
const mostVolatility = Math.log(5)
const mostFuture = Math.log(2.5)
/** of a future over the VIX, either way */
const mostBasis = Math.log(4)
/** of the yield of bills, in a day */
const mostYield = 0.015
/** of the number of stocks counted, either way; half a day of trade counts fewer */
const mostBreadth = Math.log(3)

/** Values further from their neighbours than any on record. They are kept. */
export function outliers({ days }: MarketHistory): readonly Note.Note[] {
  const notes: Note.Notes = new Map()
  for (const [i, day] of days.entries()) {
    const before = days[i - 1]
    const seen: Seen = (what, where) => note(notes, day.date, what, where)
    if (before !== undefined) compare(before, day, seen)
    if (day.futures.some(({ settle }) => areFar(settle, day.vix.close, mostBasis)))
      seen('a future stands at four times the VIX, or a quarter of it', 'futures')
    if (areFar(day.spx.high, day.spx.low, mostSpx)) seen('high and low of the SPX are a quarter apart', 'spx')
  }
  return Note.all(notes)
}

type Seen = (what: string, where: string) => void

function compare(before: MarketDay, day: MarketDay, seen: Seen): void {
  if (areFar(day.spx.close, before.spx.close, mostSpx))
    seen('the SPX moved by more than a quarter in a day', 'spx')
  if (areFar(day.spx.open, before.spx.close, mostSpx)) seen('the SPX opened more than a quarter away', 'spx')
  if (areFar(day.vix.close, before.vix.close, mostVolatility)) seen('the VIX moved fivefold in a day', 'vix')
  if (Math.abs(day.billYield - before.billYield) > mostYield)
    seen('the yield of bills moved by 1.5 points in a day', 'bills')
  compareIndices(before, day, seen)
  compareFutures(before, day, seen)
  compareBreadth(before, day, seen)
}

function compareIndices(before: MarketDay, day: MarketDay, seen: Seen): void {
  for (const name of indexNames) {
    const [now, then] = [day.indices[name], before.indices[name]]
    if (now !== undefined && then !== undefined && areFar(now, then, mostVolatility))
      seen(`${name} moved fivefold in a day`, 'indices')
  }
}

function compareFutures(before: MarketDay, day: MarketDay, seen: Seen): void {
  for (const { expiry, settle } of day.futures) {
    const then = before.futures.find((future) => future.expiry === expiry)
    if (then !== undefined && areFar(settle, then.settle, mostFuture))
      seen('a future moved two and a half fold in a day', 'futures')
  }
}

function compareBreadth({ breadth: then }: MarketDay, { breadth: now }: MarketDay, seen: Seen): void {
  if (now === undefined || then === undefined || now.source !== then.source) return
  if (areFar(now.advancing + now.declining, then.advancing + then.declining, mostBreadth))
    seen('the number of stocks counted moved threefold', 'breadth')
}

function areFar(a: number, b: number, most: number): boolean {
  return Math.abs(Math.log(a / b)) > most
}

function note(notes: Note.Notes, at: UnixTime, what: string, where: string): void {
  Note.add(notes, { kind: 'outlier', code: 'outlier', what, where, at })
}
