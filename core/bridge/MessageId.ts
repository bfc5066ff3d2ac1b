/**
 * A message id as a whole number, or NaN when it is none.
 *
 * @example
 * MessageId.numberOf('5078') // 5078
 * MessageId.numberOf('0x13d6') // NaN
 */
export function numberOf(id: string): number {
  if (id.length > 15 || id.length === 0) return Number.NaN
  let value = 0
  for (let i = 0; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/**
 * The number an id is looked up by: a whole number is its own key; any other text has one below `noKey`, which
 * another text may share.
 *
 * @example
 * MessageId.keyOf('5078') // 5078
 * MessageId.keyOf('a') // -3826002222
 */
export function keyOf(id: string): number {
  const number = numberOf(id)
  return Number.isNaN(number) ? noKey - 1 - hashOf(id) : number
}

/** What is the key of no id. */
export const noKey = -1

// FNV-1a over UTF-16 units, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
