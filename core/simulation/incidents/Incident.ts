import * as UnixTime from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'

/** One public incident of a bridge; `null` is what nobody has established. */
export type Incident = {
  readonly name: string
  /** start of the UTC day of the first bad transaction */
  readonly date: UnixTime.UnixTime
  /** core: a bridge's own failure; adjacent: something beside one; disputed: not settled */
  readonly scope: Scope
  /** gross, before anything came back; 0 is an attempt that took nothing */
  readonly loss: Usd | null
  /** returned, frozen or rescued */
  readonly recovered: Usd | null
  readonly chains: readonly string[]
  readonly bridgeType: string
  readonly cause: Cause
  /** as the sources put it, such as '5-of-9' */
  readonly quorum: string
  readonly valueLocked: Usd | null
  readonly firstBadTx: UnixTime.UnixTime | null
  /** from the first bad transaction to the first public notice */
  readonly detectSeconds: number | null
  readonly pauseSeconds: number | null
  /** from the first bad transaction to the last */
  readonly spanSeconds: number | null
  readonly badTxs: number | 'several' | 'many' | null
  /** judged by hand: whether a stop within minutes would have saved value */
  readonly pauseWouldLimit: Verdict
  /** the first sign that was there to be seen before value left */
  readonly precursor: Precursor | null
  readonly precursorLeadSeconds: number | null
  readonly timingQuality: string
  readonly notes: string
  readonly sources: readonly string[]
  readonly confidence: Confidence
}

export type Scope = 'core' | 'adjacent' | 'disputed'
export type Confidence = 'high' | 'medium' | 'low'
export type Verdict = 'yes' | 'partial' | 'no' | 'unknown'

export type Cause =
  | 'key-compromise'
  | 'sig-proof-verification'
  | 'unbacked-mint'
  | 'reentrancy-logic'
  | 'init-upgrade-misconfig'
  | 'oracle-rpc'
  | 'amm-price-manipulation'
  | 'frontend-dns'
  | 'governance-rug'
  | 'unknown'

export type Precursor =
  | 'signer-set-changed'
  | 'signer-joined'
  | 'code-upgraded'
  | 'peer-changed'
  | 'route-added'
  | 'threshold-zero'
  | 'test-transfer'
  | 'decoy-contract'
  | 'window-open'

export const scopes: readonly Scope[] = ['core', 'adjacent', 'disputed']
export const confidences: readonly Confidence[] = ['high', 'medium', 'low']
export const verdicts: readonly Verdict[] = ['yes', 'partial', 'no', 'unknown']

export const causes: readonly Cause[] = [
  'key-compromise',
  'sig-proof-verification',
  'unbacked-mint',
  'reentrancy-logic',
  'init-upgrade-misconfig',
  'oracle-rpc',
  'amm-price-manipulation',
  'frontend-dns',
  'governance-rug',
  'unknown',
]

export const precursors: readonly Precursor[] = [
  'signer-set-changed',
  'signer-joined',
  'code-upgraded',
  'peer-changed',
  'route-added',
  'threshold-zero',
  'test-transfer',
  'decoy-contract',
  'window-open',
]

/** How the value left: at once, within an hour, within a day, or over days without anybody noticing. */
export type Profile = 'single' | 'burst' | 'hours' | 'days'

export const profiles: readonly Profile[] = ['single', 'burst', 'hours', 'days']

/**
 * The time profile that the record supports; `undefined` where it tells too little.
 *
 * By the span where it is known: up to two minutes counts as at once. Else by what is left: one transaction, or a
 * judged "no" to whether a stop would have helped, is at once; a judged "partial" is a burst; days until anybody
 * noticed are days.
 *
 * @example
 * Incident.profileOf({ spanSeconds: 9102, badTxs: 382, pauseWouldLimit: 'yes', detectSeconds: 6750 }) // 'hours'
 * Incident.profileOf({ spanSeconds: null, badTxs: 1, pauseWouldLimit: 'no', detectSeconds: null }) // 'single'
 */
export function profileOf({
  spanSeconds,
  badTxs,
  pauseWouldLimit,
  detectSeconds,
}: Pick<Incident, 'spanSeconds' | 'badTxs' | 'pauseWouldLimit' | 'detectSeconds'>): Profile | undefined {
  if (spanSeconds !== null) return profileOfSpan(spanSeconds)
  if (badTxs === 1 || pauseWouldLimit === 'no') return 'single'
  if (detectSeconds !== null && detectSeconds > UnixTime.day && badTxs !== null) return 'days'
  return pauseWouldLimit === 'partial' ? 'burst' : undefined
}

/** What an attack works through, which decides the layer that can stand against it. */
export type Family = 'keys' | 'proof' | 'logic' | 'upgrade' | 'data' | 'other'

export const families: readonly Family[] = ['keys', 'proof', 'logic', 'upgrade', 'data', 'other']

/**
 * The family of a root cause.
 *
 * @example
 * Incident.familyOf('unbacked-mint') // 'proof'
 */
export function familyOf(cause: Cause): Family {
  return familyByCause[cause]
}

const familyByCause: Readonly<Record<Cause, Family>> = {
  'key-compromise': 'keys',
  'sig-proof-verification': 'proof',
  'unbacked-mint': 'proof',
  'reentrancy-logic': 'logic',
  'init-upgrade-misconfig': 'upgrade',
  'oracle-rpc': 'data',
  'amm-price-manipulation': 'other',
  'frontend-dns': 'other',
  'governance-rug': 'other',
  unknown: 'other',
}

const atOnceSeconds = 2 * UnixTime.minute

function profileOfSpan(seconds: number): Profile {
  if (seconds <= atOnceSeconds) return 'single'
  if (seconds <= UnixTime.hour) return 'burst'
  return seconds <= UnixTime.day ? 'hours' : 'days'
}
