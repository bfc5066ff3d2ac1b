import { CutwaterError } from '../units/CutwaterError.ts'
import { type Layer, layers, map, type PerLayer } from './Layer.ts'

/** The share of each layer, as fractions that sum to 1. */
export type Weights = PerLayer<number>

/** The least and the most a layer may get. */
export type Bounds = { readonly floor: Weights; readonly cap: Weights }

/** The rigid 4/4/2 ladder. */
export const base: Weights = { near: 0.4, mid: 0.4, far: 0.2 }

/** Bounds that bind nothing: any layer may get all or nothing. */
export const unbounded: Bounds = { floor: map(() => 0), cap: map(() => 1) }

/** How far from 1 a sum may be and still count as rounding, not as a mistake. */
export const tolerance = 1e-12

/**
 * Passes weights that are 0 or more each and sum to 1.
 *
 * Throws WEIGHTS_INVALID otherwise.
 *
 * @param where path and line they came from, for the error
 *
 * @example
 * Weights.check({ near: 0.5, mid: 0.5, far: 0 }) // undefined
 * Weights.check({ near: 0.5, mid: 0.5, far: 0.2 }) // throws WEIGHTS_INVALID
 */
export function check(weights: Weights, where?: string): void {
  for (const layer of layers) {
    if (!isShare(weights[layer])) throw weightInvalid(layer, weights[layer], where)
  }
  if (Math.abs(sum(weights) - 1) > tolerance) throw sumInvalid(weights, where)
}

/**
 * Passes bounds that some weights can meet: `0 <= floor <= cap` in each layer, floors that sum to at most 1,
 * caps to at least 1.
 *
 * Throws BOUNDS_INVALID otherwise.
 *
 * @example
 * Weights.checkBounds({ floor: { near: 0.1, mid: 0.1, far: 0.1 }, cap: { near: 0.7, mid: 0.7, far: 0.4 } }) // undefined
 * Weights.checkBounds({ floor: { near: 0.5, mid: 0.5, far: 0.5 }, cap: { near: 1, mid: 1, far: 1 } }) // throws BOUNDS_INVALID
 */
export function checkBounds({ floor, cap }: Bounds, where?: string): void {
  for (const layer of layers) {
    if (!(isShare(floor[layer]) && floor[layer] <= cap[layer])) throw boundInvalid(layer, floor, cap, where)
  }
  if (sum(floor) > 1 + tolerance) throw boundsUnreachable('floors', floor, 'at most', where)
  if (!(sum(cap) >= 1 - tolerance)) throw boundsUnreachable('caps', cap, 'at least', where)
}

/**
 * The three weights added up.
 *
 * @example
 * Weights.sum({ near: 0.5, mid: 0.25, far: 0.25 }) // 1
 */
export function sum(weights: Weights): number {
  return weights.near + weights.mid + weights.far
}

function isShare(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY
}

function weightInvalid(layer: Layer, value: number, where?: string): CutwaterError {
  return new CutwaterError('WEIGHTS_INVALID', `the weight of ${layer} is ${value}`, {
    where,
    right: 'a number from 0 to 1',
  })
}

function sumInvalid(weights: Weights, where?: string): CutwaterError {
  return new CutwaterError('WEIGHTS_INVALID', `the weights ${show(weights)} sum to ${sum(weights)}`, {
    where,
    right: 'a sum of 1',
  })
}

function boundInvalid(layer: Layer, floor: Weights, cap: Weights, where?: string): CutwaterError {
  const what = `${layer} has the floor ${floor[layer]} and the cap ${cap[layer]}`
  return new CutwaterError('BOUNDS_INVALID', what, { where, right: '0 <= floor <= cap' })
}

function boundsUnreachable(which: string, bounds: Weights, side: string, where?: string): CutwaterError {
  return new CutwaterError('BOUNDS_INVALID', `the ${which} ${show(bounds)} sum to ${sum(bounds)}`, {
    where,
    right: `a sum of ${side} 1, or no weights can meet them`,
  })
}

function show({ near, mid, far }: Weights): string {
  return `${near} / ${mid} / ${far}`
}
