/**
 * Values by key, of the newest `limit` keys; one more forgets the key that came first.
 *
 * The order of arrival has a ring of its own: to look for the oldest in the map would step over all that was deleted.
 */
export type Recent<Value> = {
  readonly limit: number
  readonly values: Map<string, Value>
  readonly arrivals: string[]
  /** where in `arrivals` the next key goes: once full, the place of the oldest */
  next: number
}

/**
 * Remembers nothing yet.
 *
 * @example
 * Recent.create(2).values.size // 0
 */
export function create<Value>(limit: number): Recent<Value> {
  return { limit, values: new Map(), arrivals: [], next: 0 }
}

/** Sets a value; a key that is there already keeps its age. */
export function set<Value>(recent: Recent<Value>, key: string, value: Value): void {
  const { limit, values, arrivals, next } = recent
  if (!values.has(key)) {
    if (values.size === limit) values.delete(arrivals[next]!)
    arrivals[next] = key
    recent.next = next + 1 === limit ? 0 : next + 1
  }
  values.set(key, value)
}
