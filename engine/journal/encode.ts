import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/**
 * JSON text of plain data, state snapshots included; `decode` gives back an equal value.
 *
 * Beyond JSON it carries `bigint`, `undefined`, `NaN`, the infinities, `-0`, `Map`, `Set` and typed arrays,
 * each as an object with one key that begins with `$`; a key of the data that begins with `$` is written
 * with one `$` more. Keys, map entries and set members keep their order, because the order in which a state
 * is walked is part of how it goes on: so two states with the same contents in the same order have the same
 * text. An object that is reached twice is written twice, and comes back as two;
 * one without a prototype comes back as a plain one.
 *
 * @throws CutwaterError `CODEC_VALUE_UNSUPPORTED` with the path, for functions, symbols, class instances,
 * holes in arrays, and values that contain themselves
 *
 * @example
 * encode({ amount: 13n, rate: NaN }) // '{"amount":{"$bigint":"13"},"rate":{"$number":"NaN"}}'
 * encode(new Map([['a', new Set([1])]])) // '{"$map":[["a",{"$set":[1]}]]}'
 */
export function encode(value: unknown): string {
  return JSON.stringify(tag(value, { keys: [], holders: [] }))
}

/**
 * The value whose text `encode` wrote.
 *
 * @throws CutwaterError `CODEC_TEXT_MALFORMED` with the path, for anything else
 *
 * @example
 * decode('[{"$number":"-0"},{"$Float64Array":[0.5,"NaN"]}]') // [-0, new Float64Array([0.5, NaN])]
 */
export function decode(text: string): unknown {
  return untag(parse(text), [])
}

/** Where a walk stands: the keys it took and the objects it took them in. */
type Trail = { readonly keys: (string | number)[]; readonly holders: object[] }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

// Neither the engine's stack nor a reader's patience ends before this.
const deepest = 1_000

function tag(value: unknown, trail: Trail): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return isJsonNumber(value) ? value : { $number: numberName(value) }
    case 'bigint':
      return { $bigint: String(value) }
    case 'undefined':
      return { $undefined: true }
    case 'object':
      return value === null ? null : tagObject(value, trail)
    default:
      throw unsupported(trail, `a ${typeof value}`)
  }
}

function tagObject(value: object, trail: Trail): Json {
  if (trail.holders.includes(value)) throw unsupported(trail, 'a value that contains itself')
  if (trail.holders.length >= deepest) throw unsupported(trail, `nested deeper than ${deepest} levels`)
  trail.holders.push(value)
  const tagged = tagContents(value, trail)
  trail.holders.pop()
  return tagged
}

function tagContents(value: object, trail: Trail): Json {
  const prototype = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null)
    return tagRecord(value as Record<string, unknown>, trail)
  if (prototype === Array.prototype) return tagList(value as unknown[], trail)
  if (prototype === Map.prototype) return tagMap(value as Map<unknown, unknown>, trail)
  if (prototype === Set.prototype) return { $set: tagList([...(value as Set<unknown>)], trail) }
  const name = prototype.constructor?.name
  if (prototype === typedArrays.get(name)?.prototype) return { [`$${name}`]: numbersOf(value as Numbers) }
  throw unsupported(trail, `an instance of ${name}`)
}

function tagRecord(record: Record<string, unknown>, trail: Trail): Json {
  if (Object.getOwnPropertySymbols(record).length > 0)
    throw unsupported(trail, 'an object with a symbol as key')
  const tagged: { [key: string]: Json } = {}
  for (const key of Object.keys(record)) {
    trail.keys.push(key)
    put(tagged, key.startsWith('$') ? `$${key}` : key, tag(record[key], trail))
    trail.keys.pop()
  }
  return tagged
}

function tagList(list: readonly unknown[], trail: Trail): Json[] {
  const tagged: Json[] = []
  for (let index = 0; index < list.length; index++) {
    const item = list[index]
    trail.keys.push(index)
    if (item === undefined && !(index in list)) throw unsupported(trail, 'a hole in an array')
    tagged.push(tag(item, trail))
    trail.keys.pop()
  }
  return tagged
}

function tagMap(map: Map<unknown, unknown>, trail: Trail): Json {
  const pairs: Json[] = []
  for (const [key, value] of map) {
    trail.keys.push(typeof key === 'object' ? 'key' : String(key))
    pairs.push([tag(key, trail), tag(value, trail)])
    trail.keys.pop()
  }
  return { $map: pairs }
}

type Numbers = Iterable<number> | Iterable<bigint>

/** All elements are of one kind, so what JSON cannot say is plain text here. */
function numbersOf(values: Numbers): Json[] {
  return Array.from<number | bigint, Json>(values, (value) =>
    typeof value === 'number' && isJsonNumber(value) ? value : numberName(value),
  )
}

function isJsonNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function numberName(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw malformed([], cause instanceof Error ? cause.message : String(cause), 'JSON text')
  }
}

type Keys = (string | number)[]

/** Works in place: the tree was parsed for this call alone. */
function untag(value: Json, keys: Keys): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (keys.length > 2 * deepest) throw malformed([], 'nested too deep', 'what encode wrote')
  if (Array.isArray(value)) return untagList(value, keys)
  return untagRecord(value, keys)
}

function untagList(list: unknown[], keys: Keys): unknown[] {
  for (let index = 0; index < list.length; index++) {
    const item = list[index]
    if (typeof item !== 'object' || item === null) continue
    keys.push(index)
    list[index] = untag(item as Json, keys)
    keys.pop()
  }
  return list
}

function untagRecord(record: { [key: string]: Json }, keys: Keys): unknown {
  let escaped = false
  for (const key in record) {
    if (key.startsWith('$')) {
      if (!key.startsWith('$$')) return untagged(record, keys)
      escaped = true
    }
    const item = record[key]!
    if (typeof item !== 'object' || item === null) continue
    keys.push(key)
    put(record, key, untag(item, keys))
    keys.pop()
  }
  return escaped ? unescapeKeys(record) : record
}

function unescapeKeys(record: { [key: string]: unknown }): unknown {
  const plain: { [key: string]: unknown } = {}
  for (const key of Object.keys(record)) put(plain, key.startsWith('$') ? key.slice(1) : key, record[key])
  return plain
}

function untagged(record: { [key: string]: Json }, keys: Keys): unknown {
  const [key, ...others] = Object.keys(record)
  const name = key!.slice(1)
  const content = record[key!]!
  keys.push(key!)
  const untagContent = others.length > 0 ? undefined : (untaggers.get(name) ?? typedUntagger(name))
  if (!untagContent) throw malformed(keys, `no such tag as ${key}`, 'one tag that encode writes, alone')
  const value = untagContent(content, keys)
  keys.pop()
  return value
}

type Untagger = (content: Json, keys: Keys) => unknown

const untaggers = new Map<string, Untagger>([
  ['bigint', bigintOf],
  ['number', (content, keys) => numberOf(typeof content === 'string' ? content : null, keys)],
  ['undefined', (content, keys) => (content === true ? undefined : refuse(keys, content, 'true'))],
  ['set', (content, keys) => new Set(untagList(listOf(content, keys), keys))],
  ['map', mapOf],
])

function typedUntagger(name: string): Untagger | undefined {
  const typedArray = typedArrays.get(name)
  if (!typedArray) return undefined
  const elementOf: Untagger = name.startsWith('Big') ? bigintOf : numberOf
  return (content, keys) => typedArray.from(listOf(content, keys).map((item) => elementOf(item, keys)))
}

function mapOf(content: Json, keys: Keys): Map<unknown, unknown> {
  const pairs = listOf(content, keys)
  for (const pair of pairs) if (listOf(pair, keys).length !== 2) refuse(keys, pair, 'pairs of key and value')
  return new Map(untagList(pairs, keys) as [unknown, unknown][])
}

function listOf(content: Json, keys: Keys): Json[] {
  return Array.isArray(content) ? content : refuse(keys, content, 'a list')
}

function bigintOf(content: Json, keys: Keys): bigint {
  if (typeof content !== 'string' || !/^-?\d+$/.test(content))
    return refuse(keys, content, 'a whole number as text')
  return BigInt(content)
}

function numberOf(content: Json, keys: Keys): number {
  if (typeof content === 'number') return content
  if (content === 'NaN' || content === '-0' || content === 'Infinity' || content === '-Infinity')
    return Number(content)
  return refuse(keys, content, 'a number, or NaN, -0, Infinity or -Infinity as text')
}

type TypedArray = { readonly prototype: object; from(values: readonly unknown[]): object }

const typedArrays = new Map<string, TypedArray>(
  [
    Float64Array,
    Float32Array,
    Int8Array,
    Int16Array,
    Int32Array,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
    BigInt64Array,
    BigUint64Array,
  ].map((typedArray) => [typedArray.name, typedArray as unknown as TypedArray]),
)

/** Sets a property of its own even where the key is `__proto__`, which an assignment would take as the prototype. */
function put(record: { [key: string]: unknown }, key: string, value: unknown): void {
  if (key !== '__proto__') record[key] = value
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
}

function pathOf(keys: Keys): string {
  return `$${keys.map((key) => (/^[A-Za-z_]\w*$/.test(String(key)) ? `.${key}` : `[${JSON.stringify(key)}]`)).join('')}`
}

function unsupported(trail: Trail, what: string): CutwaterError {
  return new CutwaterError('CODEC_VALUE_UNSUPPORTED', `${what} cannot be written as text`, {
    where: pathOf(trail.keys),
    right: 'plain data: objects, arrays, maps, sets, typed arrays, numbers, bigints, strings',
  })
}

function malformed(keys: Keys, what: string, right: string): CutwaterError {
  return new CutwaterError('CODEC_TEXT_MALFORMED', what, { where: pathOf(keys), right })
}

function refuse(keys: Keys, content: unknown, right: string): never {
  throw malformed(keys, `holds ${JSON.stringify(content)?.slice(0, 80)}`, right)
}
