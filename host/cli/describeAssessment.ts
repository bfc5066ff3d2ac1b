import { layerNames } from '@cutwater/core/bridge/decide.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Assessment, SignalState, Unsaid } from '@cutwater/engine/assess/Assessment.ts'
import { isSaid } from '@cutwater/engine/assess/Assessment.ts'
import type { EarlyWarning, Warning } from '@cutwater/engine/assess/earlyWarning.ts'
import * as LastDrill from '@cutwater/engine/assess/LastDrill.ts'
import { bold, dim, table } from './text.ts'

/** A board's page for the terminal. */
export function describeAssessment(assessment: Assessment, report?: string): string {
  const { bridge, at, lockedUsd, posture, layers, postures, notes } = assessment
  const label = bridge.synthetic ? ' [SYNTHETIC: a made-up history]' : ''
  return [
    bold(`${bridge.name}${label} at ${UnixTime.format(at)}`),
    `${usd(lockedUsd)} locked, posture ${posture}`,
    `${bold('Next')}\n${actionsOf(assessment)}`,
    `${bold('Layers')}\n${lines([...layers, ...postures].map(({ sentence }) => sentence))}`,
    `${bold('Signals')}\n${signalsOf(assessment)}`,
    `${bold('Economics')}\n${economicsOf(assessment)}`,
    `${bold('Setup')}\n${lintOf(assessment)}`,
    `${bold('Last drill')}\n${drillOf(assessment)}`,
    ...notes.map(dim),
    ...(report === undefined ? [] : [`The report is in ${report}.`]),
  ].join('\n\n')
}

/** How each signal stood before an attack, as a table. */
export function describeWarnings({ attackAt, quietFrom, quietTo, warnings }: EarlyWarning): string {
  return [
    bold(`Before ${UnixTime.format(attackAt)}`),
    `Quiet time from ${UnixTime.formatDate(quietFrom)} to ${UnixTime.formatDate(quietTo)}. Rank of 0.95 or more is a cry.`,
    table(warningHead, warnings.map(warningCells), [
      'left',
      'right',
      'right',
      'right',
      'right',
      'right',
      'right',
      'left',
    ]),
    dim('One attack is one case: it can show that a signal says nothing, and never that it warns.'),
  ].join('\n\n')
}

export const warningHead = [
  'signal',
  'peak, 1 day',
  '3 days',
  '7 days',
  'hours before',
  'cries a month',
  'chance a week',
  'verdict',
]

/** One row of the table, in its columns. */
export function warningCells({
  name,
  peak,
  leadHours,
  crossingsPerMonth,
  chance,
  verdict,
}: Warning): string[] {
  const shown = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits))
  return [
    name,
    shown(peak.day, 2),
    shown(peak.threeDays, 2),
    shown(peak.week, 2),
    shown(leadHours, 0),
    shown(crossingsPerMonth, 1),
    chance === null ? '–' : `${Math.round(100 * chance)}%`,
    verdict,
  ]
}

function actionsOf({ actions }: Assessment): string {
  if (actions.length === 0) return '  Nothing presses.'
  return actions
    .map(({ what, because, costUsdPerYear, effect }, i) => {
      const cost = costUsdPerYear === null ? '' : `, for ${usd(costUsdPerYear)} a year`
      return `  ${i + 1}. ${what}${cost}\n     because ${because}\n     so that ${effect}`
    })
    .join('\n')
}

function signalsOf({ signals, doubts }: Assessment): string {
  const known = signals.filter(({ value }) => value !== null)
  const silent = signals.filter(({ value }) => value === null)
  return [
    table(['signal', 'value', 'rank', 'layer', 'unit'], known.map(signalCells), [
      'left',
      'right',
      'right',
      'left',
      'left',
    ]),
    ...(silent.length === 0
      ? []
      : [lines([`Without data, and so neutral: ${silent.map(({ name }) => name).join(', ')}`])]),
    ...doubts.map((doubt) => `  Not believed: ${doubt}`),
  ].join('\n')
}

function signalCells({ name, value, rank, layer, unit }: SignalState): string[] {
  return [name, value!.toPrecision(4), rank.toFixed(2), layerNames[layer], unit]
}

function economicsOf({ economics }: Assessment): string {
  const { budgetUsdPerYear, boundUsd, corruption, cover, breakEven, year } = economics
  const said = <Part>(name: string, part: Part | Unsaid, say: (part: Part) => string) =>
    `${name}: ${isSaid(part) ? say(part) : `cannot be said, because ${part.why}`}`
  return lines([
    `budget: ${usd(budgetUsdPerYear)} a year`,
    `loss bound: ${boundUsd === null ? 'none' : `${usd(boundUsd)} with the guard in the release path`}`,
    said(
      'corruption',
      corruption,
      (part) => `${usd(part.costUsd)} for ${part.operatorsNeeded} operators, against ${usd(part.profitUsd)}`,
    ),
    said(
      'cover',
      cover,
      (part) => `${usd(part.premiumUsd)} a year with that bound, ${usd(part.unboundedPremiumUsd)} without`,
    ),
    said(
      'break-even',
      breakEven,
      (part) => `${percent(part.point)} against ${percent(part.hurdle)}${part.measured ? '' : ' (assumed)'}`,
    ),
    said(
      'a year',
      year,
      (part) =>
        `${usd(part.baselineUsd)} expected without layers, ${usd(part.shortfallUsd)} of it left with users`,
    ),
  ])
}

function lintOf({ lint }: Assessment): string {
  if (lint.length === 0) return '  Nothing is wrong with it.'
  return lines(lint.map(({ severity, what, right }) => `${severity}: ${what}; right would be ${right}`))
}

function drillOf({ drill }: Assessment): string {
  if (drill === null)
    return '  There is none: `cutwater twin bridge.yaml` attacks a copy of the bridge as it stands.'
  const { at, ageSeconds, notCopied } = drill
  return lines([
    `${UnixTime.format(at)}, ${LastDrill.ageText(drill)}${ageSeconds > LastDrill.staleSeconds ? ': limits, keys and money may have moved since' : ''}`,
    LastDrill.says(drill),
    ...(notCopied.length === 0 ? [] : [`What the copy did not have: ${notCopied.join(', ')}`]),
  ])
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}`).join('\n')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
