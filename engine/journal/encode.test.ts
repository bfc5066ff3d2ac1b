import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, encode } from './encode.ts'
import { states } from './plainData.fixture.ts'

describe('decode(encode(x))', () => {
  test('is x, for any plain data', () => {
    fc.assert(
      fc.property(states, (state) => {
        // Node's own equality: it tells -0 from 0, looks at prototypes, and a key named constructor is only a key.
        expect(isDeepStrictEqual(decode(encode(state)), state)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('walks in the order of x: encode(decode(encode(x))) = encode(x)', () => {
    fc.assert(
      fc.property(states, (state) => {
        const text = encode(state)
        expect(encode(decode(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('is -0 for -0, alone, in arrays and in typed arrays, which equality of numbers would not see', () => {
    expect(Object.is(decode(encode(-0)), -0)).toBe(true)
    expect(Object.is((decode(encode([-0])) as number[])[0], -0)).toBe(true)
    expect(Object.is((decode(encode(new Float64Array([-0]))) as Float64Array)[0], -0)).toBe(true)
  })

  test('keeps the bits of every double', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true }), (values) => {
        const back = decode(encode(values)) as Float64Array
        expect(new BigUint64Array(back.buffer)).toEqual(new BigUint64Array(values.slice().buffer))
      }),
    )
  })

  test('does not touch the value that is encoded', () => {
    const state = Object.freeze({
      list: Object.freeze([1n, undefined]),
      map: new Map([[1, Object.freeze({ $a: 1 })]]),
    })
    expect(decode(encode(state))).toStrictEqual(state)
  })

  test('gives two objects where one was reached twice', () => {
    const shared = { n: 1 }
    const [a, b] = decode(encode([shared, shared])) as object[]
    expect(a).toEqual(b)
    expect(a).not.toBe(b)
  })

  test('gives a plain object where one had no prototype', () => {
    expect(decode(encode(Object.assign(Object.create(null), { a: 1n })))).toStrictEqual({ a: 1n })
  })

  test('keeps __proto__ as a key and no prototype is changed by it', () => {
    const text = '{"__proto__":{"$map":[["a",1]]},"b":2}'
    const back = decode(text) as object
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
    expect(Object.keys(back)).toEqual(['__proto__', 'b'])
    expect(encode(back)).toBe(text)
  })
})

describe('the text', () => {
  test('is JSON of a stable form', () => {
    expect(encode({ amount: 13n, rate: Number.NaN })).toBe(
      '{"amount":{"$bigint":"13"},"rate":{"$number":"NaN"}}',
    )
    expect(encode([undefined, -0, new Float64Array([0.1, -Infinity])])).toBe(
      '[{"$undefined":true},{"$number":"-0"},{"$Float64Array":[0.1,"-Infinity"]}]',
    )
    expect(encode({ $n: 1, m: new Map([['k', new Set([2n])]]) })).toBe(
      '{"$$n":1,"m":{"$map":[["k",{"$set":[{"$bigint":"2"}]}]]}}',
    )
  })

  test('is the same for a copy of the state, made at another time in the same order', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(encode(structuredClone(state))).toBe(encode(state))
      }),
    )
  })

  test('is plain JSON for plain JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('"$') && !hasMinusZero(value))
        expect(encode(value)).toBe(JSON.stringify(value))
      }),
    )
  })
})

describe('what cannot be written is refused with its path', () => {
  class Wallet {}
  const cycle: Record<string, unknown> = { name: 'x' }
  cycle.back = [cycle]
  const cyclicMap = new Map<string, unknown>()
  cyclicMap.set('self', cyclicMap)

  test.each([
    [{ a: [0, { run: () => 1 }] }, '$.a[1].run: a function'],
    [{ 'two words': Symbol('s') }, '$["two words"]: a symbol'],
    [{ a: new Wallet() }, '$.a: an instance of Wallet'],
    [new Map([['k', [new (class extends Map {})()]]]), '$.k[0]: an instance of '],
    [{ at: Object.create({ inherited: 1 }) }, '$.at: an instance of Object'],
    [{ when: /x/ }, '$.when: an instance of RegExp'],
    [[Promise.resolve()], '$[0]: an instance of Promise'],
    [new Set([{ b: new WeakMap() }]), '$[0].b: an instance of WeakMap'],
    [{ bytes: Buffer.from('x') }, '$.bytes: an instance of Buffer'],
    [{ [Symbol('s')]: 1 }, '$: an object with a symbol as key'],
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is refused
    [{ list: [1, , 3] }, '$.list[1]: a hole in an array'],
    [cycle, '$.back[0]: a value that contains itself'],
    [cyclicMap, '$.self: a value that contains itself'],
    [nested(5_000), ': nested deeper than 1000 levels'],
  ])('%#', (value, what) => {
    expect(() => encode(value)).toThrow(what)
    expect(() => encode(value)).toThrow('[CODEC_VALUE_UNSUPPORTED]')
  })

  test('a thousand levels are written and read', () => {
    expect(decode(encode(nested(1_000)))).toEqual(nested(1_000))
  })
})

describe('text that encode did not write is refused with its path', () => {
  test.each([
    ['{"a":', '$: '],
    ['', '$: '],
    ['{"a":[{"$bigint":"1.5"}]}', '$.a[0]["$bigint"]: holds "1.5"'],
    ['{"$bigint":7}', '$["$bigint"]: holds 7'],
    ['{"$number":"1"}', '$["$number"]: holds "1"'],
    ['{"$number":1}', '$["$number"]: holds null'],
    ['{"$undefined":false}', '$["$undefined"]: holds false'],
    ['{"$map":[["a"]]}', '$["$map"]: holds ["a"]'],
    ['{"$map":[{"$bigint":"1"}]}', '$["$map"]: holds {"$bigint":"1"}'],
    ['{"$set":{}}', '$["$set"]: holds {}'],
    ['{"$Float64Array":["1"]}', '$["$Float64Array"]: holds "1"'],
    ['{"$BigInt64Array":[1]}', '$["$BigInt64Array"]: holds 1'],
    ['{"$Date":0}', '$["$Date"]: no such tag as $Date'],
    ['{"$constructor":0}', 'no such tag as $constructor'],
    ['{"a":1,"$bigint":"1"}', 'one tag that encode writes, alone'],
    [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, '$: nested too deep'],
  ])('%s', (text, what) => {
    expect(() => decode(text)).toThrow(what)
    expect(() => decode(text)).toThrow('[CODEC_TEXT_MALFORMED]')
  })
})

function nested(levels: number): unknown {
  let value: unknown = []
  for (let level = 1; level < levels; level++) value = [value]
  return value
}

function hasMinusZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasMinusZero)
  return Object.is(value, -0)
}
