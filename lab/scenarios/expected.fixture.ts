import type { Name } from '@cutwater/core/bridge/findings/Finding.ts'

export type Expected = {
  /** what the watch over the guarded bridge must find at level 3, beside whatever else it finds */
  readonly findings: readonly Name[]
  /** whether the attack is over within a block however slow the watch is */
  readonly isContained?: boolean
}

/** What each attack leaves in the findings of a guard that proves. */
export const expected: Readonly<Record<string, Expected>> = {
  'zero-root': { findings: ['ReleaseWithoutSource'] },
  'key-theft-one-release': { findings: [] },
  'key-theft-many-small': { findings: ['ReleaseWithoutSource'] },
  'skipped-signature': { findings: ['ReleaseWithoutSource'] },
  // What the log tells is in order, and only the log is read.
  'deposit-without-transfer': { findings: [] },
  replay: { findings: ['ReleaseWithoutSource', 'Replay'] },
  'crafted-call': { findings: ['SignerSetChanged', 'ReleaseWithoutSource'] },
  'insider-upgrade': { findings: ['ConfigChanged'] },
  'poisoned-rpc-one': { findings: ['ReleaseWithoutSource'], isContained: true },
  // Everybody sees the same lie.
  'poisoned-rpc-all': { findings: [] },
  'poisoned-rpc-state': { findings: ['BackingGap'] },
  'probe-then-drain': { findings: ['ReleaseWithoutSource', 'BackingGap'] },
  'slow-bleed': { findings: ['ReleaseWithoutSource', 'BackingGap'] },
  'reorg-double-spend': { findings: ['ReleaseWithoutSource'], isContained: true },
  'fraud-unchallenged': { findings: ['ReleaseWithoutSource'], isContained: true },
  'oracle-manipulation': { findings: ['PegBreak', 'OracleDisagreement'] },
  'amm-sandwich': { findings: ['PegBreak', 'OracleDisagreement'] },
  'flash-loan-vote': { findings: ['ConfigChanged'] },
}
