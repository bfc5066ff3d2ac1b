import type { PlanResult } from '@cutwater/engine/plan/PlanResult.ts'
import { bold, dim, table } from './text.ts'

/** A plan as a page for the terminal: the decision, the orders, then the risk they leave. */
export function describePlan(plan: PlanResult): string {
  return [
    headOf(plan),
    ordersOf(plan),
    condorsOf(plan),
    greeksOf(plan),
    ...plan.notes.map((note) => dim(`  ${note}`)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function headOf({ date, decision, equityUsd, cashUsd, maxLossUsd }: PlanResult): string {
  const lines = [
    bold(`Plan for ${date}`),
    decision.sentence,
    `Equity ${usd(equityUsd)}, cash ${usd(cashUsd)}; condors can lose ${usd(maxLossUsd.condors)}, the ladder ${usd(maxLossUsd.hedges)}.`,
  ]
  return lines.join('\n')
}

function ordersOf({ orders }: PlanResult): string {
  if (orders.length === 0) return ''
  const rows = orders.map(({ side, quantity, instrument, limit, bid, ask, because }) => [
    side,
    String(quantity),
    instrument,
    limit.toFixed(2),
    `${bid.toFixed(2)}–${ask.toFixed(2)}`,
    because,
  ])
  const align = ['left', 'right', 'left', 'right', 'right', 'left'] as const
  return `${bold('Orders')}\n${table(['side', 'number', 'instrument', 'limit', 'quote', 'because'], rows, align)}`
}

function condorsOf({ condors }: PlanResult): string {
  if (condors.length === 0) return ''
  const rows = condors.map(({ strikes, expiry, contracts, creditUsd, maxLossUsd, breakEvens }) => [
    strikes.join('/'),
    expiry,
    String(contracts),
    usd(creditUsd),
    usd(maxLossUsd),
    breakEvens.map((level) => level.toFixed(2)).join(' to '),
  ])
  const align = ['left', 'left', 'right', 'right', 'right', 'right'] as const
  return `${bold('Condors afterwards')}\n${table(['strikes', 'expiry', 'number', 'credit', 'most to lose', 'break-evens'], rows, align)}`
}

function greeksOf({ greeks }: PlanResult): string {
  const rows = greeks.map(({ owner, delta, gamma, vega, theta }) => [
    owner,
    ...[delta, gamma, vega, theta].map((value) => value.toFixed(1)),
  ])
  const head = ['', '$ a point', '$ a point²', '$ a vol point', '$ a day']
  return `${bold('Greeks by layer')}\n${table(head, rows, ['left'])}\n${dim('  condors by SPX, the ladder by the VIX future of each call')}`
}

function usd(dollars: number): string {
  return `$${Math.round(dollars).toLocaleString('en-US')}`
}
