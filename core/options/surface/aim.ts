import * as Input from '../../finance/Input.ts'
import type { Kind } from '../pricing/Black76.ts'

/**
 * The delta to aim at on a surface of indices, so that the quotes of a month give the delta that is wanted, in the mean of
 * six market states: the aims of `docs/options-surface.md`, which `node scripts/surfaceErrors.ts` prints. Between them on
 * lines, at and beyond 0.5 unchanged.
 *
 * @example
 * aim('put', 0.2) // ≈ 0.2048
 * aim('call', 0.05) // ≈ 0.05665
 * aim('call', 0.5) // 0.5
 */
export function aim(kind: Kind, delta: number): number {
  const wanted = Input.between(0, 1, delta, 'delta')
  const knots = [{ delta: 0, times: ratios[kind][0]!.times }, ...ratios[kind], { delta: 0.5, times: 1 }]
  const right = knots.findIndex((knot) => knot.delta >= wanted)
  if (right < 1) return wanted
  const [a, b] = [knots[right - 1]!, knots[right]!]
  const share = (wanted - a.delta) / (b.delta - a.delta)
  return wanted * (a.times + share * (b.times - a.times))
}

const ratios = {
  put: [
    { delta: 0.05, times: 1.012 },
    { delta: 0.2, times: 1.024 },
  ],
  call: [
    { delta: 0.05, times: 1.133 },
    { delta: 0.2, times: 1.021 },
  ],
} as const
