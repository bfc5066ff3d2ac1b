// The numbers behind the contracts' enums, in the order the Solidity sources declare them.

/** Guard.Level: how much of the guard is in the release path. */
export const level = { none: 0, pause: 1, limit: 2, prove: 3 } as const

/** Guard.Reason: why a release waits. */
export const reason = { none: 0, unproven: 1, limitReached: 2, largeRelease: 3 } as const

/** Direction: which way value crosses an escrow. */
export const direction = { in: 0, out: 1 } as const

/** Pauses.Scope: how much a pause covers. */
export const scope = { message: 0, token: 1, direction: 2, bridge: 3 } as const

/** Escrow.Status: where a message stands on its destination chain. */
export const status = { none: 0, held: 1, paid: 2, cancelled: 3 } as const

/** OptimisticVerifier.State: where a proposal stands. */
export const proposalState = { none: 0, proposed: 1, challenged: 2, accepted: 3, rejected: 4 } as const

/** CoverVault.ClaimState: where a claim stands. */
export const claimState = { none: 0, open: 1, accepted: 2, rejected: 3 } as const

/** Treasury.Layer: near is guard, mid is bond, far is govern. */
export const layer = { near: 0, mid: 1, far: 2 } as const
