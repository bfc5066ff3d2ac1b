import type { Decision } from '../ladder/Decision.ts'
import type { Weights } from '../ladder/Weights.ts'
import type { UnixTime } from '../units/UnixTime.ts'
import type { Finding } from './findings/Finding.ts'
import type * as ChainLimits from './guard/ChainLimits.ts'
import type { Held } from './guard/Lane.ts'
import type { Pause } from './guard/Pauses.ts'

/** Towards the ladder's weights, or so many dollars of cover to be raised. */
export type Move =
  | { readonly kind: 'tilt'; readonly weights: Weights }
  | { readonly kind: 'raiseCover'; readonly dollars: number }

/** What a step of the book puts out, for the journal and for whoever acts. */
export type Output =
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'held'; readonly held: Held }
  | { readonly type: 'released'; readonly held: Held; readonly at: UnixTime }
  | { readonly type: 'paused' | 'renewed'; readonly pause: Pause }
  /** the allowance for unproven value on a route is shut */
  | { readonly type: 'shut'; readonly route: number; readonly at: UnixTime; readonly reason: string }
  /** limits on chain are to be tightened, or might be loosened again */
  | { readonly type: 'limits'; readonly change: ChainLimits.Change }
  /** money is to be moved on the chain of the treasury */
  | { readonly type: 'rebalance'; readonly move: Move; readonly at: UnixTime; readonly because: string }
  | { readonly type: 'decision'; readonly decision: Decision }
