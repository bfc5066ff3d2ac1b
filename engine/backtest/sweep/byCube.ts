import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import * as LegCube from './LegCube.ts'
import type { Outcome } from './outcome.ts'

/**
 * What `byFold` says of each policy, to the cent, from the legs that they share: only cash, the open condors and the
 * highest equity are carried from day to day. For policies that `LegCube.fits`.
 *
 * Policies that differ in size alone trade on the same days and go through them side by side: a day of one waits for the
 * day before, but not for the others.
 */
export function byCube(cube: LegCube.LegCube, policies: readonly OptionsPolicy[]): readonly Outcome[] {
  const outcomes = new Array<Outcome>(policies.length)
  for (const group of groupsOf(policies)) {
    const together = walk(
      cube,
      group.map((index) => policies[index]!),
    )
    // Where one could not afford a condor that another could, they part: each then goes its own way.
    for (const [lane, index] of group.entries())
      outcomes[index] = together?.[lane] ?? walk(cube, filled([policies[index]!]))![0]!
  }
  return outcomes
}

/** A condor that is open in every lane; without one it never ends and is worth nothing. */
type Slot = {
  readonly from: number
  readonly end: number
  readonly expiry: number
  readonly cell: LegCube.Cell
  readonly marks: Float64Array
  /** by lane */
  readonly contracts: Float64Array
}

type Walk = {
  readonly cube: LegCube.LegCube
  readonly policies: readonly OptionsPolicy[]
  readonly openings: LegCube.Openings
  readonly expiries: Float64Array
  readonly cells: (LegCube.Cell | undefined)[]
  readonly none: Slot
  /** share of equity that a trade may lose, by lane */
  readonly risk: Float64Array
  // By lane: cents, the highest equity, and the lowest that equity has been over its highest.
  readonly cash: Float64Array
  readonly equity: Float64Array
  readonly peak: Float64Array
  readonly least: Float64Array
  // Two condors at most: `LegCube.fits` sees to it.
  first: Slot
  second: Slot
  open: number
  day: number
  trades: number
  wins: number
  /** the next day on which a condor may be opened */
  watch: number
}

/** Takes all lanes through the days; undefined as soon as they would have to part. */
function walk(cube: LegCube.LegCube, policies: readonly OptionsPolicy[]): readonly Outcome[] | undefined {
  const run = start(cube, policies)
  const days = cube.interest.length
  const { maxOpen } = policies[0]!.condor
  while (run.day < days) {
    quietDays(run, Math.min(run.first.end, run.second.end, run.open < maxOpen ? run.watch : days, days))
    if (run.day < days && !busyDay(run, maxOpen)) return undefined
  }
  const { trades, wins } = run
  return policies.map((_, lane) => ({
    endCents: run.equity[lane]!,
    maxDrawdown: 1 - run.least[lane]!,
    trades,
    wins,
  }))
}

function start(cube: LegCube.LegCube, policies: readonly OptionsPolicy[]): Walk {
  const [policy] = policies as [OptionsPolicy]
  const openings = LegCube.openingsOf(cube, policy)
  const cash = Float64Array.from(policies, ({ startCents }) => startCents)
  const contracts = new Float64Array(policies.length)
  const none = {
    from: 0,
    end: Number.POSITIVE_INFINITY,
    expiry: 0,
    cell: LegCube.noCell,
    marks: cube.zeros,
    contracts,
  }
  return {
    cube,
    policies,
    openings,
    expiries: LegCube.candidatesOf(cube, policy),
    cells: LegCube.cellsOf(cube, policy),
    none,
    risk: Float64Array.from(policies, ({ condor }) => condor.riskShare),
    cash,
    equity: cash.slice(),
    peak: new Float64Array(policies.length),
    least: new Float64Array(policies.length).fill(1),
    first: none,
    second: none,
    open: 0,
    day: 0,
    trades: 0,
    wins: 0,
    watch: openings.from[0]!,
  }
}

/**
 * Days on which nothing is opened or paid out: interest, marks and the highest equity.
 *
 * Four lanes written out: each waits some twenty cycles for its own cash of the day before, which the other three fill. As
 * a loop over lanes the same takes three times as long.
 */
function quietDays(run: Walk, until: number): void {
  const { cash, equity, peak, least, first, second } = run
  const { interest } = run.cube
  const { marks: aMarks, from: aFrom, contracts: a } = first
  const { marks: bMarks, from: bFrom, contracts: b } = second
  const a0 = a[0]!
  const b0 = b[0]!
  let cash0 = cash[0]!
  let worth0 = equity[0]!
  let peak0 = peak[0]!
  let least0 = least[0]!
  const a1 = a[1]!
  const b1 = b[1]!
  let cash1 = cash[1]!
  let worth1 = equity[1]!
  let peak1 = peak[1]!
  let least1 = least[1]!
  const a2 = a[2]!
  const b2 = b[2]!
  let cash2 = cash[2]!
  let worth2 = equity[2]!
  let peak2 = peak[2]!
  let least2 = least[2]!
  const a3 = a[3]!
  const b3 = b[3]!
  let cash3 = cash[3]!
  let worth3 = equity[3]!
  let peak3 = peak[3]!
  let least3 = least[3]!
  for (let day = run.day; day < until; day++) {
    const rate = interest[day]!
    const aMark = aMarks[day - aFrom]!
    const bMark = bMarks[day - bFrom]!
    cash0 += Math.floor(cash0 * rate + 0.5)
    cash1 += Math.floor(cash1 * rate + 0.5)
    cash2 += Math.floor(cash2 * rate + 0.5)
    cash3 += Math.floor(cash3 * rate + 0.5)
    worth0 = cash0 + a0 * aMark + b0 * bMark
    worth1 = cash1 + a1 * aMark + b1 * bMark
    worth2 = cash2 + a2 * aMark + b2 * bMark
    worth3 = cash3 + a3 * aMark + b3 * bMark
    if (worth0 > peak0) peak0 = worth0
    else if (worth0 < peak0 * least0) least0 = worth0 / peak0
    if (worth1 > peak1) peak1 = worth1
    else if (worth1 < peak1 * least1) least1 = worth1 / peak1
    if (worth2 > peak2) peak2 = worth2
    else if (worth2 < peak2 * least2) least2 = worth2 / peak2
    if (worth3 > peak3) peak3 = worth3
    else if (worth3 < peak3 * least3) least3 = worth3 / peak3
  }
  cash[0] = cash0
  equity[0] = worth0
  peak[0] = peak0
  least[0] = least0
  cash[1] = cash1
  equity[1] = worth1
  peak[1] = peak1
  least[1] = least1
  cash[2] = cash2
  equity[2] = worth2
  peak[2] = peak2
  least[2] = least2
  cash[3] = cash3
  equity[3] = worth3
  peak[3] = peak3
  least[3] = least3
  run.day = Math.max(run.day, until)
}

/** A day on which condors are paid out or opened, in the order of the book's own step; false where lanes must part. */
function busyDay(run: Walk, maxOpen: number): boolean {
  const { cash, equity, peak, least, cube, day } = run
  for (let lane = 0; lane < cash.length; lane++)
    cash[lane]! += Math.floor(cash[lane]! * cube.interest[day]! + 0.5)
  if (run.first.end <= day) {
    payOut(run, run.first)
    run.first = run.second
    run.second = run.none
  }
  if (run.second.end <= day) {
    payOut(run, run.second)
    run.second = run.none
  }
  const [a, b] = [run.first.marks[day - run.first.from]!, run.second.marks[day - run.second.from]!]
  for (let lane = 0; lane < cash.length; lane++)
    equity[lane] = cash[lane]! + run.first.contracts[lane]! * a + run.second.contracts[lane]! * b
  if (run.open < maxOpen && !enter(run)) return false
  for (let lane = 0; lane < cash.length; lane++) {
    peak[lane] = Math.max(peak[lane]!, equity[lane]!)
    least[lane] = Math.min(least[lane]!, equity[lane]! / peak[lane]!)
  }
  run.day = day + 1
  return true
}

function payOut(run: Walk, { contracts, cell }: Slot): void {
  for (let lane = 0; lane < run.cash.length; lane++) run.cash[lane]! += contracts[lane]! * cell.payoff
  run.open -= 1
  run.trades += 1
  if (cell.credit + cell.payoff > cell.commission) run.wins += 1
}

/** Opens the day's condor, where there is one; false where some lanes can afford it and others cannot. */
function enter(run: Walk): boolean {
  const { cube, policies, openings, expiries, cells, risk, cash, equity, day } = run
  if (run.watch < day) run.watch = openings.from[day]!
  if (run.watch !== day) return true
  const expiry = expiries[day]!
  if (run.first.expiry === expiry || run.second.expiry === expiry) {
    run.watch = openings.other[day]!
    return true
  }
  cells[day] ??= LegCube.cell(cube, policies[0]!, day)
  const cell = cells[day]
  const contracts = new Float64Array(cash.length)
  let fewest = Number.POSITIVE_INFINITY
  let most = 0
  for (let lane = 0; lane < cash.length && cell.maxLoss > 0; lane++) {
    contracts[lane] = Math.floor((risk[lane]! * equity[lane]!) / cell.maxLoss)
    fewest = Math.min(fewest, contracts[lane]!)
    most = Math.max(most, contracts[lane]!)
  }
  run.watch = openings.from[day + 1]!
  if (most === 0) return true
  if (fewest === 0) return false
  for (let lane = 0; lane < cash.length; lane++) {
    cash[lane]! += contracts[lane]! * (cell.credit - cell.commission)
    equity[lane]! += contracts[lane]! * (cell.credit - cell.commission + cell.marks[0]!)
  }
  const slot = { from: day, end: cell.end, expiry, cell, marks: cell.marks, contracts }
  if (run.open === 0) run.first = slot
  else run.second = slot
  run.open += 1
  run.watch = openings.other[day]!
  return true
}

/** Four lanes always: what is missing is taken along once more. */
function filled(policies: readonly OptionsPolicy[]): readonly OptionsPolicy[] {
  return Array.from({ length: lanesAtOnce }, (_, lane) => policies[lane] ?? policies[0]!)
}

/** Indices of policies that are the same but for their size, four at a time. */
function groupsOf(policies: readonly OptionsPolicy[]): readonly (readonly number[])[] {
  const alike = new Map<string, number[]>()
  for (const [index, policy] of policies.entries()) {
    const key = LegCube.scheduleOf(policy)
    const found = alike.get(key)
    if (found === undefined) alike.set(key, [index])
    else found.push(index)
  }
  return [...alike.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / lanesAtOnce) }, (_, i) =>
      all.slice(i * lanesAtOnce, (i + 1) * lanesAtOnce),
    ),
  )
}

const lanesAtOnce = 4
