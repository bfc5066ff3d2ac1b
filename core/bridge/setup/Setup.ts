/**
 * Who may move a bridge and by which rules, as its operator says it; null is what nobody has said.
 *
 * A chain tells some of it, people the rest; neither makes up what it does not know.
 */
export type Setup = {
  readonly verifiers: readonly Verifier[] | null
  /** how many verifiers move money */
  readonly threshold: number | null
  readonly owner: Owner | null
  /** seconds between a change and its effect; 0 is none */
  readonly timelockSeconds: number | null
  /** seconds after which a pause ends by itself; Infinity is never */
  readonly pauseSeconds: number | null
  readonly limits: readonly Limit[] | null
  readonly implementations: readonly Implementation[] | null
  /** routes that a guard or a limit stands in, as people name them: 'Ethereum→Moonbeam' */
  readonly coveredRoutes: readonly string[] | null
  /** how long a claim may be disputed, and how many independent watchers look; null too where nothing is optimistic */
  readonly optimistic: { readonly windowSeconds: number; readonly watchers: number } | null
  /** symbols of tokens that somebody watches */
  readonly watchedTokens: readonly string[] | null
}

/** One key that may sign, and who holds it; several keys may have one operator. */
export type Verifier = { readonly name: string; readonly operator: string }

export type Owner = { readonly name: string; readonly kind: OwnerKind }

export const ownerKinds = ['timelock', 'multisig', 'key', 'deployer'] as const

export type OwnerKind = (typeof ownerKinds)[number]

export type Limit = { readonly token: string; readonly usd: number }

export type Implementation = { readonly name: string; readonly verified: boolean }

/** A bridge of which nobody has said anything. */
export const unsaid: Setup = {
  verifiers: null,
  threshold: null,
  owner: null,
  timelockSeconds: null,
  pauseSeconds: null,
  limits: null,
  implementations: null,
  coveredRoutes: null,
  optimistic: null,
  watchedTokens: null,
}
