import { CutwaterError } from '../units/CutwaterError.ts'

/** A number for each layer of protection. */
export type PerLayer = { readonly near: number; readonly mid: number; readonly far: number }

/** One signal: its rank in its own past, 0 calm to 1 acute, and what it counts for in each layer. */
export type Reading = { readonly rank: number; readonly weight: PerLayer }

/** The stress of a layer that no signal speaks for. */
export const neutral = 0.5

/**
 * The stress of each layer, 0 calm to 1 acute: the mean of the ranks, weighted by what each signal counts
 * for there; 0.5 for a layer without any weight.
 *
 * @example
 * Stress.combine([{ rank: 1, weight: { near: 3, mid: 1, far: 0 } }, { rank: 0.5, weight: { near: 1, mid: 1, far: 0 } }])
 * // { near: 0.875, mid: 0.75, far: 0.5 }
 */
export function combine(readings: readonly Reading[]): PerLayer {
  readings.forEach(requireSound)
  const pull = total(readings, rankOf)
  const weight = total(readings, one)
  return {
    near: mean(pull.near, weight.near),
    mid: mean(pull.mid, weight.mid),
    far: mean(pull.far, weight.far),
  }
}

/**
 * Each reading's share of each layer's stress, in the order of the readings: of what the ranks add up to, how
 * much is this one's. The shares of a layer add up to one, or are all 0 where there is no weight or no stress.
 *
 * @example
 * Stress.shares([{ rank: 0.75, weight: { near: 1, mid: 0, far: 2 } }, { rank: 0.25, weight: { near: 1, mid: 0, far: 0 } }])
 * // [{ near: 0.75, mid: 0, far: 1 }, { near: 0.25, mid: 0, far: 0 }]
 */
export function shares(readings: readonly Reading[]): PerLayer[] {
  readings.forEach(requireSound)
  const pull = total(readings, rankOf)
  const share = ({ rank, weight }: Reading, layer: Layer) =>
    pull[layer] === 0 ? 0 : (rank * weight[layer]) / pull[layer]
  return readings.map((reading) => ({
    near: share(reading, 'near'),
    mid: share(reading, 'mid'),
    far: share(reading, 'far'),
  }))
}

type Layer = keyof PerLayer

function mean(pull: number, weight: number): number {
  return weight === 0 ? neutral : pull / weight
}

// Written out by layer: it is taken every hour, and to look a layer up by its name costs more than the sum.
function total(readings: readonly Reading[], factorOf: (reading: Reading) => number): PerLayer {
  let [near, mid, far] = [0, 0, 0]
  for (const reading of readings) {
    const factor = factorOf(reading)
    near += factor * reading.weight.near
    mid += factor * reading.weight.mid
    far += factor * reading.weight.far
  }
  return { near, mid, far }
}

const rankOf = ({ rank }: Reading) => rank
const one = () => 1

function requireSound({ rank, weight }: Reading, index: number): void {
  const isSound =
    rank >= 0 && rank <= 1 && isWeight(weight.near) && isWeight(weight.mid) && isWeight(weight.far)
  if (!isSound) refuse({ rank, weight }, `reading ${index}`)
}

function isWeight(weight: number): boolean {
  return weight >= 0 && weight < heaviest
}

function refuse({ rank, weight }: Reading, where: string): never {
  if (!(rank >= 0 && rank <= 1)) {
    throw new CutwaterError('STRESS_RANK_OUT_OF_RANGE', `rank is ${rank}`, { where, right: '0 to 1' })
  }
  const layer = (['near', 'mid', 'far'] as const).find((each) => !isWeight(weight[each]))!
  throw new CutwaterError('STRESS_WEIGHT_MALFORMED', `weight.${layer} is ${weight[layer]}`, {
    where,
    right: 'a finite number, not negative',
  })
}

// Far above any weight a person would write, far below where a sum of them would overflow.
const heaviest = 1e100
