/**
 * The newest `limit` keys, each with a place from 0 to `limit - 1`; one more takes the place of the key that came first.
 *
 * Who keeps values of the keys keeps them in lists, by place. The order of arrival has a ring of its own: to look for the
 * oldest in the map would step over all that was deleted.
 */
export type Recent = {
  readonly limit: number
  readonly places: Map<string, number>
  readonly arrivals: string[]
  /** where in `arrivals` the next key goes: once full, the place of the oldest */
  next: number
}

/**
 * Remembers nothing yet.
 *
 * @example
 * Recent.create(2).places.size // 0
 */
export function create(limit: number): Recent {
  return { limit, places: new Map(), arrivals: [], next: 0 }
}

/** The place of a key, undefined when it is not among the newest. */
export function placeOf({ places }: Recent, key: string): number | undefined {
  return places.get(key)
}

/** Adds a key and returns its place; one that is there already keeps its age. */
export function add(recent: Recent, key: string): number {
  const { limit, places, arrivals, next } = recent
  const known = places.get(key)
  if (known !== undefined) return known
  if (places.size === limit) places.delete(arrivals[next]!)
  arrivals[next] = key
  places.set(key, next)
  recent.next = next + 1 === limit ? 0 : next + 1
  return next
}
