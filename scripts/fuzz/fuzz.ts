import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Target } from './Target.ts'

/** How a target stood up to its inputs. */
export type Tally = {
  readonly name: string
  readonly inputs: number
  readonly refused: number
  readonly taken: number
  readonly slowestMilliseconds: number
  /** inputs that broke it or were taken and should not have been, the first few */
  readonly faults: readonly Fault[]
  readonly faultCount: number
}

export type Fault = { readonly nth: number; readonly what: string; readonly input: string }

const faultsKept = 5
/** From here on an input counts as one that hangs; most take less than one. */
const hangMilliseconds = 20_000

/**
 * Tries every target with its share of so many inputs; the same seed makes the same inputs.
 *
 * @param onProgress called about every second
 */
export async function fuzz(
  targets: readonly Target[],
  options: { readonly inputs: number; readonly seed: number; readonly onProgress?: (done: number) => void },
): Promise<readonly Tally[]> {
  const { inputs, seed, onProgress = () => {} } = options
  const all = targets.reduce((sum, { share }) => sum + share, 0)
  const tallies: Tally[] = []
  let done = 0
  for (const target of targets) {
    const count = Math.ceil((inputs * target.share) / all)
    tallies.push(await tryOut(target, count, seed, (nth) => onProgress(done + nth)))
    done += count
  }
  return tallies
}

async function tryOut(
  target: Target,
  inputs: number,
  seed: number,
  onProgress: (nth: number) => void,
): Promise<Tally> {
  const root = Rng.fork(Rng.create(seed), target.name)
  const faults: Fault[] = []
  let [refused, taken, faultCount, slowestMilliseconds, told] = [0, 0, 0, 0, performance.now()]
  const fault = (nth: number, what: string, input: string): void => {
    faultCount += 1
    if (faultCount <= faultsKept) faults.push({ nth, what, input: input.slice(0, 2_000) })
  }
  for (let nth = 0; nth < inputs; nth++) {
    const input = target.make(Rng.fork(root, nth))
    const began = performance.now()
    const end = await endOf(target, input)
    const now = performance.now()
    if (now - began > hangMilliseconds) fault(nth, `it takes ${Math.round(now - began)} ms`, input)
    slowestMilliseconds = Math.max(slowestMilliseconds, Math.round(now - began))
    if (end === 'refused') refused += 1
    else if (end === null) taken += 1
    else fault(nth, end, input)
    if (now - told < 1_000) continue
    told = now
    onProgress(nth)
  }
  return { name: target.name, inputs, refused, taken, slowestMilliseconds, faults, faultCount }
}

async function endOf({ take }: Target, input: string): Promise<string | null> {
  try {
    return await take(input)
  } catch (error) {
    if (error instanceof CutwaterError) return 'refused'
    return `it breaks: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 800) : String(error)}`
  }
}
