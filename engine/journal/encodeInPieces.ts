import { encode } from './encode.ts'

/**
 * The text of `encode` piece by piece, so that nobody has to wait for that of a large state: lists and records are walked
 * so many levels deep, and what lies below comes whole.
 *
 * @throws CutwaterError what `encode` throws, with the path from where a piece begins
 *
 * @example
 * [...encodeInPieces({ seen: [1n, 2] }, 2)].join('') // '{"seen":[{"$bigint":"1"},2]}'
 */
export function* encodeInPieces(value: unknown, depth: number): Generator<string> {
  if (depth > 0 && Array.isArray(value)) yield* listInPieces(value, depth - 1)
  else if (depth > 0 && isRecord(value)) yield* recordInPieces(value, depth - 1)
  else yield encode(value)
}

function* listInPieces(list: readonly unknown[], depth: number): Generator<string> {
  yield '['
  for (const [at, item] of list.entries()) {
    if (at > 0) yield ','
    yield* encodeInPieces(item, depth)
  }
  yield ']'
}

function* recordInPieces(record: Readonly<Record<string, unknown>>, depth: number): Generator<string> {
  let before = '{'
  for (const key of Object.keys(record)) {
    yield `${before}${JSON.stringify(key.startsWith('$') ? `$${key}` : key)}:`
    yield* encodeInPieces(record[key], depth)
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
