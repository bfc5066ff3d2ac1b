import { CutwaterError } from '../../units/CutwaterError.ts'
import type { Usd } from '../../units/Usd.ts'
import * as Rng from '../Rng.ts'
import type { Model } from './Model.ts'
import * as PathDraws from './PathDraws.ts'
import type { Plan } from './Plan.ts'
import { outcome, settlePath } from './settlePath.ts'

export type Rare = {
  readonly model: Model
  readonly plan: Plan
  /** the event: users lose at least this, in cents */
  readonly shortfallUsd: Usd
  readonly seed: number
  /** paths alive at each level */
  readonly particles?: number
  /** independent runs, which give the standard error */
  readonly runs?: number
}

export type RareProbability = {
  readonly value: number
  readonly standardError: number
  readonly levels: number
  /** paths settled in all */
  readonly paths: number
}

/**
 * The probability of a shortfall too rare for plain paths, by splitting.
 *
 * A path is the uniform numbers it is made from. Those paths that come closest are split: copied, and moved by drawing
 * some of their numbers anew, as long as they stay as close. The probability is the product of the shares that pass
 * each level (Botev and Kroese, "Efficient Monte Carlo simulation via the generalized splitting method", Statistics
 * and Computing 22, 2012). A pilot finds the levels; with fixed levels each run is unbiased. False alarms are left out.
 *
 * Throws RARE_EVENT_INVALID unless the shortfall is above zero.
 */
export function splitting({
  model,
  plan,
  shortfallUsd,
  seed,
  particles = 2_000,
  runs = 16,
}: Rare): RareProbability {
  if (!(shortfallUsd > 0)) throw eventInvalid(shortfallUsd)
  if (model.attacksPerSecond === 0) return { value: 0, standardError: 0, levels: 0, paths: 0 }
  const root = Rng.create(seed)
  const climb = climber(model, plan, shortfallUsd)
  const levels = climb.pilot(Rng.fork(root, 'pilot'), particles)
  const estimates = Array.from(
    { length: runs },
    (_, run) => (1 - noAttempt(model)) * climb.run(Rng.fork(root, run), particles, levels),
  )
  const value = estimates.reduce((a, b) => a + b, 0) / runs
  const spread = estimates.reduce((sum, each) => sum + (each - value) ** 2, 0)
  return {
    value,
    standardError: Math.sqrt(spread / (runs * Math.max(1, runs - 1))),
    levels: levels.length,
    paths: climb.settled(),
  }
}

/** The share of paths that a pilot lets pass each level. */
const passing = 0.2

/** Moves of each copy at each level. */
const moves = 20

const mostLevels = 40

/** One path as its numbers, how close it came, and whether the event took place. */
type Particle = { readonly numbers: Float64Array; closeness: number; happened: boolean }

function climber(model: Model, plan: Plan, shortfallUsd: Usd) {
  const size = numbersNeeded(model)
  const quiet = noAttempt(model)
  const draws = PathDraws.create(PathDraws.roomFor(model))
  const out = outcome()
  let settled = 0

  return { pilot, run, settled: () => settled }

  function pilot(rng: Rng.Rng, particles: number): readonly number[] {
    const levels: number[] = []
    let alive = Array.from({ length: particles }, () => fresh(rng))
    while (levels.length < mostLevels) {
      if (alive.filter(({ happened }) => happened).length >= passing * particles) break
      const sorted = alive.map(({ closeness }) => closeness).sort((a, b) => b - a)
      const level = Math.min(shortfallUsd, sorted[Math.floor(passing * particles)]!)
      const before = levels.at(-1) ?? Number.NEGATIVE_INFINITY
      if (!(level > before)) break
      levels.push(level)
      alive = split(
        rng,
        alive.filter(({ closeness }) => closeness >= level),
        particles,
        level,
      )
    }
    return levels
  }

  function run(rng: Rng.Rng, particles: number, levels: readonly number[]): number {
    let alive = Array.from({ length: particles }, () => fresh(rng))
    let probability = 1
    for (const level of levels) {
      const passed = alive.filter(({ closeness }) => closeness >= level)
      probability *= passed.length / particles
      if (passed.length === 0) return 0
      alive = split(rng, passed, particles, level)
    }
    return (probability * alive.filter(({ happened }) => happened).length) / particles
  }

  function split(rng: Rng.Rng, passed: readonly Particle[], particles: number, level: number): Particle[] {
    return Array.from({ length: particles }, () => {
      const chosen = Rng.pick(rng, passed)
      const copy = { ...chosen, numbers: Float64Array.from(chosen.numbers) }
      for (let each = 0; each < moves; each++) move(rng, copy, level)
      return copy
    })
  }

  // One number is moved, by a step of any size: near an extreme only small ones succeed. Which one and how far must
  // not depend on the path, or paths would drift to where they are easily moved.
  function move(rng: Rng.Rng, particle: Particle, level: number): void {
    const place = Rng.chance(rng, 0.7) ? Rng.pick(rng, decisive) : Rng.integer(rng, size)
    const { closeness, happened, numbers } = particle
    const before = numbers[place]!
    numbers[place] = stepped(before, rng)
    judge(particle)
    if (particle.closeness >= level) return
    numbers[place] = before
    particle.closeness = closeness
    particle.happened = happened
  }

  function fresh(rng: Rng.Rng): Particle {
    const numbers = new Float64Array(size)
    for (let index = 0; index < size; index++) numbers[index] = Rng.uniformOpen(rng)
    return judge({ numbers, closeness: 0, happened: false })
  }

  // Mostly the shortfall itself; below it, what got past the guard, and what was tried, show the way.
  function judge(particle: Particle): Particle {
    settle(particle.numbers)
    const { baselineUsd, preventedUsd, shortfallUsd: lost } = out
    particle.closeness = lost + 1e-3 * (baselineUsd - preventedUsd) + 1e-6 * baselineUsd
    particle.happened = lost >= shortfallUsd
    return particle
  }

  // The first wait ends within the horizon: paths without any attempt are not looked at.
  function settle(numbers: Float64Array): void {
    let position = 0
    const next = () => {
      const number = numbers[position] ?? last
      return position++ === 1 ? quiet + number * (1 - quiet) : number
    }
    PathDraws.fill(draws, model, next, false)
    settlePath(model, plan, draws, out)
    settled++
  }
}

/** Family, prevention, loss, reaction and failure of the first attempt: all that matters on most paths. */
const decisive: readonly number[] = [2, 3, 4, 7, 8]

/** A step on a circle: as likely back as forth, so that the numbers stay uniform; from a millionth of it to all. */
function stepped(number: number, rng: Rng.Rng): number {
  const reach = 10 ** (-6 * Rng.uniform(rng))
  const next = number + reach * (Rng.uniform(rng) - 0.5)
  const around = next - Math.floor(next)
  return around > 0 && around < 1 ? around : 0.5
}

/** A wait so long that the path ends: for paths with more attempts than any of ten billion has. */
const last = 1e-300

/** The chance of a path without any attempt. */
function noAttempt({ attacksPerSecond, horizonSeconds }: Model): number {
  return Math.exp(-attacksPerSecond * horizonSeconds)
}

function numbersNeeded({ attacksPerSecond, horizonSeconds }: Model): number {
  const attempts = attacksPerSecond * horizonSeconds
  return 2 + 10 * Math.ceil(attempts + 8 * Math.sqrt(attempts) + 8)
}

function eventInvalid(shortfallUsd: number): CutwaterError {
  return new CutwaterError('RARE_EVENT_INVALID', `the shortfall is ${shortfallUsd} cents`, {
    right: 'cents above zero',
  })
}
