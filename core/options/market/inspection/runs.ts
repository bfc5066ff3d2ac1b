import type { UnixTime } from '../../../units/UnixTime.ts'
import type { Note } from '../Note.ts'

export type Run = { readonly from: UnixTime; readonly to: UnixTime; readonly count: number }

/**
 * Stretches of dates for which something holds, one after the other.
 *
 * @example
 * runs([10, 20, 30, 40], (date) => date !== 20) // [{ from: 10, to: 10, count: 1 }, { from: 30, to: 40, count: 2 }]
 */
export function runs(dates: readonly UnixTime[], holds: (date: UnixTime) => boolean): readonly Run[] {
  const found: { from: UnixTime; to: UnixTime; count: number }[] = []
  let open: (typeof found)[number] | undefined
  for (const date of dates) {
    if (!holds(date)) open = undefined
    else if (open === undefined) {
      open = { from: date, to: date, count: 1 }
      found.push(open)
    } else {
      open.to = date
      open.count += 1
    }
  }
  return found
}

/** Stretches of this many days are notes of their own, shorter ones share one. */
const longRun = 20

/** One note for each long stretch, and one for all the short ones together. */
export function notesOf(found: readonly Run[], note: Omit<Note, keyof Run>): readonly Note[] {
  const short = found.filter(({ count }) => count < longRun)
  const long = found.filter(({ count }) => count >= longRun).map((run) => ({ ...note, ...run }))
  const [first, last] = [short[0], short.at(-1)]
  if (first === undefined || last === undefined) return long
  const count = short.reduce((sum, each) => sum + each.count, 0)
  return [...long, { ...note, from: first.from, to: last.to, count }]
}
