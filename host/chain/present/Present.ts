import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { PerLayer } from '@cutwater/core/ladder/Layer.ts'
import type { Address } from 'viem'

/** How a bridge stands on its chains at this moment, by the word of a quorum of their nodes. */
export type Present = {
  readonly chains: readonly ChainPresent[]
  readonly tokens: readonly TokenPresent[]
  /** the shortest delay of the timelocks that are named */
  readonly timelockSeconds: Known<number>
  readonly money: MoneyPresent
}

/** What was read, or why it was not; `isNamed` is false where the description names nothing to read it of. */
export type Known<Value> = { readonly value: Value } | { readonly why: string; readonly isNamed: boolean }

export type ChainPresent = {
  readonly id: number
  readonly name: string
  readonly guard: Known<GuardPresent>
  /** of the contract that believes messages */
  readonly signers: Known<SetPresent>
  readonly roles: Known<RolesPresent>
}

export type GuardPresent = {
  readonly level: Level
  readonly holdSeconds: number
  readonly watchers: SetPresent
}

export type SetPresent = { readonly contract: Address; readonly size: number; readonly threshold: number }

/** Who may pause, and who may loosen what a guard lets pass, with the delay of those who are timelocks. */
export type RolesPresent = {
  readonly pausers: readonly Address[]
  readonly looseners: readonly { readonly account: Address; readonly delaySeconds: number | null }[]
}

/** Raw units: what is held at home, and what is issued elsewhere. */
export type TokenPresent = {
  readonly symbol: string
  readonly locked: Known<bigint>
  readonly issued: Known<bigint>
}

/** Dollars. */
export type MoneyPresent = {
  readonly stakes: Known<readonly StakePresent[]>
  readonly coverUsd: Known<number>
  readonly reserveUsd: Known<number>
  readonly treasury: Known<{ readonly usd: number; readonly weights: PerLayer<number> }>
}

/** Stake of an operator, and which sets its key is in. */
export type StakePresent = {
  readonly operator: string
  readonly account: Address
  readonly usd: number
  readonly isSigner: boolean
  readonly isWatcher: boolean
}

/** Whether something was read. */
export function isKnown<Value>(known: Known<Value>): known is { readonly value: Value } {
  return 'value' in known
}

export function notNamed(what: string): { readonly why: string; readonly isNamed: boolean } {
  return { why: `the file names ${what}`, isNamed: false }
}

/** What was read, or the reason that it failed with. */
export async function known<Value>(read: () => Promise<Value>): Promise<Known<Value>> {
  return read().then(
    (value) => ({ value }),
    (error: Error) => ({ why: error.message, isNamed: true }),
  )
}
