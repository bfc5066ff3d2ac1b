import type { UnixTime } from '../../units/UnixTime.ts'
import * as Usd from '../../units/Usd.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import type { Severity } from './Severity.ts'

/** Something a rule found wrong, with what a person needs to look it up. */
export type Finding = {
  readonly name: Name
  readonly severity: Severity
  readonly at: UnixTime
  readonly chain: number
  readonly tx: string
  readonly index: number
  readonly message: string
  readonly token: string | null
  /** null where no price is known */
  readonly usd: Usd.Usd | null
  readonly evidence: Evidence
  /** one sentence a tired person understands */
  readonly sentence: string
}

/** The rules that a log of transfers can show; an event may break several. */
export type Name =
  | 'ReleaseWithoutSource'
  | 'FieldMismatch'
  | 'Replay'
  | 'FinalityBreach'
  | 'IdAheadOfSource'
  | 'UnmappedToken'
  | 'BackingGap'
  | 'LimitReached'
  | 'LargeRelease'
  | 'ProbeThenDrain'
  | 'ManyNewClaimants'

export type Evidence = Readonly<Record<string, string | number | null>>

export const names: readonly Name[] = [
  'ReleaseWithoutSource',
  'FieldMismatch',
  'Replay',
  'FinalityBreach',
  'IdAheadOfSource',
  'UnmappedToken',
  'BackingGap',
  'LimitReached',
  'LargeRelease',
  'ProbeThenDrain',
  'ManyNewClaimants',
]

export type Parts = {
  readonly name: Name
  readonly severity: Severity
  readonly event: BridgeEvent
  readonly token: string | null
  readonly usd: Usd.Usd | null
  readonly evidence?: Evidence
  /** what happened, without value, place and time: those are added */
  readonly what: string
}

/** A finding about an event, its sentence finished with value, chain and transaction. */
export function about({ name, severity, event, token, usd, evidence = {}, what }: Parts): Finding {
  const { at, chain, tx, index, message } = event
  const worth = `${token ?? 'an unmapped token'}${usd === null ? ', value unknown' : `, ${Usd.format(usd)}`}`
  const sentence = `${what} (${worth}; chain ${chain}, transaction ${tx}, message ${message}).`
  return { name, severity, at, chain, tx, index, message, token, usd, evidence, sentence }
}
