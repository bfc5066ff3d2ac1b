/**
 * The three layers of protection, nearest to the event first. Options: VIX calls of 30, 110 and 220 days.
 * Bridge: guard, bond, govern.
 */
export type Layer = 'near' | 'mid' | 'far'

/** One value for each layer. */
export type PerLayer<T> = { readonly near: T; readonly mid: T; readonly far: T }

export const layers: readonly Layer[] = ['near', 'mid', 'far']

/**
 * Builds a record by asking for each layer in turn.
 *
 * @example
 * Layer.map((layer) => layer.length) // { near: 4, mid: 3, far: 3 }
 */
export function map<T>(pick: (layer: Layer) => T): PerLayer<T> {
  return { near: pick('near'), mid: pick('mid'), far: pick('far') }
}
