import type { Name } from '@cutwater/core/bridge/findings/Finding.ts'

export type Expected = {
  /** what the watch over the guarded bridge must find at level 3, beside whatever else it finds */
  readonly findings: readonly Name[]
}

/** What each attack leaves in the findings of a guard that proves. */
export const expected: Readonly<Record<string, Expected>> = {
  'zero-root': { findings: ['ReleaseWithoutSource'] },
  'key-theft-one-release': { findings: [] },
  'key-theft-many-small': { findings: ['ReleaseWithoutSource'] },
  'skipped-signature': { findings: ['ReleaseWithoutSource'] },
  'deposit-without-transfer': { findings: ['BackingGap'] },
  replay: { findings: ['ReleaseWithoutSource', 'Replay'] },
  'crafted-call': { findings: ['SignerSetChanged', 'ReleaseWithoutSource'] },
  'insider-upgrade': { findings: ['ConfigChanged'] },
  'poisoned-rpc-one': { findings: ['ReleaseWithoutSource'] },
  // Everybody sees the same lie.
  'poisoned-rpc-all': { findings: [] },
  'poisoned-rpc-state': { findings: ['BackingGap'] },
  'probe-then-drain': { findings: ['ReleaseWithoutSource', 'BackingGap'] },
  'slow-bleed': { findings: ['ReleaseWithoutSource', 'BackingGap'] },
  'reorg-double-spend': { findings: ['ReleaseWithoutSource'] },
  'fraud-unchallenged': { findings: ['ReleaseWithoutSource'] },
  'oracle-manipulation': { findings: ['PegBreak', 'OracleDisagreement'] },
  'amm-sandwich': { findings: ['PegBreak', 'OracleDisagreement'] },
  'flash-loan-vote': { findings: ['ConfigChanged'] },
}
