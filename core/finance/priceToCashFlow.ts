import * as Input from './Input.ts'

/**
 * Market value over a year's cash flow, in years: how long the flow takes to pay the price. null where nothing flows,
 * as no number of years would.
 *
 * @example
 * priceToCashFlow(25, 5) // 5
 * priceToCashFlow(25, 0) // null
 */
export function priceToCashFlow(marketValue: number, cashFlowPerYear: number): number | null {
  Input.atLeast(0, marketValue, 'market value')
  if (Input.finite(cashFlowPerYear, 'cash flow') <= 0) return null
  return Input.result(marketValue / cashFlowPerYear, 'price to cash flow')
}
