import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import * as LegCube from './LegCube.ts'

/**
 * Where a policy's condors lead, whatever its size: the days on which one is opened or paid out. It grows as far as it is
 * followed, and takes every opening unless that is refused.
 */
export type Itinerary = {
  readonly cube: LegCube.LegCube
  readonly policy: OptionsPolicy
  readonly openings: LegCube.Openings
  readonly expiries: Float64Array
  readonly cells: (LegCube.Cell | undefined)[]
  readonly stops: Stop[]
  // Two condors at most: `LegCube.fits` sees to it.
  readonly first: Place
  readonly second: Place
  /** the next day on which a condor may be opened */
  watch: number
}

/** Room for one condor after another. */
type Place = {
  /** of the condor that is open, cents by day; 0 where none is */
  readonly marks: Float64Array
  open: Held | undefined
}

type Held = { readonly cell: LegCube.Cell; readonly expiry: number }

/** A day on which condors are paid out or opened, cents for each condor. */
export type Stop = {
  readonly day: number
  /** whether the condor of the place ends, and what it then pays; 0 for none */
  readonly firstEnds: boolean
  readonly secondEnds: boolean
  readonly firstPays: number
  readonly secondPays: number
  /** how many end, and how many of them well */
  readonly trades: number
  readonly wins: number
  readonly opens: Opening | undefined
}

export type Opening = {
  readonly isFirst: boolean
  readonly maxLoss: number
  /** what opening brings in, after commission */
  readonly net: number
  /** at the close of that day */
  readonly mark: number
}

/** The itinerary that policies which differ in size alone share, as long as each can afford every condor on it. */
export function shared(cube: LegCube.LegCube, policy: OptionsPolicy): Itinerary {
  return LegCube.once(cube.itineraries, LegCube.scheduleOf(policy), () => create(cube, policy))
}

/** An itinerary of a policy's own, on which openings may be refused. */
export function create(cube: LegCube.LegCube, policy: OptionsPolicy): Itinerary {
  const openings = LegCube.openingsOf(cube, policy)
  const place = (): Place => ({ marks: new Float64Array(cube.views.length), open: undefined })
  return {
    cube,
    policy,
    openings,
    expiries: LegCube.candidatesOf(cube, policy),
    cells: LegCube.cellsOf(cube, policy),
    stops: [],
    first: place(),
    second: place(),
    watch: openings.from[0]!,
  }
}

/** The stop of this number, found when it is first asked for; undefined past the last. */
export function stopAt(trip: Itinerary, index: number): Stop | undefined {
  const known = trip.stops[index]
  if (known !== undefined) return known
  const found = next(trip)
  if (found !== undefined) trip.stops.push(found)
  return found
}

/** Takes back the opening of the last stop: there was not enough for one condor. */
export function refuse(trip: Itinerary, { day, opens }: Stop): void {
  const place = opens!.isFirst ? trip.first : trip.second
  const { length } = place.open!.cell.marks
  place.marks.fill(0, day, day + length)
  place.open = undefined
  trip.watch = trip.openings.from[day + 1]!
}

function next(trip: Itinerary): Stop | undefined {
  const { first, second, cube, policy } = trip
  for (;;) {
    const isFull = heldIn(trip) === policy.condor.maxOpen
    const day = Math.min(endOf(first), endOf(second), isFull ? cube.views.length : trip.watch)
    if (day >= cube.views.length) return undefined
    const [one, other] = [release(first, day), release(second, day)]
    const opens = heldIn(trip) < policy.condor.maxOpen ? open(trip, day) : undefined
    const ended = [one, other].flatMap((cell) => cell ?? [])
    if (opens === undefined && ended.length === 0) continue
    return {
      day,
      firstEnds: one !== undefined,
      secondEnds: other !== undefined,
      firstPays: one?.payoff ?? 0,
      secondPays: other?.payoff ?? 0,
      trades: ended.length,
      wins: ended.filter(({ credit, payoff, commission }) => credit + payoff > commission).length,
      opens,
    }
  }
}

/** Opens the day's condor, where there is one that can lose something. */
function open(trip: Itinerary, day: number): Opening | undefined {
  const { cube, policy, openings, expiries, cells, first, second } = trip
  if (trip.watch < day) trip.watch = openings.from[day]!
  if (trip.watch !== day) return undefined
  const expiry = expiries[day]!
  trip.watch = openings.other[day]!
  if (first.open?.expiry === expiry || second.open?.expiry === expiry) return undefined
  cells[day] ??= LegCube.cell(cube, policy, day)
  const cell = cells[day]
  if (!(cell.maxLoss > 0)) {
    trip.watch = openings.from[day + 1]!
    return undefined
  }
  const isFirst = first.open === undefined
  const place = isFirst ? first : second
  place.open = { cell, expiry }
  place.marks.set(cell.marks, day)
  return { isFirst, maxLoss: cell.maxLoss, net: cell.credit - cell.commission, mark: cell.marks[0]! }
}

/** Lets go of the condor of a place when it ends. */
function release(place: Place, day: number): LegCube.Cell | undefined {
  if (endOf(place) > day) return undefined
  const { cell } = place.open!
  place.open = undefined
  return cell
}

function endOf({ open }: Place): number {
  return open?.cell.end ?? Number.POSITIVE_INFINITY
}

function heldIn({ first, second }: Itinerary): number {
  return (first.open === undefined ? 0 : 1) + (second.open === undefined ? 0 : 1)
}
