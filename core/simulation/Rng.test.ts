import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Rng from './Rng.ts'

const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

// Random123 1.14, tests/kat_vectors (https://github.com/DEShawResearch/random123), lines `philox4x32 10`:
// four counter words, two key words, four words of the answer.
const knownAnswers = `
  00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8
  ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd
  243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1`

describe('the block function', () => {
  test.each(knownAnswers.trim().split('\n'))('gives the published answer for %s', (line) => {
    const [c0, c1, c2, c3, k0, k1, ...answer] = line
      .trim()
      .split(/\s+/)
      .map((word) => Number.parseInt(word, 16))
    expect(Rng.philox4x32([c0!, c1!, c2!, c3!], [k0!, k1!])).toEqual(answer)
  })

  test('law: it equals the rounds of the paper in exact integers', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff })
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(Rng.philox4x32(counter, key)).toEqual(philoxInBigInts(counter, key))
      }),
    )
  })
})

describe('a stream', () => {
  test('gives the blocks of its counter in order, the seed as key and the stream above the block number', () => {
    const seed = 5 * 2 ** 32 + 6
    const stream = 7 * 2 ** 32 + 8
    const blocks = [0, 1, 2].flatMap((block) => Rng.philox4x32([block, 0, 8, 7], [6, 5]))
    expect(draw(Rng.create(seed, stream), 12)).toEqual(blocks)
  })

  test('law: the same seed and stream give the same draws', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, stream) => {
        expect(draw(Rng.create(seed, stream), 9)).toEqual(draw(Rng.create(seed, stream), 9))
      }),
    )
  })

  test('law: another seed, or another stream, gives other draws', () => {
    fc.assert(
      fc.property(seeds, seeds, seeds, (seed, stream, other) => {
        fc.pre(other !== seed && other !== stream)
        const draws = draw(Rng.create(seed, stream), 4)
        expect(draw(Rng.create(other, stream), 4)).not.toEqual(draws)
        expect(draw(Rng.create(seed, other), 4)).not.toEqual(draws)
      }),
    )
  })

  test('law: drawing from one stream changes no other, in any interleaving', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.boolean(), { maxLength: 40 }), (seed, turns) => {
        const [one, two] = [Rng.create(seed, 1), Rng.create(seed, 2)]
        const fromOne: number[] = []
        const fromTwo: number[] = []
        for (const first of turns) first ? fromOne.push(Rng.uint32(one)) : fromTwo.push(Rng.uint32(two))
        expect(fromOne).toEqual(draw(Rng.create(seed, 1), fromOne.length))
        expect(fromTwo).toEqual(draw(Rng.create(seed, 2), fromTwo.length))
      }),
    )
  })

  test('law: jumping to a position is drawing up to it', () => {
    fc.assert(
      fc.property(seeds, fc.nat(50), (seed, words) => {
        const drawn = Rng.create(seed)
        draw(drawn, words)
        const jumped = Rng.jump(Rng.create(seed), words)
        expect(Rng.position(drawn)).toBe(words)
        expect(Rng.position(jumped)).toBe(words)
        expect(draw(jumped, 9)).toEqual(draw(drawn, 9))
      }),
    )
  })

  test('crosses 2^32 blocks without a seam', () => {
    const rng = Rng.jump(Rng.create(3), (2 ** 32 - 1) * 4)
    expect(draw(rng, 8)).toEqual([
      ...Rng.philox4x32([0xffffffff, 0, 0, 0], [3, 0]),
      ...Rng.philox4x32([0, 1, 0, 0], [3, 0]),
    ])
  })

  test('is a plain value: a structured clone goes its own way', () => {
    const rng = Rng.create(11)
    draw(rng, 5)
    const copy = structuredClone(rng)
    expect(draw(copy, 7)).toEqual(draw(rng, 7))
    expect(JSON.parse(JSON.stringify(rng))).toEqual(rng)
  })
})

describe('a fork', () => {
  const labels = fc.oneof(seeds, fc.string({ maxLength: 12 }))

  test('law: it does not depend on what the parent has drawn', () => {
    fc.assert(
      fc.property(seeds, labels, fc.nat(20), (seed, label, words) => {
        const parent = Rng.create(seed)
        const early = Rng.fork(parent, label)
        draw(parent, words)
        expect(draw(Rng.fork(parent, label), 8)).toEqual(draw(early, 8))
      }),
    )
  })

  test('law: two labels, a number and its text among them, give two streams', () => {
    fc.assert(
      fc.property(seeds, labels, labels, (seed, label, other) => {
        fc.pre(label !== other)
        const parent = Rng.create(seed)
        expect(draw(Rng.fork(parent, label), 4)).not.toEqual(draw(Rng.fork(parent, other), 4))
      }),
    )
  })

  test('is not what the parent draws, and no label is not label zero', () => {
    const parent = Rng.create(4)
    const { key0, key1, stream0, stream1 } = Rng.fork(parent, 0)
    expect([key0, key1, stream0, stream1].map((word) => word >>> 0)).not.toEqual(draw(Rng.create(4), 4))
    expect(Rng.fork(parent, 0)).not.toEqual(Rng.fork(parent, ''))
  })

  test('of four thousand paths shows no correlation between neighbours', () => {
    const parent = Rng.create(2024)
    const firsts = Array.from({ length: 4_000 }, (_, path) => Rng.uniform(Rng.fork(parent, path)) - 0.5)
    let sum = 0
    for (let i = 1; i < firsts.length; i++) sum += firsts[i]! * firsts[i - 1]!
    // the product of two centred uniforms has standard deviation 1/12
    expect(Math.abs(sum) / (Math.sqrt(3_999) / 12)).toBeLessThan(4)
  })
})

describe('whole numbers', () => {
  test('law: integer lies in its range', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed, n) => {
        const value = Rng.integer(Rng.create(seed), n)
        expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true)
      }),
    )
  })

  test.each([2, 6, 10, 37])('chi-square of 60,000 integers below %i is ordinary', (n) => {
    const rng = Rng.create(99, n)
    const counts = new Array<number>(n).fill(0)
    for (let i = 0; i < 60_000; i++) counts[Rng.integer(rng, n)]!++
    expect(chiSquareScore(counts, 60_000 / n)).toBeLessThan(4)
  })

  test('a range that does not divide 2^32 is not biased to its lower part', () => {
    // modulo alone would put 2/3 of the draws of 3/4 * 2^32 into the lower third
    const n = 3 * 2 ** 30
    const rng = Rng.create(5)
    const counts = [0, 0, 0]
    for (let i = 0; i < 30_000; i++) counts[Math.floor(Rng.integer(rng, n) / 2 ** 30)]!++
    expect(chiSquareScore(counts, 10_000)).toBeLessThan(4)
  })

  test('a range beyond 2^32 reaches its whole width', () => {
    const rng = Rng.create(6)
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < 20_000; i++) counts[Math.floor(Rng.integer(rng, 2 ** 52) / 2 ** 50)]!++
    expect(chiSquareScore(counts, 5_000)).toBeLessThan(4)
  })
})

describe('reals', () => {
  test('uniform fills 100 bins evenly and its moments are those of [0, 1)', () => {
    const rng = Rng.create(17)
    const counts = new Array<number>(100).fill(0)
    let sum = 0
    let squares = 0
    for (let i = 0; i < 100_000; i++) {
      const u = Rng.uniform(rng)
      counts[Math.floor(u * 100)]!++
      sum += u
      squares += u * u
    }
    expect(chiSquareScore(counts, 1_000)).toBeLessThan(4)
    expect(Math.abs(sum / 1e5 - 1 / 2)).toBeLessThan(4 / Math.sqrt(12 * 1e5))
    expect(Math.abs(squares / 1e5 - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / 1e5))
  })

  test('law: uniform and uniformOpen keep to their intervals at the extreme words', () => {
    const extremes = { ...Rng.create(0), used: 0 }
    for (const word of [0, -1]) {
      const rng = { ...extremes, used: 1, word1: word, word2: word, word3: word }
      const open = Rng.uniformOpen({ ...rng })
      const half = Rng.uniform({ ...rng })
      expect(open > 0 && open < 1).toBe(true)
      expect(half >= 0 && half < 1).toBe(true)
    }
  })
})

describe('picking', () => {
  test('law: a shuffle has the same items and leaves its input alone', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
        const before = [...items]
        const shuffled = Rng.shuffle(Rng.create(seed), items)
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
        expect(items).toEqual(before)
      }),
    )
  })

  test('all 24 orders of four items are equally likely', () => {
    const rng = Rng.create(8)
    const counts = new Map<string, number>()
    for (let i = 0; i < 24_000; i++) {
      const order = Rng.shuffle(rng, [1, 2, 3, 4]).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    expect(chiSquareScore([...counts.values()], 1_000)).toBeLessThan(4)
  })

  test('chance comes true as often as it says', () => {
    const rng = Rng.create(12)
    let hits = 0
    for (let i = 0; i < 50_000; i++) if (Rng.chance(rng, 0.2)) hits++
    expect(Math.abs(hits - 10_000)).toBeLessThan(4 * Math.sqrt(50_000 * 0.2 * 0.8))
  })
})

test.each([
  ['RNG_SEED_INVALID', () => Rng.create(-1)],
  ['RNG_SEED_INVALID', () => Rng.create(2 ** 53)],
  ['RNG_STREAM_INVALID', () => Rng.create(1, 0.5)],
  ['RNG_LABEL_INVALID', () => Rng.fork(Rng.create(1), Number.NaN)],
  ['RNG_POSITION_INVALID', () => Rng.jump(Rng.create(1), -4)],
  ['RNG_RANGE_INVALID', () => Rng.integer(Rng.create(1), 0)],
  ['RNG_PICK_EMPTY', () => Rng.pick(Rng.create(1), [])],
])('%s is thrown for what it names', (code, act) => {
  expect(act).toThrow(expect.objectContaining({ code }))
})

function draw(rng: Rng.Rng, count: number): number[] {
  return Array.from({ length: count }, () => Rng.uint32(rng))
}

/** Chi-square against equal counts, as distance from its mean in standard deviations. */
function chiSquareScore(counts: readonly number[], expected: number): number {
  const freedom = counts.length - 1
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom)
}

function philoxInBigInts(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint]
  let [k0, k1] = key.map(BigInt) as [bigint, bigint]
  for (let round = 0; round < 10; round++) {
    const first = c0 * 0xd2511f53n
    const second = c2 * 0xcd9e8d57n
    ;[c0, c1, c2, c3] = [(second >> 32n) ^ c1 ^ k0, second & mask, (first >> 32n) ^ c3 ^ k1, first & mask]
    k0 = (k0 + 0x9e3779b9n) & mask
    k1 = (k1 + 0xbb67ae85n) & mask
  }
  return [c0, c1, c2, c3].map(Number)
}
