/**
 * A copy of plain data that shares nothing with it: what `decode(encode(value))` gives, without the text between.
 *
 * Numbers, texts and the like are what they are; objects, lists, maps, sets and typed arrays are made anew.
 *
 * @example
 * copy({ seen: new Map([['a', [1n]]]) }) // { seen: new Map([['a', [1n]]]) }
 */
export function copy<Value>(value: Value): Value {
  const copying = begin(value)
  goOn(copying, Number.POSITIVE_INFINITY)
  return copying.copied
}

/** A copy that is being made a piece at a time. Until it is whole, what it is made of must stand still. */
export type Copying<Value> = {
  /** shares with the original what is still to do */
  readonly copied: Value
  readonly work: Work
}

type Work = {
  /** objects and lists of the copy whose parts are still those of the original */
  readonly todo: object[]
  readonly isShared: IsShared
}

/** Whether an object never changes, so that a copy may have the same. */
export type IsShared = (value: object) => boolean

/** Begins a copy that `goOn` makes whole. */
export function begin<Value>(value: Value, isShared: IsShared = () => false): Copying<Value> {
  const work = { todo: [], isShared }
  return { copied: shallow(value, work), work }
}

/**
 * Copies so many objects or lists more.
 *
 * @returns whether the copy is whole
 */
export function goOn({ work }: Copying<unknown>, pieces: number): boolean {
  for (let done = 0; done < pieces && work.todo.length > 0; done++) deepen(work.todo.pop()!, work)
  return work.todo.length === 0
}

function deepen(copied: object, work: Work): void {
  if (Array.isArray(copied)) {
    for (let at = 0; at < copied.length; at++)
      if (isObject(copied[at])) copied[at] = shallow(copied[at], work)
    return
  }
  const record = copied as Record<string, unknown>
  for (const key in record) if (isObject(record[key])) record[key] = shallow(record[key], work)
}

function shallow<Value>(value: Value, work: Work): Value
function shallow(value: unknown, work: Work): unknown {
  if (!isObject(value) || work.isShared(value)) return value
  if (value instanceof Map) return shallowMap(value, work)
  if (value instanceof Set) return shallowSet(value, work)
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice()
  const copied = Array.isArray(value) ? value.slice() : { ...value }
  work.todo.push(copied)
  return copied
}

// A map made of a map, or a set of a set, is several times faster than one made of its items; keys are rarely objects.
function shallowMap(map: ReadonlyMap<unknown, unknown>, work: Work): Map<unknown, unknown> {
  const copied = new Map(map)
  for (const [key, item] of copied) {
    if (isObject(key)) return new Map([...map].map((pair) => pair.map((each) => shallow(each, work)) as Pair))
    if (isObject(item)) copied.set(key, shallow(item, work))
  }
  return copied
}

type Pair = [unknown, unknown]

function shallowSet(set: ReadonlySet<unknown>, work: Work): Set<unknown> {
  const copied = new Set(set)
  for (const item of copied) if (isObject(item)) return new Set([...set].map((each) => shallow(each, work)))
  return copied
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
