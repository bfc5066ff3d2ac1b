/**
 * Plain data of one shape that changes from place to place, kept as what changed: a column for each of its leaves, and
 * for each of its lists what was taken out and put in. Any place can be read.
 */
export type Changes = Leaf | List | Fields

/** A leaf, and the places from which on it has another value. */
type Leaf = { readonly kind: 'leaf'; readonly places: number[]; readonly values: Plain[] }

/** A list, and the places at which something in it gives way to something else. */
type List = { readonly kind: 'list'; readonly places: number[]; readonly splices: Splice[] }

type Splice = readonly [from: number, removed: number, inserted: readonly Plain[]]

type Fields = { readonly kind: 'fields'; readonly fields: { readonly [name: string]: Changes } }

/** Data without methods; its objects have the same keys at every place. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain }

/**
 * Columns for data of the shape of an example, with nothing in them yet.
 *
 * @example
 * Changes.create({ legs: 0 }) // { kind: 'fields', fields: { legs: { kind: 'leaf', places: [], values: [] } } }
 */
export function create(example: Plain): Changes {
  if (Array.isArray(example)) return { kind: 'list', places: [], splices: [] }
  if (!isRecord(example)) return { kind: 'leaf', places: [], values: [] }
  const fields = Object.entries(example).map(([name, value]) => [name, create(value)] as const)
  return { kind: 'fields', fields: Object.fromEntries(fields) }
}

/**
 * Notes how the data is from a place on, where it is not as it was before.
 *
 * @param place above all that was noted before
 * @param before what was noted last; undefined at the first place
 */
export function note(changes: Changes, place: number, before: Plain, now: Plain): void {
  switch (changes.kind) {
    case 'leaf':
      if (changes.places.length > 0 && Object.is(before, now)) return
      changes.places.push(place)
      changes.values.push(now)
      return
    case 'list':
      noteList(
        changes,
        place,
        before === undefined ? nothing : (before as readonly Plain[]),
        now as readonly Plain[],
      )
      return
    case 'fields':
      for (const name in changes.fields) {
        const was = before === undefined ? undefined : (before as Record)[name]
        note(changes.fields[name]!, place, was, (now as Record)[name])
      }
  }
}

/**
 * The data as it is at a place.
 *
 * @example
 * const changes = Changes.create({ legs: 0, pauses: ['one'] })
 * Changes.note(changes, 0, undefined, { legs: 1, pauses: [] })
 * Changes.note(changes, 1, { legs: 1, pauses: [] }, { legs: 1, pauses: ['route'] })
 * Changes.read(changes, 1) // { legs: 1, pauses: ['route'] }
 */
export function read(changes: Changes, place: number): Plain {
  switch (changes.kind) {
    case 'leaf':
      return changes.values[countUpTo(changes, place) - 1]
    case 'list': {
      const list: Plain[] = []
      const count = countUpTo(changes, place)
      for (const [from, removed, inserted] of changes.splices.slice(0, count))
        list.splice(from, removed, ...inserted)
      return list
    }
    case 'fields': {
      const fields = Object.entries(changes.fields).map(([name, each]) => [name, read(each, place)] as const)
      return Object.fromEntries(fields)
    }
  }
}

/** Forgets what was noted from a place on. */
export function cut(changes: Changes, place: number): void {
  if (changes.kind === 'fields') {
    for (const each of Object.values(changes.fields)) cut(each, place)
    return
  }
  const count = countUpTo(changes, place - 1)
  changes.places.length = count
  if (changes.kind === 'leaf') changes.values.length = count
  else changes.splices.length = count
}

type Record = { readonly [name: string]: Plain }

const nothing: readonly Plain[] = []

function countUpTo({ places }: Leaf | List, place: number): number {
  return places.findLastIndex((each) => each <= place) + 1
}

// What stands at the beginning and at the end of both lists stays; what lies between gives way.
function noteList(
  { places, splices }: List,
  place: number,
  before: readonly Plain[],
  now: readonly Plain[],
): void {
  const shorter = Math.min(before.length, now.length)
  let from = 0
  while (from < shorter && isSame(before[from], now[from])) from += 1
  if (from === before.length && from === now.length) return
  let after = 0
  while (after < shorter - from && isSame(before[before.length - 1 - after], now[now.length - 1 - after]))
    after += 1
  places.push(place)
  splices.push([from, before.length - after - from, now.slice(from, now.length - after)])
}

function isSame(a: Plain, b: Plain): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]))
  if (!isRecord(a) || !isRecord(b)) return false
  for (const name in a) if (!isSame(a[name], b[name])) return false
  return true
}

function isRecord(value: Plain): value is Record {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
