import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import * as Itinerary from './Itinerary.ts'
import * as LegCube from './LegCube.ts'
import type { Outcome } from './outcome.ts'

/**
 * What `byFold` says of each policy, to the cent, from what they share: legs, and where policies differ in size alone also
 * the days on which condors are opened and paid out. Only cash, contracts and the highest equity are each policy's own. For
 * policies that `LegCube.fits`.
 *
 * Policies that differ in size alone go through the days side by side: a day of one waits for the day before, but not for
 * the others.
 */
export function byCube(cube: LegCube.LegCube, policies: readonly OptionsPolicy[]): readonly Outcome[] {
  const outcomes = new Array<Outcome>(policies.length)
  for (const group of groupsOf(policies)) {
    const members = group.map((index) => policies[index]!)
    const together = walk(Itinerary.shared(cube, members[0]!), members)
    for (const [lane, index] of group.entries())
      outcomes[index] = together?.[lane] ?? alone(cube, policies[index]!)
  }
  return outcomes
}

/** A policy on an itinerary of its own, from which each condor that it cannot afford is taken out. */
function alone(cube: LegCube.LegCube, policy: OptionsPolicy): Outcome {
  const trip = Itinerary.create(cube, policy)
  return walk(trip, [policy], (stop) => Itinerary.refuse(trip, stop))![0]!
}

type Walk = {
  readonly trip: Itinerary.Itinerary
  /** share of equity that a trade may lose, by lane */
  readonly risk: Float64Array
  // By lane: cents, condors of each place, the highest equity, and the lowest that equity has been over its highest.
  readonly cash: Float64Array
  readonly equity: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
  readonly peak: Float64Array
  readonly least: Float64Array
}

/**
 * Takes up to four policies through the days. Where one cannot afford a condor it is refused for all of them; undefined
 * when it may not be.
 */
function walk(
  trip: Itinerary.Itinerary,
  policies: readonly OptionsPolicy[],
  refuse?: (stop: Itinerary.Stop) => void,
): readonly Outcome[] | undefined {
  const run = start(trip, filled(policies))
  let [day, trades, wins] = [0, 0, 0]
  for (let index = 0; ; index++) {
    const stop = Itinerary.stopAt(trip, index)
    if (stop === undefined) break
    quietDays(run, day, stop.day)
    payOut(run, stop)
    if (stop.opens !== undefined && !enter(run, stop.opens)) {
      if (refuse === undefined) return undefined
      refuse(stop)
    }
    keepPeak(run)
    day = stop.day + 1
    trades += stop.trades
    wins += stop.wins
  }
  quietDays(run, day, trip.cube.views.length)
  return policies.map((_, lane) => ({
    endCents: run.equity[lane]!,
    maxDrawdown: 1 - run.least[lane]!,
    trades,
    wins,
  }))
}

function start(trip: Itinerary.Itinerary, policies: readonly OptionsPolicy[]): Walk {
  const cash = Float64Array.from(policies, ({ startCents }) => startCents)
  return {
    trip,
    risk: Float64Array.from(policies, ({ condor }) => condor.riskShare),
    cash,
    equity: cash.slice(),
    first: new Float64Array(lanesAtOnce),
    second: new Float64Array(lanesAtOnce),
    peak: new Float64Array(lanesAtOnce),
    least: new Float64Array(lanesAtOnce).fill(1),
  }
}

/**
 * Days on which nothing is opened or paid out: interest, marks and the highest equity.
 *
 * Four lanes written out: each waits some twenty cycles for its own cash of the day before, which the other three fill. As
 * a loop over lanes the same takes three times as long.
 */
function quietDays(run: Walk, from: number, until: number): void {
  const { trip, cash, equity, peak, least, first: a, second: b } = run
  const { interest } = trip.cube
  const { marks: aMarks } = trip.first
  const { marks: bMarks } = trip.second
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
  for (let day = from; day < until; day++) {
    const rate = interest[day]!
    const aMark = aMarks[day]!
    const bMark = bMarks[day]!
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
}

/** Interest, what ends, and marks, in the order of the book's own step. */
function payOut(run: Walk, { day, firstEnds, secondEnds, firstPays, secondPays }: Itinerary.Stop): void {
  const { trip, cash, equity, first, second } = run
  const rate = trip.cube.interest[day]!
  const a = trip.first.marks[day]!
  const b = trip.second.marks[day]!
  for (let lane = 0; lane < lanesAtOnce; lane++) {
    const before = cash[lane]!
    const paid = first[lane]! * firstPays + second[lane]! * secondPays
    if (firstEnds) first[lane] = 0
    if (secondEnds) second[lane] = 0
    cash[lane] = before + Math.floor(before * rate + 0.5) + paid
    equity[lane] = cash[lane]! + first[lane]! * a + second[lane]! * b
  }
}

/** Opens as many condors as each lane's size allows; false, with nothing done, where that is none for one of them. */
function enter(run: Walk, { isFirst, maxLoss, net, mark }: Itinerary.Opening): boolean {
  const { cash, equity, risk } = run
  for (let lane = 0; lane < lanesAtOnce; lane++)
    if (!((risk[lane]! * equity[lane]!) / maxLoss >= 1)) return false
  const place = isFirst ? run.first : run.second
  for (let lane = 0; lane < lanesAtOnce; lane++) {
    const contracts = Math.floor((risk[lane]! * equity[lane]!) / maxLoss)
    place[lane] = contracts
    cash[lane]! += contracts * net
    equity[lane]! += contracts * (net + mark)
  }
  return true
}

function keepPeak({ equity, peak, least }: Walk): void {
  for (let lane = 0; lane < lanesAtOnce; lane++) {
    peak[lane] = Math.max(peak[lane]!, equity[lane]!)
    least[lane] = Math.min(least[lane]!, equity[lane]! / peak[lane]!)
  }
}

/** Four lanes always, as places beyond the end of an array are slow to read: what is missing is taken along once more. */
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
