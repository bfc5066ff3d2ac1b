import * as Arbitrage from './Arbitrage.ts'
import * as Breadth from './Breadth.ts'
import * as Calendar from './Calendar.ts'
import * as Capital from './Capital.ts'
import * as CashPress from './CashPress.ts'
import * as Decay from './Decay.ts'
import * as Gdp from './Gdp.ts'
import * as Liquidity from './Liquidity.ts'
import * as LossIndex from './LossIndex.ts'
import * as ParityGap from './ParityGap.ts'
import * as Prices from './Prices.ts'
import * as Returns from './Returns.ts'
import type { Signal } from './Signal.ts'
import * as WrappedPrice from './WrappedPrice.ts'
import * as Yields from './Yields.ts'

/**
 * The signals that feeds make, in the order they step: who reads another's value stands behind it.
 *
 * They press as soon as they have data; a bridge without feeds pays nothing for them and decides as if they were not.
 */
export const fed: readonly Signal<unknown>[] = [
  WrappedPrice.rsi,
  LossIndex.implied,
  LossIndex.termStructure,
  Yields.differential,
  Prices.cpi,
  Prices.ppi,
  Prices.reer,
  Arbitrage.mev,
  Liquidity.quick,
  Capital.beta,
  Capital.wacc,
  Capital.breakEven,
  Returns.coverIrr,
  Returns.validatorIrr,
  Returns.ddm,
  Returns.priceToFees,
  ParityGap.gap,
  Decay.protection,
  CashPress.press,
  Calendar.calendar,
]

/** The signals that the log of legs makes and nobody weighs: watched beside the book. */
export const watched: readonly Signal<unknown>[] = [
  Breadth.line,
  LossIndex.realised,
  Arbitrage.roundTrips,
  Gdp.nominal,
  Gdp.real,
]

/** All of them, in the order they step. */
export const all: readonly Signal<unknown>[] = [...fed, ...watched]
