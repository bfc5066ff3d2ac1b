import type { Layer, PerLayer } from '../../ladder/Layer.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import type { View } from './View.ts'

/** One of the method's concepts as a number about a bridge, one step an hour. */
export type Signal<State> = {
  readonly name: string
  /** what the method calls it, as a person says it */
  readonly concept: string
  readonly unit: string
  /** the layer it is about */
  readonly layer: Layer
  /** what it counts for in each layer's stress while it has data; all 0 where it is watched and not weighed */
  readonly presses: PerLayer<number>
  /** which end is acute against its own past, or `scale` where its meaning is fixed and needs no past */
  readonly acute: 'high' | 'low' | 'scale'
  /** hours with data before it says anything */
  readonly warmUpHours: number
  create(): State
  /** a pure step: it changes its own state and nothing else */
  step(state: State, view: View): Sight
}

/** What a signal sees: a value with its time and a clause that says it, or why there is none. */
export type Sight = Seen | { readonly why: string }

export type Seen = {
  readonly value: number
  readonly asOf: UnixTime
  /** the value as a clause a tired person understands */
  readonly says: string
  /** 0 calm to 1 acute, of a signal on a fixed scale */
  readonly scale?: number
}

export const noWeight: PerLayer<number> = { near: 0, mid: 0, far: 0 }

/** A signal that remembers nothing. */
export const forgetful = { warmUpHours: 0, create: () => null } as const

/**
 * A share as percent, to the precision worth saying.
 *
 * @example
 * Signal.percent(0.0312) // '3.12%'
 */
export function percent(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 2 : 1)}%`
}

/**
 * A number within 0 and 1.
 *
 * @example
 * Signal.clamp(1.2) // 1
 */
export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
