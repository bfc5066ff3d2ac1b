import type { BridgeEvent } from './BridgeEvent.ts'
import { noKey } from './MessageId.ts'

/**
 * The out legs that wait for their in leg, by message id; an id that was used twice has several.
 *
 * A hash table with open addressing, twice the size of the most that ever waited: a leg stands at its key's home or as close behind it as
 * there was room, and when one leaves, those behind it move up. So the legs of one id stand in the order they came.
 */
export type OpenLegs = {
  /** key of the leg at each place; `noKey` where there is none */
  keys: Float64Array
  legs: (BridgeEvent | null)[]
  size: number
}

/** The place of what is not there. */
export const nowhere = -1

export function create(): OpenLegs {
  return { ...places(64), size: 0 }
}

export function add(open: OpenLegs, key: number, leg: BridgeEvent): void {
  if (2 * (open.size + 1) > open.keys.length) grow(open)
  put(open, key, leg)
  open.size += 1
}

/** The place of the oldest leg of an id, `nowhere` when none waits. */
export function first(open: OpenLegs, key: number, message: string): number {
  return from(open, homeOf(key, open.keys.length), key, message)
}

/** The place of the leg of the same id that came next after the one at `place`. */
export function next(open: OpenLegs, place: number, key: number, message: string): number {
  return from(open, after(place, open.keys.length), key, message)
}

/** Takes the leg at a place out; places found before mean nothing any more. */
export function remove(open: OpenLegs, place: number): void {
  closeUp(open, place)
  open.size -= 1
}

function from({ keys, legs }: OpenLegs, start: number, key: number, message: string): number {
  for (let place = start; keys[place] !== noKey; place = after(place, keys.length)) {
    if (keys[place] === key && (key > noKey || legs[place]!.message === message)) return place
  }
  return nowhere
}

function put({ keys, legs }: OpenLegs, key: number, leg: BridgeEvent): void {
  let place = homeOf(key, keys.length)
  while (keys[place] !== noKey) place = after(place, keys.length)
  keys[place] = key
  legs[place] = leg
}

// Backward shift: whoever may stand in the gap, because his home is not behind it, moves there and leaves the next.
function closeUp({ keys, legs }: OpenLegs, place: number): void {
  const last = keys.length - 1
  let gap = place
  for (let at = after(gap, keys.length); keys[at] !== noKey; at = after(at, keys.length)) {
    if (((at - homeOf(keys[at]!, keys.length)) & last) < ((at - gap) & last)) continue
    keys[gap] = keys[at]!
    legs[gap] = legs[at]!
    gap = at
  }
  keys[gap] = noKey
  legs[gap] = null
}

function grow(open: OpenLegs): void {
  const { keys, legs } = open
  Object.assign(open, places(2 * keys.length))
  // From behind a free place on: then a row of legs that runs over the end is taken from its beginning.
  const free = keys.indexOf(noKey)
  for (let i = 1; i < keys.length; i++) {
    const place = (free + i) % keys.length
    if (keys[place] !== noKey) put(open, keys[place]!, legs[place]!)
  }
}

function places(length: number): Pick<OpenLegs, 'keys' | 'legs'> {
  return { keys: new Float64Array(length).fill(noKey), legs: new Array(length).fill(null) }
}

// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the upper bits of a product with 2^32 ÷ φ, so
// that ids in a row, or in steps of any size, spread. The length is a power of two.
function homeOf(key: number, length: number): number {
  const folded = key ^ (key * 2 ** -32)
  return Math.imul(folded, 0x9e3779b1) >>> (Math.clz32(length) + 1)
}

function after(place: number, length: number): number {
  return (place + 1) & (length - 1)
}
