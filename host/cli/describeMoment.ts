import { layerNames } from '@cutwater/core/bridge/decide.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import type { Moment } from '@cutwater/engine/replay/Moment.ts'
import { bold, table } from './text.ts'

/** One moment of a bridge as a page for the terminal. */
export function describeMoment(moment: Moment, { bridge }: History): string {
  const label = bridge.synthetic ? ' [SYNTHETIC: a made-up history]' : ''
  return [
    bold(`${bridge.name}${label} at ${UnixTime.format(moment.at)}`),
    `${moment.policy}, level ${moment.level}, posture ${moment.posture}`,
    moneyOf(moment),
    layersOf(moment),
    signalsOf(moment),
    pausesOf(moment),
    waitingOf(moment),
  ].join('\n\n')
}

function moneyOf({ lockedUsd, boundUsd, coverUsd, reserveUsd, openMessages }: Moment): string {
  const bound = boundUsd === null ? 'no bound' : `loss bound ${usd(boundUsd)}`
  return `Locked ${usd(lockedUsd)}, ${bound}; cover ${usd(coverUsd)}, reserve ${usd(reserveUsd)}; ${openMessages} messages on the way`
}

function layersOf({ weights, stress }: Moment): string {
  const rows = Layer.layers.map((layer) => [
    layerNames[layer],
    `${(100 * weights[layer]).toFixed(1)}%`,
    stress[layer].toFixed(2),
  ])
  return table(['layer', 'weight', 'stress'], rows, ['left'])
}

function signalsOf({ readings }: Moment): string {
  if (readings.length === 0) return 'Signals: none yet'
  const rows = readings.map(({ name, value, rank, unit }) => [
    name,
    value.toPrecision(4),
    rank.toFixed(2),
    unit,
  ])
  return table(['signal', 'value', 'rank', 'unit'], rows, ['left', 'right', 'right', 'left'])
}

function pausesOf({ pauses }: Moment): string {
  if (pauses.length === 0) return 'Nothing is paused.'
  return pauses
    .map(
      ({ scope, until, reason }) =>
        `Paused: ${scope} until ${until === null ? 'people end it' : UnixTime.format(until)}, ${reason}`,
    )
    .join('\n')
}

function waitingOf({ waiting }: Moment): string {
  if (waiting.length === 0) return 'Nothing waits.'
  const shown = waiting
    .slice(0, 12)
    .map(({ lane, usd: value, since, reason, proven }) => [
      lane,
      value === null ? 'unknown' : usd(value),
      UnixTime.format(since),
      reason,
      proven ? 'will pass' : 'waits for people',
    ])
  const more = waiting.length > shown.length ? `\n  and ${waiting.length - shown.length} more` : ''
  return (
    table(['waiting', 'value', 'since', 'why', ''], shown, ['left', 'right', 'left', 'left', 'left']) + more
  )
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
