import type { Decision } from '@cutwater/core/ladder/Decision.ts'

/** What to do today, and what the book is afterwards; the keys are a contract. */
export type PlanResult = {
  readonly date: string
  readonly decision: Decision
  readonly orders: readonly Ticket[]
  readonly equityUsd: number
  readonly cashUsd: number
  readonly condors: readonly CondorRisk[]
  /** by owner: `condors`, and each layer of the ladder */
  readonly greeks: readonly Greeks[]
  /** the most that all condors together can lose at expiry, and all hedges if they end worthless, dollars */
  readonly maxLossUsd: { readonly condors: number; readonly hedges: number }
  /** what volatility costs by horizon at this close */
  readonly term: readonly TermPoint[]
  readonly notes: readonly string[]
}

/** One order, as a person would type it in; it is sent nowhere. */
export type Ticket = {
  readonly action: string
  readonly side: 'buy' | 'sell'
  readonly quantity: number
  readonly instrument: string
  /** dollars per unit; bid and ask are modelled where no chain was given */
  readonly limit: number
  readonly bid: number
  readonly ask: number
  readonly because: string
}

export type CondorRisk = {
  readonly name: string
  readonly strikes: readonly [number, number, number, number]
  readonly expiry: string
  readonly contracts: number
  readonly creditUsd: number
  readonly maxLossUsd: number
  /** settlement values between which it earns something, points */
  readonly breakEvens: readonly number[]
}

/** Dollars for the position: per point of its underlying, per point squared, per volatility point, per day. */
export type Greeks = {
  readonly owner: string
  readonly delta: number
  readonly gamma: number
  readonly vega: number
  readonly theta: number
}

/** A point of the term structure: an index at the horizon it looks ahead to, or a future at its expiry; points of VIX. */
export type TermPoint = {
  readonly of: string
  readonly kind: 'index' | 'future'
  readonly days: number
  readonly points: number
}
