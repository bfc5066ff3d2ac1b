import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Reports } from './Reports.ts'
import type { Station } from './Station.ts'

/** What the server has to give: the bridge that is shown, the reports that can be made, and what may be done. */
export type Desk = {
  readonly station: Station
  readonly reports: Reports
  /** what acts on the watched chains; null where there is none to act on, or none yet */
  hand: Hand | null
  /** attacks of the lab, and how to start one; null where the lab cannot run */
  readonly lab: Lab | null
}

/** Does deeds on chains. */
export type Hand = {
  /** writes it into the journal, does it, and gives what is confirmed; the same id is done once */
  order(deed: Deed): Promise<Outcome>
  /** what would be sent; nothing is */
  preview(deed: Deed): Promise<Outcome>
}

/** Attacks on twin bridges, each on chains of its own, one at a time. */
export type Lab = {
  readonly scenarios: readonly LabScenario[]
  /**
   * Begins a run.
   *
   * Throws LAB_BUSY while another is under way, and SCENARIO_UNKNOWN.
   */
  begin(wanted: LabWanted): LabRun
  /** newest first */
  readonly runs: () => readonly LabRun[]
}

export type LabScenario = {
  readonly name: string
  readonly incident: string
  readonly says: string
  readonly steps: 'single' | 'many'
  readonly limitedBy: string
}

export type LabWanted = { readonly name: string; readonly seed: number; readonly level: Level }

/** A run on its way, or what it came to. */
export type LabRun = LabWanted & {
  readonly id: string
  status: 'running' | 'done' | 'failed'
  phase: 'starting' | 'calm' | 'attack' | 'after' | 'over'
  /** why it failed */
  says: string | null
  readonly startedAt: number
  endedAt: number | null
  /** block by block, what each twin has lost so far, as it is measured on chain */
  readonly blocks: LabBlock[]
  /** what the watch over the guarded twin found and did, oldest first */
  readonly found: string[]
  readonly done: string[]
  result: LabResult | null
}

export type LabBlock = { readonly block: number; readonly onLostUsd: number; readonly offLostUsd: number }

export type LabResult = {
  readonly incident: string
  readonly on: Readonly<
    Record<'lostUsd' | 'preventedUsd' | 'coveredUsd' | 'backstoppedUsd' | 'shortfallUsd' | 'boundUsd', number>
  > & {
    readonly blocksToContain: number | null
  }
  readonly off: { readonly lostUsd: number }
  readonly detectedBy: readonly string[]
}
