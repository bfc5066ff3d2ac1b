import type { UnixTime } from '../../units/UnixTime.ts'
import * as Usd from '../../units/Usd.ts'
import type { Severity } from './Severity.ts'

/** Something a rule found wrong, with what a person needs to look it up. */
export type Finding = {
  readonly name: Name
  readonly severity: Severity
  readonly at: UnixTime
  readonly chain: number
  /** null for what no transaction shows, such as a chain that stands still */
  readonly tx: string | null
  readonly index: number
  readonly message: string | null
  readonly token: string | null
  /** null where no price is known */
  readonly usd: Usd.Usd | null
  readonly evidence: Evidence
  /** one sentence a tired person understands */
  readonly sentence: string
}

/** The rules; an event may break several. The first eleven need no more than a log of transfers. */
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
  | 'SignerSetChanged'
  | 'ConfigChanged'
  | 'SilentSigner'
  | 'SourceStale'
  | 'SourceDisagreement'
  | 'OracleDisagreement'
  | 'PegBreak'

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
  'SignerSetChanged',
  'ConfigChanged',
  'SilentSigner',
  'SourceStale',
  'SourceDisagreement',
  'OracleDisagreement',
  'PegBreak',
]

/** Where something happened; observations carry these fields themselves. */
export type Place = {
  readonly at: UnixTime
  readonly chain: number
  readonly tx?: string | null
  readonly index?: number
  readonly message?: string | null
}

export type Parts = {
  readonly name: Name
  readonly severity: Severity
  readonly event: Place
  readonly token: string | null
  readonly usd: Usd.Usd | null
  readonly evidence?: Evidence
  /** what happened, without value, place and time: those are added */
  readonly what: string
}

/**
 * The identity of a finding on every run: where it happened and which rule says so.
 *
 * @example
 * Finding.id({ chain: 1, tx: '0xab', index: 2, at: 1659389551, name: 'Replay' }) // '1:0xab:2:Replay'
 */
export function id({
  chain,
  tx,
  index,
  at,
  name,
}: Pick<Finding, 'chain' | 'tx' | 'index' | 'at' | 'name'>): string {
  return `${chain}:${tx ?? at}:${index}:${name}`
}

/** A finding about an event, its sentence finished with value, chain and transaction. */
export function about({ name, severity, event, token, usd, evidence = {}, what }: Parts): Finding {
  const { at, chain, tx = null, index = 0, message = null } = event
  const sentence = `${what} (${[...worthOf(name, token, usd), ...placeOf(event)].join('; ')}).`
  return { name, severity, at, chain, tx, index, message, token, usd, evidence, sentence }
}

function worthOf(name: Name, token: string | null, usd: Usd.Usd | null): string[] {
  if (token === null && usd === null && name !== 'UnmappedToken') return []
  return [`${token ?? 'an unmapped token'}, ${usd === null ? 'value unknown' : Usd.format(usd)}`]
}

function placeOf({ chain, tx, message }: Place): string[] {
  const place = [`chain ${chain}`]
  if (tx) place.push(`transaction ${tx}`)
  if (message) place.push(`message ${message}`)
  return [place.join(', ')]
}
