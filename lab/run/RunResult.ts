/** What one scenario came to; money in dollars. */
export type ScenarioResult = {
  readonly name: string
  readonly incident: string
  readonly says: string
  readonly steps: 'single' | 'many'
  readonly limitedBy: string
  readonly on: OnResult
  readonly off: { readonly lostUsd: number }
  /** names of the findings made because of the attack, in the order they came */
  readonly detectedBy: readonly string[]
  readonly runs: number
}

export type OnResult = {
  readonly lostUsd: number
  /** what the other side lost more */
  readonly preventedUsd: number
  /** paid by the cover vault, on chain */
  readonly coveredUsd: number
  /** paid by the reserve, on chain */
  readonly backstoppedUsd: number
  readonly shortfallUsd: number
  /** from the first bad block to the last in which the attack moved value; null where one transaction is all */
  readonly blocksToContain: number | null
  readonly boundUsd: number
}

/** What honest traffic suffers with nobody attacking. */
export type HonestResult = {
  readonly transfers: number
  readonly pauses: number
  readonly held: number
  readonly accusations: number
  readonly reorgs: number
}

export type LabResult = {
  readonly scenarios: readonly ScenarioResult[]
  readonly honest: HonestResult | null
}
