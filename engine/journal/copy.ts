/**
 * A copy of plain data that shares nothing with it: what `decode(encode(value))` gives, without the text between.
 *
 * Numbers, texts and the like are what they are; objects, lists, maps, sets and typed arrays are made anew.
 *
 * @example
 * copy({ seen: new Map([['a', [1n]]]) }) // { seen: new Map([['a', [1n]]]) }
 */
export function copy<Value>(value: Value): Value {
  return isObject(value) ? (copyObject(value) as Value) : value
}

function copyObject(value: object): object {
  if (Array.isArray(value)) return copyList(value)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [copy(key), copy(item)]))
  if (value instanceof Set) return new Set([...value].map(copy))
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice()
  return copyRecord(value as Record<string, unknown>)
}

function copyList(list: readonly unknown[]): unknown[] {
  const copied = list.slice()
  for (let at = 0; at < copied.length; at++)
    if (isObject(copied[at])) copied[at] = copyObject(copied[at] as object)
  return copied
}

function copyRecord(record: Readonly<Record<string, unknown>>): object {
  const copied = { ...record }
  for (const key in copied) if (isObject(copied[key])) copied[key] = copyObject(copied[key])
  return copied
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
