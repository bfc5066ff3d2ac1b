import * as Usd from '@cutwater/core/units/Usd.ts'
import { effectOf, rangeText } from '@cutwater/engine/translate/rangeText.ts'
import { replayHead, replayRows, replaySays } from '@cutwater/engine/translate/replayText.ts'
import type {
  BreakEven,
  Concept,
  Group,
  Side,
  Split,
  Translation,
} from '@cutwater/engine/translate/Translation.ts'
import { verdictText } from '@cutwater/engine/translate/verdictText.ts'
import { bold, dim, table } from './text.ts'

/** The translation as a page for the terminal: the count of verdicts first, then each concept, then the four answers. */
export function describeTranslation(result: Translation, report?: string): string {
  const { bridge, concepts, notes } = result
  return [
    `${bold('Does the options method translate to bridges?')}\nA bridge of ${usd(bridge.valueUsd)}; ${concepts.length} concepts: ${counted(result)}\n${dim(inputs(result))}`,
    ...groups.map(([group, title]) => `${bold(title)}\n${conceptTable(concepts, group)}`),
    `${bold('How far is 4/4/2 from the best split?')}\n${splitTable(result.split)}`,
    `${bold('How informative must a signal be?')}\n${signalText(result.breakEvenSignal)}${replayText(result)}`,
    `${bold('What does one rigid layer lose against 4/4/2?')}\n${layerTable(result)}`,
    `${bold('Where does the analogy break?')}\n${breaks(result)}`,
    ...notes.map(dim),
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ].join('\n\n')
}

const groups: readonly (readonly [Group, string])[] = [
  ['method', 'The method (effects in basis points a year of what is protected, 95%)'],
  ['signal', 'What it reads'],
  ['economics', 'What it reckons with'],
]

/** Verdicts in words; what translates as a loss is no reason to carry it over. */
function counted({ concepts, counts }: Translation): string {
  const losses = concepts.filter(({ verdict, bridge }) => verdict === 'translates' && bridge.effect! < 0)
  return Object.entries(counts)
    .map(([verdict, count]) => {
      const isLoss = verdict === 'translates' && losses.length > 0
      return `${count} ${verdict}${isLoss ? ` (${losses.length === count ? '' : `${losses.length} `}as a loss)` : ''}`
    })
    .join(', ')
}

function conceptTable(concepts: readonly Concept[], group: Group): string {
  const rows = concepts
    .filter((each) => each.group === group)
    .map(({ name, options, bridge, verdict, why }) => [
      name,
      effect(options),
      effect(bridge),
      verdictText({ verdict, bridge }),
      why,
    ])
  return table(['concept', 'options book', 'bridge', 'verdict', ''], rows, [
    'left',
    'left',
    'left',
    'left',
    'left',
  ])
}

function effect(side: Side): string {
  return rangeText(effectOf(side), points)
}

function splitTable({ bySize }: Split): string {
  return table(
    ['value locked', 'best guard/bond/govern', '4/4/2 costs more', '95%'],
    bySize.map(({ valueUsd, best, regretOf442Pct, low, high }) => [
      usd(valueUsd),
      [best.near, best.mid, best.far].map((share) => Math.round(1000 * share) / 10).join('/'),
      percent(regretOf442Pct),
      `${percent(low)} to ${percent(high)}`,
    ]),
  )
}

function signalText({ hitRate, recordHitRate, recordLow, recordHigh, bySize }: BreakEven): string {
  const rows = bySize.map(({ valueUsd, savedPerHitUsd, costPerAlarmUsd, falseAlarmRate, perfectBp }) => [
    usd(valueUsd),
    usd(savedPerHitUsd),
    usd(costPerAlarmUsd),
    falseAlarmRate === null ? 'any' : rangeText(falseAlarmRate, (value) => value.toPrecision(2)),
    rangeText(perfectBp, hundredths),
  ])
  const head = [
    'value locked',
    'saved per caught sign',
    'cost per alarm',
    'most false alarms a year',
    'a signal without error saves, bp a year',
  ]
  return `${table(head, rows)}\n  ${percent(100 * hitRate)} of all signs caught, which is assumed. The record has a sign before ${percent(100 * recordHitRate)} of its attacks (${percent(100 * recordLow)} to ${percent(100 * recordHigh)}).`
}

function replayText({ replayed }: Translation): string {
  if (replayed === null) return ''
  return `\n\n${table(replayHead, replayRows(replayed), ['left'])}\n  ${replaySays(replayed)}`
}

function layerTable({ singleLayer }: Translation): string {
  return table(
    ['layer', 'total a year', 'above 4/4/2', '95%', 'users lose'],
    singleLayer.map(({ name, totalUsd, aboveLadderPct, low, high, shortfallUsd }) => [
      name,
      usd(totalUsd),
      percent(aboveLadderPct),
      `${percent(low)} to ${percent(high)}`,
      usd(shortfallUsd),
    ]),
    ['left'],
  )
}

function breaks({ breaks, adversary, tornado }: Translation): string {
  const { naiveUsd, adaptedUsd } = adversary
  const rows = breaks.map(({ name, options, bridge, unit }) => [
    name,
    rangeText(options, hundredths),
    rangeText(bridge, hundredths),
    unit,
  ])
  const turned =
    tornado.flips.length === 0
      ? 'No assumption turns this.'
      : `Moved alone within its range, this turns it: ${tornado.flips.join(', ')}${tornado.mayFlip.length === 0 ? '' : `; and perhaps ${tornado.mayFlip.join(', ')}`}.`
  return [
    table(['', 'options book', 'bridge', ''], rows, ['left', 'left', 'left', 'left']),
    `  An attacker who has read the policy takes ${usd(adaptedUsd)} in place of ${usd(naiveUsd)}.`,
    `  4/4/2 saves ${percent(tornado.asAssumedPct)} (${percent(tornado.low)} to ${percent(tornado.high)}) against ${tornado.cheapestWall}, the cheapest single layer. ${turned}`,
  ].join('\n')
}

function inputs({ inputs: { incidents, market, record } }: Translation): string {
  return [
    `${incidents.count} incidents ${incidents.from} to ${incidents.to}`,
    market === null
      ? 'no market data: the options side is not measured'
      : `markets ${market.from} to ${market.to}`,
    record === null
      ? 'no recorded bridge: no signal is heard'
      : `${record.name}, attacked ${record.attackAt}`,
  ].join('; ')
}

function hundredths(value: number): string {
  // Adding zero to the rounded number takes the sign off a nought.
  return (Number(value.toFixed(2)) + 0).toFixed(2)
}

function points(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0)
}

function percent(value: number): string {
  return `${value.toFixed(1)}%`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
