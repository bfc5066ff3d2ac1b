import type { Ticket } from './PlanResult.ts'

/**
 * Order tickets as CSV, one row an order.
 *
 * @example
 * toCsv([]) // 'side,quantity,instrument,limit,bid,ask,action,because\n'
 */
export function toCsv(orders: readonly Ticket[]): string {
  const rows = orders.map(({ side, quantity, instrument, limit, bid, ask, action, because }) =>
    [side, quantity, instrument, limit, bid, ask, action, because].map(cell).join(','),
  )
  return [head, ...rows].map((row) => `${row}\n`).join('')
}

const head = 'side,quantity,instrument,limit,bid,ask,action,because'

// A cell that begins like a formula would be run by a spreadsheet.
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
