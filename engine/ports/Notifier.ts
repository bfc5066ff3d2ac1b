import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** What a person is told: what happened where, what was done, and what to look at. */
export type Alert = {
  readonly id: string
  readonly at: UnixTime
  readonly severity: 'low' | 'medium' | 'high' | 'critical'
  readonly rule: string
  readonly bridge: string
  readonly chain: string
  readonly block: number | null
  readonly tx: string | null
  readonly message: string | null
  readonly usd: number | null
  /** one sentence: what was seen */
  readonly sentence: string
  /** what the guard did about it; empty when nothing */
  readonly done: readonly string[]
  /** what the person should check, in order */
  readonly check: readonly string[]
}

/** Delivers alerts, at least once; a failed delivery is retried, then reported by an error. */
export type Notifier = {
  readonly name: string
  notify(alert: Alert): Promise<void>
}
