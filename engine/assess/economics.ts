import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import { lockedUsd } from '@cutwater/core/bridge/BridgeBook.ts'
import { defaultCurves } from '@cutwater/core/bridge/budget/Curves.ts'
import * as CoverPrice from '@cutwater/core/bridge/economics/CoverPrice.ts'
import { corruption } from '@cutwater/core/bridge/economics/corruption.ts'
import * as ExitLiquidity from '@cutwater/core/bridge/economics/ExitLiquidity.ts'
import * as LayerYear from '@cutwater/core/bridge/economics/LayerYear.ts'
import { optimisticWindow } from '@cutwater/core/bridge/economics/optimisticWindow.ts'
import * as Guard from '@cutwater/core/bridge/guard/Guard.ts'
import { reactionSeconds } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { Setup } from '@cutwater/core/bridge/setup/Setup.ts'
import * as Measures from '@cutwater/core/bridge/signals/Measures.ts'
import { tuning } from '@cutwater/core/bridge/tuning.ts'
import { breakEven } from '@cutwater/core/finance/breakEven.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Attack from '@cutwater/core/simulation/attack/Assumptions.ts'
import { toDollars, type Usd } from '@cutwater/core/units/Usd.ts'
import type { Economics, Parameter, Unsaid } from './Assessment.ts'
import { isSaid } from './Assessment.ts'
import * as Assumptions from './Assumptions.ts'
import type { Threat } from './threat.ts'

/**
 * What security costs, what it bounds, and what attacking it would bring, on a book as it stands and with a guard as
 * it would stand.
 */
export function economics(
  book: BridgeBook,
  guard: Guard.Guard,
  setup: Setup,
  threat: Threat | Unsaid,
  values: ReadonlyMap<string, number>,
): Economics {
  const locked = lockedUsd(book)
  const bound = guard.settings.level < 2 ? null : boundOf(book, guard)
  const standing: LayerYear.Standing = {
    lockedUsd: locked,
    boundUsd: bound ?? locked,
    reserveUsd: book.protection.reserveUsd,
    economy: book.policy.economy,
  }
  const budget = book.policy.economy.budgetPerYear * locked
  const spent = Layer.map((layer) => book.weights[layer] * budget)
  const released = toDollars(bound ?? locked)
  const exit = exitOf(book, released)
  return {
    budgetUsdPerYear: toDollars(budget),
    boundUsd: bound === null ? null : toDollars(bound),
    corruption: corruptionOf(book, setup, released, isSaid(exit) ? exit.fetchesUsd : null),
    exit,
    cover: isSaid(threat) ? coverOf(book, threat, released, toDollars(locked)) : threat,
    optimistic: optimisticOf(book, setup),
    breakEven: breakEvenOf(toDollars(budget), toDollars(locked), values),
    year: isSaid(threat) ? inDollars(LayerYear.year(spent, threat, standing)) : threat,
    marginal: isSaid(threat) ? LayerYear.marginal(spent, threat, standing) : threat,
    parameters: parametersOf(book, threat),
  }
}

/** The most that leaves while watchers see it, cents. */
function boundOf(book: BridgeBook, guard: Guard.Guard): Usd {
  return Guard.boundUsd(guard, tuning(book, lockedUsd(book)), reactionSeconds(guard.settings), false)
}

function inDollars(year: LayerYear.Year): LayerYear.Year {
  return {
    baselineUsd: toDollars(year.baselineUsd),
    avoidedUsd: toDollars(year.avoidedUsd),
    preventedUsd: toDollars(year.preventedUsd),
    coveredUsd: toDollars(year.coveredUsd),
    backstoppedUsd: toDollars(year.backstoppedUsd),
    shortfallUsd: toDollars(year.shortfallUsd),
  }
}

function corruptionOf(
  book: BridgeBook,
  setup: Setup,
  releaseUsd: number,
  exitUsd: number | null,
): Economics['corruption'] {
  const { verifiers, threshold } = setup
  if (verifiers === null || threshold === null)
    return { why: 'nothing says who holds which key, and how many move money' }
  if (verifiers.length < threshold)
    return { why: `${verifiers.length} keys are named and ${threshold} are needed` }
  const keys = new Map<string, number>()
  for (const { operator } of verifiers) keys.set(operator, (keys.get(operator) ?? 0) + 1)
  const operators = [...keys].map(([name, count]) => {
    const stake = Measures.read(book.measures, 'stake', name, book.now)
    return { name, keys: count, stakeUsd: stake.known ? stake.value : 0, hackUsd: Assumptions.values.hackUsd }
  })
  const { slashableShare, provenShare, buffer } = Assumptions.values
  // What is released at home is canonical and sells at par; only minted tokens need somebody to sell them to.
  const terms = {
    slashableShare,
    provenShare,
    buffer,
    lostFeesUsd: 0,
    releaseUsd,
    exitUsd: exitUsd ?? releaseUsd,
  }
  return corruption({ ...terms, operators, threshold })
}

function exitOf({ measures, now }: BridgeBook, amountUsd: number): Economics['exit'] {
  const pools = Measures.readAll(measures, 'poolReserve', now)
  const caps = Measures.readAll(measures, 'borrowCap', now)
  const doubted = [...pools, ...caps].find(({ answer }) => !answer.known)?.answer
  if (doubted !== undefined && !doubted.known) return { why: doubted.why }
  if (pools.length + caps.length === 0) return { why: 'neither poolReserve nor borrowCap is fed' }
  const { poolFee, loanToValue } = Assumptions.values
  const amounts = (all: typeof pools) => all.flatMap(({ answer }) => (answer.known ? [answer.value] : []))
  const open = amounts(pools).map((usd) => ({ wrappedUsd: usd, canonicalUsd: usd, fee: poolFee }))
  const lenders = amounts(caps).map((capUsd) => ({ capUsd, loanToValue }))
  return {
    fetchesUsd: ExitLiquidity.of(amountUsd, open, lenders),
    mostUsd: ExitLiquidity.most(open, lenders),
  }
}

function coverOf(
  book: BridgeBook,
  { perYear, losses }: Threat,
  capUsd: number,
  locked: number,
): Economics['cover'] {
  const { loading, expense } = Assumptions.values
  const dollars = losses.map(toDollars)
  const priced = CoverPrice.of({ perYear, losses: dollars, capUsd }, { loading, expense })
  const unbounded = CoverPrice.of({ perYear, losses: dollars, capUsd: locked }, { loading, expense })
  const inForceUsd = toDollars(book.protection.coverUsd)
  return {
    inForceUsd,
    expectedUsd: priced.expectedUsd,
    tailUsd: priced.tailUsd,
    premiumUsd: priced.premiumUsd,
    unboundedPremiumUsd: unbounded.premiumUsd,
    fundUsd: CoverPrice.fundUsd(priced.tailUsd, inForceUsd),
  }
}

function optimisticOf({ policy }: BridgeBook, { optimistic }: Setup): Economics['optimistic'] {
  if (optimistic === null) return { why: 'nothing says that claims can be disputed' }
  const { reliability, sharedFailure, disputeUsd, rewardUsd, congestedSeconds } = Assumptions.values
  const { detectSeconds, decideSeconds } = policy.guard
  const times = { detectSeconds, decideSeconds, includeSeconds: congestedSeconds }
  return optimisticWindow({
    ...optimistic,
    ...times,
    reliability,
    sharedFailure,
    disputeUsd,
    delayUsd: 0,
    rewardUsd,
  })
}

function breakEvenOf(
  budget: number,
  locked: number,
  values: ReadonlyMap<string, number>,
): Economics['breakEven'] {
  if (locked < 1) return { why: 'nothing is locked' }
  const wacc = values.get('wacc')
  const terms = { costPerYear: budget, protectedValue: locked, yield: Assumptions.values.lockedYield }
  return { ...breakEven({ ...terms, wacc: wacc ?? Assumptions.values.wacc }), measured: wacc !== undefined }
}

function parametersOf({ policy }: BridgeBook, threat: Threat | Unsaid): readonly Parameter[] {
  const own = { ...Attack.defaults, ...policy.economy }
  const used = new Set<string>([
    ...Object.keys(policy.economy),
    ...Object.keys(defaultCurves),
    ...threatNames,
  ])
  return [
    ...Attack.list(own).filter(({ name }) => used.has(name)),
    ...Assumptions.parameters,
    ...(isSaid(threat) ? threat.parameters : []),
  ]
}

const threatNames = ['liveBridges', 'bypassChance'] as const
