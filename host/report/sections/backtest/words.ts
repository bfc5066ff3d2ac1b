import type { BacktestResult, VariantResult } from '@cutwater/engine/backtest/BacktestResult.ts'

/** The variant of a name, when it was run. */
export function variantNamed({ variants }: BacktestResult, name: string): VariantResult | undefined {
  return variants.find((variant) => variant.name === name)
}
