import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isReviewable, keysFamily } from '@cutwater/core/simulation/attack/Model.ts'
import type { Given } from './monteCarlo.ts'

/** The simulation in numpy, in a process of its own; each call is one line to it and one back. */
export type Numpy = {
  readonly run: (way: 'steps' | 'jump' | 'agents', paths: number) => Promise<Mean>
  readonly close: () => void
}

export type Mean = { readonly mean: number; readonly standardError: number }

/** What makes it available. */
export const install = 'apt-get install python3-numpy'

const source = fileURLToPath(new URL('../peers/monteCarlo.py', import.meta.url))

/** Starts it; `undefined` where there is no Python or no numpy. */
export async function openNumpy(given: Given): Promise<Numpy | undefined> {
  try {
    await promisify(execFile)('python3', ['-c', 'import numpy'])
  } catch {
    return undefined
  }
  const child = spawn('python3', [source], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  child.stdin.write(`${JSON.stringify(parametersOf(given))}\n`)
  return {
    run: async (way, paths) => {
      child.stdin.write(`${way} ${paths}\n`)
      const { done, value } = await answers.next()
      if (done) throw new Error('the numpy process ended')
      const [mean, standardError] = JSON.parse(value) as [number, number]
      return { mean, standardError }
    },
    close: () => void child.stdin.end(),
  }
}

function parametersOf({ model, plan, stepSeconds, steps }: Given) {
  const { assumptions } = model
  return {
    steps,
    stepSeconds,
    locked: model.lockedUsd,
    attack: model.attacksPerSecond * stepSeconds,
    alarm: plan.adapts ? model.alarmsPerSecond * stepSeconds : 0,
    familyUpTo: model.familyUpTo,
    median: model.medianLossUsd,
    sigma: model.lossSigma,
    profileUpTo: model.profileUpTo,
    firstShare: model.firstShare,
    spanMedian: model.spanMedianSeconds,
    spanSigma: model.spanSigma,
    bypass: model.bypassChance,
    deceived: model.deceivedChance,
    reviewable: isReviewable.map(Number),
    isKeys: isReviewable.map((_, family) => Number(family === keysFamily)),
    missChance: plan.missChance,
    watcherSeconds: plan.watcherSeconds,
    unproven: plan.unprovenUsd,
    people: plan.peopleShare,
    limit: plan.limitUsd,
    refill: plan.refillPerSecond,
    extraUpTo: plan.extraUpToUsd,
    cover: plan.coverUsd,
    stake: plan.stakeUsd,
    bugCut: plan.bugCut,
    keyCut: plan.keyCut,
    reserve: plan.reserveUsd,
    reservePerSecond: plan.reservePerSecond,
    carryPerSecond: plan.carryPerSecond,
    frictionPerSecond: plan.frictionPerSecond,
    human: assumptions.humanSeconds,
    hold: assumptions.holdSeconds,
    reactionSigma: assumptions.reactionSigma,
    auditInterval: assumptions.auditIntervalSeconds,
    auditHalfLife: assumptions.auditHalfLifeSeconds,
    ruin: assumptions.ruinShare,
  }
}
