import type { UnixTime } from '../../units/UnixTime.ts'

/** Something about the data that whoever relies on it should know; the same thing on many days is one note. */
export type Note = {
  readonly kind: Kind
  /** stable, such as `settle-zero` */
  readonly code: string
  /** what was found, and what was done about it */
  readonly what: string
  /** the first place: a file, with the line where it has one */
  readonly where: string
  readonly from: UnixTime
  readonly to: UnixTime
  readonly count: number
}

/**
 * - `repair`: a value was mended or left out
 * - `gap`: something is not there
 * - `outlier`: a value is far from its neighbours; it was kept
 * - `trap`: all is as published, and easily misread
 */
export type Kind = 'repair' | 'gap' | 'outlier' | 'trap'

export const kinds: readonly Kind[] = ['repair', 'gap', 'outlier', 'trap']

/** Notes as they are gathered, by their code and words. */
export type Notes = Map<string, Note>

export type Sighting = Pick<Note, 'kind' | 'code' | 'what' | 'where'> & { readonly at: UnixTime }

/**
 * Adds one sighting: a new note, or one more of the same.
 *
 * @example
 * const notes = new Map()
 * const zero = { kind: 'repair', code: 'settle-zero', what: 'a settle of zero was left out', where: 'vx.csv:7' }
 * Note.add(notes, { ...zero, at: 1_584_316_800 })
 * Note.add(notes, { ...zero, at: 1_584_403_200, where: 'vx.csv:9' })
 * Note.all(notes).map(({ where, from, to, count }) => [where, from, to, count]) // [['vx.csv:7', 1584316800, 1584403200, 2]]
 */
export function add(notes: Notes, { at, ...seen }: Sighting): void {
  const key = `${seen.code} ${seen.what}`
  const before = notes.get(key)
  if (before === undefined) {
    notes.set(key, { ...seen, from: at, to: at, count: 1 })
    return
  }
  const span = { from: Math.min(before.from, at), to: Math.max(before.to, at) }
  notes.set(key, { ...before, ...span, count: before.count + 1 })
}

/** The notes gathered, by kind and then by time. */
export function all(notes: Notes): readonly Note[] {
  return sorted([...notes.values()])
}

/** The same notes, by kind and then by time. */
export function sorted(notes: readonly Note[]): readonly Note[] {
  return [...notes].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.from - b.from || (a.code < b.code ? -1 : 1),
  )
}
