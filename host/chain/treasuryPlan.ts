import { abi as deskAbi } from '@cutwater/contracts/generated/CoverDesk.ts'
import { abi as treasuryAbi } from '@cutwater/contracts/generated/Treasury.ts'
import { layers } from '@cutwater/core/ladder/Layer.ts'
import { tilt } from '@cutwater/core/ladder/tilt.ts'
import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import type { Deed } from '@cutwater/engine/ports/Actuator.ts'
import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import type { Plan } from './guardPlan.ts'

/** Deeds that move money. */
export type Act = Extract<Deed['act'], { kind: 'tilt' | 'raiseCover' }>

export function isMove(act: Deed['act']): act is Act {
  return act.kind === 'tilt' || act.kind === 'raiseCover'
}

/** What to ask before and after: how a treasury stands, or a desk. */
export function question({ kind }: Act): Hex {
  const functionName = 'standing'
  return kind === 'tilt'
    ? encodeFunctionData({ abi: treasuryAbi, functionName })
    : encodeFunctionData({ abi: deskAbi, functionName })
}

export function plan(act: Act, answer: Hex): Plan {
  return act.kind === 'tilt' ? planTilt(act.weights, answer) : planRaise(act.dollars, answer)
}

/** Shares in basis points, by layer. */
type Bps = readonly [number, number, number]

/**
 * A step from one split to another, no share by more than `most`: all move by the same part of their way, so that what
 * lies between two splits within bounds is within them as well.
 */
export function stepTowards(from: Bps, to: Bps, most: number): Bps {
  const way = from.map((each, layer) => to[layer]! - each)
  const furthest = Math.max(...way.map(Math.abs))
  // The last layer takes what rounding leaves, up to two points of it.
  const part = furthest <= most ? 1 : Math.max(0, most - 2) / furthest
  const [near, mid] = [from[0] + Math.trunc(way[0]! * part), from[1] + Math.trunc(way[1]! * part)]
  return [near, mid, whole - near - mid]
}

const whole = 10_000

function planTilt(weights: Weights, answer: Hex): Plan {
  const standing = (told: Hex) => {
    const [now, floor, cap, most] = decodeFunctionResult({
      abi: treasuryAbi,
      functionName: 'standing',
      data: told,
    })
    return { now: bps(now), floor: bps(floor), cap: bps(cap), most: Number(most) }
  }
  const { now, floor, cap, most } = standing(answer)
  const next = stepTowards(now, within(weights, floor, cap), most)
  if (isSame(next, now)) return { kind: 'already' }
  const args = [[BigInt(next[0]), BigInt(next[1]), BigInt(next[2])]] as const
  return {
    kind: 'call',
    data: encodeFunctionData({ abi: treasuryAbi, functionName: 'tilt', args }),
    text: `tilt(${next.join(', ')} basis points, from ${now.join(', ')})`,
    isDone: (told) => isSame(standing(told).now, next),
  }
}

/** The split nearest to the weights that the treasury's own bounds admit. */
function within(weights: Weights, floor: Bps, cap: Bps): Bps {
  const shares = (of: Bps) => ({ near: of[0] / whole, mid: of[1] / whole, far: of[2] / whole })
  const bounds = { floor: shares(floor), cap: shares(cap) }
  const bounded = tilt({ base: weights, stress: { near: 0, mid: 0, far: 0 }, conviction: 0, bounds })
  const [near, mid] = layers.map((layer) => Math.round(bounded[layer] * whole))
  return [near!, mid!, whole - near! - mid!]
}

function planRaise(dollars: number, answer: Hex): Plan {
  const standing = (told: Hex) => decodeFunctionResult({ abi: deskAbi, functionName: 'standing', data: told })
  const [raising, most, decimals] = standing(answer)
  // One auction at a time: what it does not bring is asked for again when it is over.
  if (raising > 0n) return { kind: 'already' }
  const wanted = BigInt(Math.floor(dollars)) * 10n ** BigInt(decimals)
  // A desk without premium money refuses, and people hear of it.
  const capital = most > 0n && most < wanted ? most : wanted
  return {
    kind: 'call',
    data: encodeFunctionData({ abi: deskAbi, functionName: 'raise', args: [capital] }),
    text: `raise(${capital} units of capital)`,
    isDone: (told) => standing(told)[0] >= capital,
  }
}

function bps(told: readonly bigint[]): Bps {
  return [Number(told[0]), Number(told[1]), Number(told[2])]
}

function isSame(a: Bps, b: Bps): boolean {
  return a.every((each, layer) => each === b[layer])
}
