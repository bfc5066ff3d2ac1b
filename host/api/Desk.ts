import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Reports } from './Reports.ts'
import type { Station } from './Station.ts'

/** What the server has to give: the bridge that is shown, the reports that can be made, and what may be done. */
export type Desk = {
  readonly station: Station
  readonly reports: Reports
  readonly isReady: () => boolean
  /** does a deed on the watched chains; null where there is none to do it on */
  readonly act: ((deed: Deed) => Promise<Outcome>) | null
  /** attacks of the lab, and how to start one; null where the lab does not run */
  readonly lab: Lab | null
}

export type Lab = {
  readonly scenarios: readonly LabScenario[]
  /** lets a scenario be the next that is played */
  play(name: string): void
  /** what runs have come to, newest first */
  readonly results: () => readonly LabResult[]
}

export type LabScenario = {
  readonly name: string
  readonly incident: string
  readonly says: string
  readonly steps: 'single' | 'many'
  readonly limitedBy: string
}

export type LabResult = {
  readonly name: string
  readonly incident: string
  readonly at: number
  readonly on: Readonly<
    Record<'lostUsd' | 'preventedUsd' | 'coveredUsd' | 'backstoppedUsd' | 'shortfallUsd' | 'boundUsd', number>
  > & {
    readonly blocksToContain: number | null
  }
  readonly off: { readonly lostUsd: number }
  readonly detectedBy: readonly string[]
}
