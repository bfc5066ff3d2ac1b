import type { PerLayer } from '../ladder/Layer.ts'
import * as AdvanceDecline from '../signals/AdvanceDecline.ts'
import * as Decayed from '../signals/Decayed.ts'
import * as Macd from '../signals/Macd.ts'
import * as PercentileRank from '../signals/PercentileRank.ts'
import * as Rsi from '../signals/Rsi.ts'
import type { UnixTime } from '../units/UnixTime.ts'
import { day, hour } from '../units/UnixTime.ts'
import { toDollars } from '../units/Usd.ts'
import type { Severity } from './findings/Severity.ts'

/** The signals that a log of transfers can feed, one step an hour. */
export type Pressure = {
  readonly advanceDecline: AdvanceDecline.State
  readonly breadthRsi: Rsi.State
  readonly lockedRsi: Rsi.State
  readonly flowMacd: Macd.State
  readonly findings: Decayed.State
  readonly ranks: Readonly<Record<SignalName, PercentileRank.State>>
  /** change of what is locked at home since the last step, raw units by token */
  readonly netUnits: number[]
}

export type SignalName = 'breadth' | 'lockedRsi' | 'flow' | 'findings' | 'exposure' | 'concentration'

/** One signal at one step: its value, its rank against its own past, and the layers it presses. */
export type Reading = {
  readonly name: string
  /** NaN during warm-up */
  readonly value: number
  readonly unit: string
  /** 0 calm to 1 acute; 0.5 while there is not enough past */
  readonly rank: number
  readonly weight: PerLayer<number>
}

/** How long a step lasts, seconds. */
export const stepSeconds = hour

/** How each signal presses the layers, and in which unit it is read. */
export const signals: Readonly<
  Record<SignalName, { readonly unit: string; readonly weight: PerLayer<number> }>
> = {
  breadth: { unit: 'RSI of the advance-decline line', weight: { near: 1, mid: 1, far: 0 } },
  lockedRsi: { unit: 'RSI of value locked', weight: { near: 0.5, mid: 0.5, far: 0 } },
  flow: { unit: 'MACD histogram of net flow ÷ value locked', weight: { near: 1, mid: 0, far: 0 } },
  findings: { unit: 'decayed count by severity', weight: { near: 2, mid: 0.5, far: 0.5 } },
  exposure: { unit: 'USD locked', weight: { near: 0, mid: 1, far: 0.5 } },
  concentration: { unit: 'Herfindahl index of value locked by token', weight: { near: 0, mid: 0, far: 1 } },
}

/** Thirty days of hourly steps to rank against, neutral for the first two. */
export const rankWindow = { window: 720, minimum: 48 }

export function create(tokenCount: number): Pressure {
  const rank = () => PercentileRank.create(rankWindow)
  return {
    advanceDecline: AdvanceDecline.create(),
    breadthRsi: Rsi.create({ period: 14 }),
    lockedRsi: Rsi.create({ period: 14 }),
    flowMacd: Macd.create(),
    findings: Decayed.create({ halfLifeSeconds: day }),
    ranks: {
      breadth: rank(),
      lockedRsi: rank(),
      flow: rank(),
      findings: rank(),
      exposure: rank(),
      concentration: rank(),
    },
    netUnits: new Array(tokenCount).fill(0),
  }
}

/** A finding adds to the pressure at once, and fades with a half-life of a day. */
export function noteFinding(pressure: Pressure, severity: Severity, at: UnixTime): void {
  Decayed.add(pressure.findings, weightOf[severity], at)
}

/**
 * Closes an hour: every signal takes one step and is ranked against its own trailing past.
 *
 * @param lockedUnits raw units locked at home, by token
 * @param cents cents per raw unit, by token; NaN where no price is known
 */
export function step(
  pressure: Pressure,
  lockedUnits: readonly number[],
  cents: readonly number[],
  at: UnixTime,
): readonly Reading[] {
  const { lockedUsd, flowUsd, concentration } = totals(pressure, lockedUnits, cents)
  const breadth = Rsi.step(pressure.breadthRsi, stepBreadth(pressure))
  const lockedRsi = Rsi.step(pressure.lockedRsi, lockedUsd)
  const flow = Macd.step(pressure.flowMacd, lockedUsd > 0 ? flowUsd / lockedUsd : 0)
  pressure.netUnits.fill(0)
  return [
    // Falling breadth, falling value and accelerating outflow are acute, so these three are ranked upside down.
    read(pressure, 'breadth', breadth, -breadth),
    read(pressure, 'lockedRsi', lockedRsi, -lockedRsi),
    read(pressure, 'flow', flow, -flow),
    readSame(pressure, 'findings', Decayed.read(pressure.findings, at)),
    readSame(pressure, 'exposure', toDollars(lockedUsd)),
    readSame(pressure, 'concentration', concentration),
  ]
}

function totals(pressure: Pressure, lockedUnits: readonly number[], cents: readonly number[]) {
  let lockedUsd = 0
  let flowUsd = 0
  let squares = 0
  for (let token = 0; token < lockedUnits.length; token++) {
    const price = cents[token]!
    if (Number.isNaN(price)) continue
    const usd = Math.max(0, lockedUnits[token]! * price)
    lockedUsd += usd
    squares += usd * usd
    flowUsd += pressure.netUnits[token]! * price
  }
  return { lockedUsd, flowUsd, concentration: lockedUsd > 0 ? squares / (lockedUsd * lockedUsd) : 0 }
}

function stepBreadth(pressure: Pressure): number {
  let advances = 0
  let declines = 0
  const { netUnits } = pressure
  for (let token = 0; token < netUnits.length; token++) {
    const net = netUnits[token]!
    if (net > 0) advances += 1
    else if (net < 0) declines += 1
  }
  return AdvanceDecline.step(pressure.advanceDecline, advances, declines)
}

function readSame(pressure: Pressure, name: SignalName, value: number): Reading {
  return read(pressure, name, value, value)
}

function read(pressure: Pressure, name: SignalName, value: number, acute: number): Reading {
  const rank = Number.isNaN(acute) ? 0.5 : PercentileRank.step(pressure.ranks[name], acute)
  const { unit, weight } = signals[name]
  return { name, value, rank, unit, weight }
}

const weightOf: Readonly<Record<Severity, number>> = { low: 0.1, medium: 1, high: 10, critical: 100 }
