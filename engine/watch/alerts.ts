import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { Finding, Name } from '@cutwater/core/bridge/findings/Finding.ts'
import * as Findings from '@cutwater/core/bridge/findings/Finding.ts'
import * as Severity from '@cutwater/core/bridge/findings/Severity.ts'
import { chainName } from '@cutwater/core/bridge/names.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Deed } from '../ports/Actuator.ts'
import type { Alert } from '../ports/Notifier.ts'

/** Whether a finding is worth waking somebody; low ones are in the journal and in the counts. */
export function isAlert(finding: Finding): boolean {
  return finding.severity !== 'low'
}

/**
 * A finding as an alert.
 *
 * @param done what the guard does about it, as sentences
 */
export function alertOf(
  book: BridgeBook,
  finding: Finding,
  block: number | null,
  done: readonly string[],
): Alert {
  const { bridge } = book.catalog
  return {
    id: Findings.id(finding),
    at: finding.at,
    severity: finding.severity,
    rule: finding.name,
    bridge: bridge.name,
    chain: chainName(bridge, finding.chain),
    block,
    tx: finding.tx,
    message: finding.message,
    usd: finding.usd === null ? null : toDollars(finding.usd),
    sentence: finding.sentence,
    done,
    check: checksOf(finding.name),
  }
}

/** That the guard stops something, where no single finding is grave enough to say it. */
export function pausing(
  { catalog, now }: BridgeBook,
  { id, chain, reason }: Deed,
  done: readonly string[],
): Alert {
  const { bridge } = catalog
  return {
    id: `pausing:${id}`,
    at: now,
    severity: 'high',
    rule: 'GuardPauses',
    bridge: bridge.name,
    chain: chainName(bridge, chain),
    block: null,
    tx: null,
    message: null,
    usd: null,
    sentence: `The guard pauses, because ${reason}; what led to it is in the findings before.`,
    done,
    check: [
      'Look at the last findings together: small ones, one after the other, are how a careful thief works.',
    ],
  }
}

/** What a person should check when a rule has found something, in order. */
export function checksOf(name: Name): readonly string[] {
  return checks[name]
}

/** Whether anything was done because of findings like this one. */
export function callsForAction(finding: Finding): boolean {
  return Severity.isHard(finding.severity)
}

const source = 'Look the message up on the source chain with a node that is not ours: does the out leg exist?'
const keys = 'Ask every operator by a second channel whether they signed it.'

const checks: Readonly<Record<Name, readonly string[]>> = {
  ReleaseWithoutSource: [
    source,
    keys,
    'If it does not exist: keep the pause, call the incident, do not announce the bug.',
  ],
  FieldMismatch: [source, 'Compare the differing field on both chains; a decoding change shows here too.'],
  Replay: ['Find the first release of this message; check that the escrow marks messages as used.', keys],
  FinalityBreach: ['Check the source chain for a reorg since; check the relayer’s finality setting.'],
  IdAheadOfSource: [source, 'Compare the nonce of the source contract with the released one.'],
  UnmappedToken: ['Is this token meant to be bridged? Add it to the mapping, or close its route.'],
  BackingGap: ['Compare the escrow balance with the wrapped supply on every chain, by two providers.'],
  LimitReached: [
    'Is the flow expected (listing, unlock, depeg)? Held transfers pass by themselves when proven.',
  ],
  LargeRelease: ['Is the beneficiary known? Is the out leg final on the source chain?'],
  ProbeThenDrain: ['Look at both transfers of this beneficiary; a careful whale does the same.'],
  ManyNewClaimants: ['Look at the last hour’s beneficiaries: one campaign, or copies of one transaction?'],
  SignerSetChanged: ['Was this change announced? Ask every signer by a second channel.'],
  ConfigChanged: [
    'Was this change proposed, reviewed and queued? Compare the new code with what was audited.',
  ],
  SilentSigner: ['Ask the operator; count how many more may fail before the quorum is lost.'],
  SourceStale: ['Is the chain halted, or only our nodes? Look at a public explorer.'],
  SourceDisagreement: ['Which provider differs, and since when? Until it is known, trust neither.'],
  OracleDisagreement: ['Look at the pool’s last blocks: a large trade, or a loan that came and went?'],
  PegBreak: ['Look at redemptions and at the pool’s depth; is there news about the bridge?'],
}
