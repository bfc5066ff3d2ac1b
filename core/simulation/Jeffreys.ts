import * as Distribution from './Distribution.ts'
import type * as Rng from './Rng.ts'

/**
 * A chance as it may be when a share of trials succeeded: one draw of Jeffreys' posterior, Beta(s + ½, n − s + ½).
 *
 * Jeffreys, "An invariant form for the prior probability in estimation problems", Proceedings of the Royal Society A
 * 186, 1946; its intervals: Brown, Cai and DasGupta, Statistical Science 16(2), 2001.
 */
export function chance(rng: Rng.Rng, successes: number, trials: number): number {
  const yes = gamma(rng, successes)
  return yes / (yes + gamma(rng, trials - successes))
}

/** The posterior's mean. */
export function meanChance(successes: number, trials: number): number {
  return (successes + 0.5) / (trials + 1)
}

/** A rate as it may be when so many events were counted over a time: one draw of Gamma(count + ½) over the time. */
export function rate(rng: Rng.Rng, count: number, time: number): number {
  return gamma(rng, count) / time
}

/** The posterior's mean. */
export function meanRate(count: number, time: number): number {
  return (count + 0.5) / time
}

// Of shape n + ½: half the square of a normal value and n exponentials.
function gamma(rng: Rng.Rng, n: number): number {
  const normal = Distribution.normal(rng)
  let sum = (normal * normal) / 2
  for (let i = 0; i < n; i++) sum += Distribution.exponential(rng, 1)
  return sum
}
