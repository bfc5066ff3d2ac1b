import { CutwaterError } from '../units/CutwaterError.ts'

/**
 * A random stream as a plain value: each draw is a function of (seed, stream, position) and of nothing else.
 *
 * The generator is Philox4x32-10, a keyed bijection of a counter (Salmon, Moraes, Dror and Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011). Give each path, token or route a stream of its own, and the
 * results are the same for any number of workers and any order of work. Drawing updates the value in place;
 * `structuredClone` keeps a moment, `jump` finds it again. Not for keys or secrets.
 */
export type Rng = {
  /** the seed, two signed 32-bit words */
  key0: number
  key1: number
  /** the upper half of the counter, two signed 32-bit words */
  stream0: number
  stream1: number
  /** the lower half of the counter: the block that is computed next, < 2^51 */
  block: number
  /** how many of the four buffered words are used up */
  used: number
  word0: number
  word1: number
  word2: number
  word3: number
}

/**
 * A stream at its first draw.
 *
 * @param seed whole number, 0 to 2^53 - 1
 * @param stream whole number, 0 to 2^53 - 1; streams of one seed are independent
 * @throws RNG_SEED_INVALID, RNG_STREAM_INVALID
 *
 * @example
 * Rng.uint32(Rng.create(0)) // 1713891541
 * Rng.uint32(Rng.create(0, 1)) // 2219120097
 */
export function create(seed: number, stream = 0): Rng {
  if (!isCount(seed)) throw numberInvalid('RNG_SEED_INVALID', 'seed', seed)
  if (!isCount(stream)) throw numberInvalid('RNG_STREAM_INVALID', 'stream', stream)
  return start(low(seed), high(seed), low(stream), high(stream))
}

/**
 * A child stream named by `label`; it depends on the parent's seed, stream and label, not on what was drawn.
 *
 * Two number labels of one parent never share a stream; other pairs meet with a chance of about 2^-128.
 *
 * @param label a whole number (a path, a day) or a text (a purpose)
 * @throws RNG_LABEL_INVALID
 *
 * @example
 * Rng.uint32(Rng.fork(Rng.create(7), 'prices')) // 1735928358
 */
export function fork(parent: Rng, label: number | string): Rng {
  const child = start(parent.key0, parent.key1, parent.stream0, parent.stream1)
  if (typeof label === 'number') {
    if (!isCount(label)) throw numberInvalid('RNG_LABEL_INVALID', 'label', label)
    absorb(child, numberDomain, low(label), high(label))
    return child
  }
  absorb(child, textDomain, label.length, 0)
  for (let i = 0; i < label.length; i += 4) {
    absorb(child, textDomain, twoUnits(label, i), twoUnits(label, i + 2))
  }
  return child
}

/** How many 32-bit words were drawn so far. */
export function position(rng: Rng): number {
  return rng.block * 4 - (4 - rng.used)
}

/**
 * Moves the stream to where `words` 32-bit words are drawn; returns the same value.
 *
 * @param words whole number, 0 to 2^53 - 1
 * @throws RNG_POSITION_INVALID
 *
 * @example
 * Rng.uint32(Rng.jump(Rng.create(0), 3)) // 2600524760
 */
export function jump(rng: Rng, words: number): Rng {
  if (!isCount(words)) throw numberInvalid('RNG_POSITION_INVALID', 'position', words)
  rng.block = Math.floor(words / 4)
  rng.used = 4
  if (words % 4 !== 0) {
    refill(rng)
    rng.used = words % 4
  }
  return rng
}

/**
 * Moves the value to the first draw of another stream of its seed, in place: for a loop over many paths, which would
 * otherwise make a value for each.
 *
 * @throws RNG_STREAM_INVALID
 *
 * @example
 * Rng.uint32(Rng.restart(Rng.create(0), 1)) // 2219120097
 */
export function restart(rng: Rng, stream: number): Rng {
  if (!isCount(stream)) throw numberInvalid('RNG_STREAM_INVALID', 'stream', stream)
  rng.stream0 = low(stream)
  rng.stream1 = high(stream)
  rng.block = 0
  rng.used = 4
  return rng
}

/** The next word: a whole number from 0 to 2^32 - 1, one word drawn. */
export function uint32(rng: Rng): number {
  const used = rng.used
  if (used === 4) {
    refill(rng)
    rng.used = 1
    return rng.word0 >>> 0
  }
  rng.used = used + 1
  return (used === 1 ? rng.word1 : used === 2 ? rng.word2 : rng.word3) >>> 0
}

/** A multiple of 2^-53 in [0, 1), two words drawn. */
export function uniform(rng: Rng): number {
  return bits53(rng) * 2 ** -53
}

/** An odd multiple of 2^-53, so never 0 and never 1: for quantile functions. Two words drawn. */
export function uniformOpen(rng: Rng): number {
  const upper = uint32(rng) >>> 6
  return (upper * 67_108_864 + (uint32(rng) >>> 6) + 0.5) * 2 ** -52
}

/** True with probability `p`, two words drawn. */
export function chance(rng: Rng, p: number): boolean {
  return uniform(rng) < p
}

/**
 * A whole number from 0 to n - 1, each equally likely: what would favour the small ones is drawn again.
 *
 * @param n whole number, 1 to 2^53 - 1
 * @throws RNG_RANGE_INVALID
 *
 * @example
 * Rng.integer(Rng.create(0), 6) // 1
 */
export function integer(rng: Rng, n: number): number {
  if (!isCount(n) || n === 0) throw numberInvalid('RNG_RANGE_INVALID', 'range', n, 1)
  const span = n <= 2 ** 32 ? 2 ** 32 : 2 ** 53
  const limit = span - (span % n)
  for (;;) {
    const draw = span === 2 ** 32 ? uint32(rng) : bits53(rng)
    if (draw < limit) return draw % n
  }
}

/**
 * One of `items`, each equally likely.
 *
 * @throws RNG_PICK_EMPTY
 *
 * @example
 * Rng.pick(Rng.create(0), ['near', 'mid', 'far']) // 'mid'
 */
export function pick<T>(rng: Rng, items: readonly T[]): T {
  if (items.length === 0)
    throw new CutwaterError('RNG_PICK_EMPTY', 'no items to pick from', { right: 'one item or more' })
  return items[integer(rng, items.length)]!
}

/**
 * A new array with `items` in random order, each order equally likely (Fisher and Yates).
 *
 * @example
 * Rng.shuffle(Rng.create(0), [1, 2, 3, 4]) // [4,1,3,2]
 */
export function shuffle<T>(rng: Rng, items: readonly T[]): T[] {
  const shuffled = items.slice()
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = integer(rng, last + 1)
    const moved = shuffled[last]!
    shuffled[last] = shuffled[other]!
    shuffled[other] = moved
  }
  return shuffled
}

/**
 * The block function itself: four counter words and two key words to four output words, all unsigned.
 *
 * @example
 * Rng.philox4x32([0, 0, 0, 0], [0, 0]) // [1713891541,3781805453,3159862348,2600524760]
 */
export function philox4x32(counter: Words4, key: readonly [number, number]): Words4 {
  const scratch = start(0, 0, 0, 0)
  encrypt(scratch, counter[0] | 0, counter[1] | 0, counter[2] | 0, counter[3] | 0, key[0] | 0, key[1] | 0)
  return [scratch.word0 >>> 0, scratch.word1 >>> 0, scratch.word2 >>> 0, scratch.word3 >>> 0]
}

export type Words4 = readonly [number, number, number, number]

function start(key0: number, key1: number, stream0: number, stream1: number): Rng {
  return { key0, key1, stream0, stream1, block: 0, used: 4, word0: 0, word1: 0, word2: 0, word3: 0 }
}

function refill(rng: Rng): void {
  const block = rng.block
  encrypt(rng, block | 0, (block / 2 ** 32) | 0, rng.stream0, rng.stream1, rng.key0, rng.key1)
  rng.block = block + 1
}

// Words are signed 32-bit integers throughout, which the engine keeps unboxed: a draw allocates nothing. The
// high half of a 64-bit product is put together from 16-bit halves, since `Math.imul` gives the low half only.
function encrypt(out: Rng, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  for (let round = 0; round < 10; round++) {
    const a = c0 & 0xffff
    const b = c0 >>> 16
    const ab = (Math.imul(b, 0x1f53) + (Math.imul(a, 0x1f53) >>> 16)) | 0
    const ba = (Math.imul(a, 0xd251) + (ab & 0xffff)) | 0
    const high0 = (Math.imul(b, 0xd251) + (ab >>> 16) + (ba >>> 16)) | 0

    const c = c2 & 0xffff
    const d = c2 >>> 16
    const cd = (Math.imul(d, 0x8d57) + (Math.imul(c, 0x8d57) >>> 16)) | 0
    const dc = (Math.imul(c, 0xcd9e) + (cd & 0xffff)) | 0
    const high1 = (Math.imul(d, 0xcd9e) + (cd >>> 16) + (dc >>> 16)) | 0

    const low0 = Math.imul(c0, 0xd2511f53)
    const low1 = Math.imul(c2, 0xcd9e8d57)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  out.word0 = c0
  out.word1 = c1
  out.word2 = c2
  out.word3 = c3
}

// A label goes in where the block number stands when drawing, under a key that no draw uses; the four words
// that come out name the child.
function absorb(rng: Rng, domain: number, label0: number, label1: number): void {
  encrypt(rng, label0, label1, rng.stream0, rng.stream1, rng.key0 ^ domain, rng.key1)
  rng.key0 = rng.word0
  rng.key1 = rng.word1
  rng.stream0 = rng.word2
  rng.stream1 = rng.word3
}

const numberDomain = 0x6e756d62
const textDomain = 0x74657874

function bits53(rng: Rng): number {
  const upper = uint32(rng) >>> 5
  return upper * 67_108_864 + (uint32(rng) >>> 6)
}

function twoUnits(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16)
}

function low(value: number): number {
  return value | 0
}

function high(value: number): number {
  return (value / 2 ** 32) | 0
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function numberInvalid(code: string, name: string, value: number, least = 0): CutwaterError {
  return new CutwaterError(code, `${name} is ${value}`, { right: `a whole number from ${least} to 2^53 - 1` })
}
