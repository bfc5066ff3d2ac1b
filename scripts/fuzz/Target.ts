import type * as Rng from '@cutwater/core/simulation/Rng.ts'

/** Something that takes what strangers write, and how it is tried. */
export type Target = {
  readonly name: string
  /** how many of all inputs it gets, in proportion; dear ones get few */
  readonly share: number
  /** an input that is as it should be: it must be taken */
  readonly whole: string
  /** one input, broken by chance, as text that can be shown */
  readonly make: (rng: Rng.Rng) => string
  /**
   * Takes an input: fails with a CutwaterError where it is refused; otherwise says what is wrong with having taken it,
   * or nothing.
   */
  readonly take: (input: string) => string | null | Promise<string | null>
  readonly close?: () => void
}
