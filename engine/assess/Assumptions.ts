import { assumptions as signals } from '@cutwater/core/bridge/signals/Assumptions.ts'
import type { Parameter } from './Assessment.ts'

/** Numbers of the economics that no bridge tells, each with its unit and source; an assumption is called one. */
export const parameters = [
  {
    name: 'wacc',
    value: 0.12,
    unit: 'per year',
    source: 'assumption where no stake and cover are fed; range 8–20%',
  },
  {
    name: 'lockedYield',
    value: 0.04,
    unit: 'per year',
    source: 'assumption where no lockedYield is fed; range 0–6%',
  },
  {
    name: 'hackUsd',
    value: 1_000_000,
    unit: 'USD per operator',
    source: 'assumption: a targeted break-in; range $0.1–10M',
  },
  {
    name: 'slashableShare',
    value: 1,
    unit: 'share',
    source: 'assumption: all of a stake; THORChain slashes 1.5 times the theft',
  },
  {
    name: 'provenShare',
    value: 0.5,
    unit: 'share',
    source: 'assumption: half of faults are proven before the stake is gone; range 0.2–0.9',
  },
  {
    name: 'buffer',
    value: 0.1,
    unit: 'share',
    source: 'Durvasula and Roughgarden 2024: 10% keeps a shock of 0.1% below a loss of 1.1%',
  },
  { name: 'poolFee', value: signals.poolFee, unit: 'share', source: 'Uniswap v2: 0.3%' },
  {
    name: 'loanToValue',
    value: 0.75,
    unit: 'share',
    source: 'assumption: of stable collateral; range 0.6–0.9',
  },
  {
    name: 'loading',
    value: 0.1,
    unit: 'share of tail less mean',
    source: 'assumption: return on the capital that the tail needs; range 5–20%',
  },
  {
    name: 'expense',
    value: 0.25,
    unit: 'share of premium',
    source: 'assumption: expenses and profit of the provider; range 15–35%',
  },
  {
    name: 'reliability',
    value: 0.95,
    unit: 'share',
    source: 'assumption: a watcher disputes in time; range 0.8–0.99',
  },
  {
    name: 'sharedFailure',
    value: 0.02,
    unit: 'share',
    source: 'assumption: all watchers deceived together; range 0.005–0.1',
  },
  { name: 'disputeUsd', value: 50, unit: 'USD', source: 'assumption: gas of one dispute; range $5–500' },
  {
    name: 'rewardUsd',
    value: 1_000,
    unit: 'USD',
    source: 'assumption: what brings a watcher to dispute; range $100–10k',
  },
  {
    name: 'congestedSeconds',
    value: 300,
    unit: 's',
    source: 'assumption: 25 full Ethereum blocks; range 1–60 min',
  },
] as const satisfies readonly Parameter[]

export type Name = (typeof parameters)[number]['name']

/** The same by name. */
export const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value])) as Readonly<
  Record<Name, number>
>
