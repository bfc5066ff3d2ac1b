/**
 * A copy of plain data that shares nothing with it that can be changed: what `decode(encode(value))` gives, without
 * the text.
 *
 * @example
 * copy({ queue: [1, 2], sent: new Map([['a', 1]]) }) // { queue: [1, 2], sent: new Map([['a', 1]]) }
 */
export function copy<T>(value: T): T {
  return copyOf(value) as T
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf)
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [copyOf(key), copyOf(each)]))
  if (value instanceof Set) return new Set([...value].map(copyOf))
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice()
  const own: { [name: string]: unknown } = {}
  for (const name of Object.keys(value)) own[name] = copyOf((value as typeof own)[name])
  return own
}
