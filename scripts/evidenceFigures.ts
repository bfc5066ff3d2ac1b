import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import * as Usd from '@cutwater/core/units/Usd.ts'
import { soloCrew } from '@cutwater/engine/simulate/soloCrew.ts'
import { effectOf, rangeText } from '@cutwater/engine/translate/rangeText.ts'
import { replayHead, replayRows, replaySays } from '@cutwater/engine/translate/replayText.ts'
import type { Concept, Group, Range, Side, Translation } from '@cutwater/engine/translate/Translation.ts'
import { translate } from '@cutwater/engine/translate/translate.ts'
import { translateSources } from '@cutwater/host/cli/translateSources.ts'
import { table, withTable } from './docFigures.ts'

// The figures of docs/evidence.md, from one translation of everything that is on record:
//
//   npx node scripts/evidenceFigures.ts     writes them anew

export const page = 'docs/evidence.md'

/** The translation that the page is about: what `cutwater translate` prints with nothing but its defaults. */
export function translation(): Promise<Translation> {
  return translate({ ...translateSources(), lockedUsd: Usd.fromDollars(200_000_000), crew: soloCrew() })
}

/** What stands between the marks of the page. */
export function figuresOf(result: Translation): string {
  const { concepts } = result
  return [
    answer(result),
    ...(['method', 'signal', 'economics'] as const).map(
      (group) => `### ${titles[group]}\n\n${conceptTable(concepts, group)}`,
    ),
    `### How far is 4/4/2 from the best split, and for which bridges\n\n${splits(result)}`,
    `### How informative a signal must be\n\n${signals(result)}${replays(result)}`,
    `### What rigid single layers lose\n\n${layers(result)}`,
    `### Where the analogy breaks\n\n${breaks(result)}`,
    `### What would turn the answer\n\n${tornado(result)}`,
  ].join('\n\n')
}

const titles: Readonly<Record<Group, string>> = {
  method: 'The method itself',
  signal: 'What it reads',
  economics: 'What it reckons with',
}

function answer({ concepts, counts, split, breakEvenSignal, singleLayer, adversary }: Translation): string {
  const of = (name: string) => concepts.find((each) => each.name === name)!
  const [all, three, tilt] = [of('Protection at all'), of('Three layers, 4/4/2'), of('Tilt by live stress')]
  const wall = (name: string) => singleLayer.find((each) => each.name === name)!
  const perfect = breakEvenSignal.bySize.find(({ valueUsd }) => valueUsd === 200_000_000)!.perfectBp
  return [
    `Of ${concepts.length} concepts ${counts.partly} translate partly, ${counts['does not']} do not, and ${counts['cannot be measured here']} cannot be measured here; what translates whole is ${carried(concepts)}.`,
    `**What a bridge gains from is the shape, not the reading of signals.** Basis points a year, at $200M: ${[all, three, tilt].map(told).join(' ')}`,
    `**4/4/2 is a good guess and not the answer.** It costs ${percent(split.regretOf442Pct)} (${percent(split.low)} to ${percent(split.high)}) more than the best split of the same budget. The rigid bridge, all of it in one wall of signers, costs ${percent(wall('rigid').aboveLadderPct)} (${percent(wall('rigid').low)} to ${percent(wall('rigid').high)}) more than 4/4/2; nothing at all, ${percent(wall('none').aboveLadderPct)} more.`,
    `**No signal is worth the tilt at this size.** One that caught every sign and never erred would save ${hundredths(perfect.value)} basis points a year (${hundredths(perfect.low)} to ${hundredths(perfect.high)}): a guard that stands all the time already stops what it sees within 36 seconds, and against what it cannot see no warning tightens anything that matters. The record has a sign before ${percent(100 * breakEvenSignal.recordHitRate)} of its attacks.`,
    `**The adversary is what options have not.** Whoever has read the policy takes ${adversary.ratio.toFixed(0)} times (${adversary.low.toFixed(0)} to ${adversary.high.toFixed(0)}) what one takes who has not.`,
  ].join('\n\n')
}

/** A concept in one sentence: what it is worth in both books, and what that says. */
function told({ name, options, bridge, why }: Concept): string {
  return `*${name}*: ${effect(bridge)} on the bridge, ${effect(options)} in the options book. ${why}`
}

function carried(concepts: readonly Concept[]): string {
  const whole = concepts.filter(({ verdict }) => verdict === 'translates')
  if (whole.length === 0) return 'nothing'
  return whole.map(({ name, bridge }) => `*${name}*${bridge.effect! < 0 ? ', as a loss' : ''}`).join('; ')
}

function conceptTable(concepts: readonly Concept[], group: Group): string {
  const rows = concepts
    .filter((each) => each.group === group)
    .map(({ name, options, bridge, verdict, why }) => [
      name,
      `${options.definition}: ${effect(options)}`,
      `${bridge.definition}: ${effect(bridge)}`,
      `**${verdict}**`,
      why,
    ])
  return leftAligned(table(['concept', 'in the options book', 'on a bridge', 'verdict', 'why'], rows))
}

function splits({ split: { bySize } }: Translation): string {
  const rows = bySize.map(({ valueUsd, best, regretOf442Pct, low, high }) => [
    usd(valueUsd),
    [best.near, best.mid, best.far].map((share) => Math.round(1000 * share) / 10).join('/'),
    percent(regretOf442Pct),
    `${percent(low)} to ${percent(high)}`,
  ])
  return table(['value locked', 'best split', '4/4/2 costs more by', '95%'], rows)
}

function signals({ breakEvenSignal: { bySize } }: Translation): string {
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
    'saved without error, bp a year',
  ]
  return table(head, rows)
}

function replays({ replayed }: Translation): string {
  if (replayed === null) return ''
  return `\n\n${replaySays(replayed)}\n\n${table([...replayHead], replayRows(replayed))}`
}

function layers({ singleLayer }: Translation): string {
  const rows = singleLayer.map(({ name, totalUsd, aboveLadderPct, low, high, shortfallUsd }) => [
    name,
    usd(totalUsd),
    `${percent(aboveLadderPct)} (${percent(low)} to ${percent(high)})`,
    usd(shortfallUsd),
  ])
  return table(['layer', 'total a year', 'above 4/4/2', 'users lose a year'], rows)
}

function breaks({ breaks }: Translation): string {
  const figure = (range: Range | null) => rangeText(range, (value) => value.toFixed(2))
  const rows = breaks.map(({ name, options, bridge, unit, says }) => [
    name,
    figure(options),
    figure(bridge),
    unit,
    says,
  ])
  return leftAligned(table(['where', 'options book', 'bridge', 'unit', 'why it breaks'], rows))
}

function tornado({
  tornado: { asAssumedPct, low, high, cheapestWall, bars, flips, mayFlip },
}: Translation): string {
  const end = ({ value, low, high }: Range) => `${percent(value)} (${percent(low)} to ${percent(high)})`
  const rows = bars
    .filter((bar, index) => bar.flips || bar.mayFlip || index < 8)
    .map(({ name, low, high, atLowPct, atHighPct, flips, mayFlip }) => [
      name,
      `${low} to ${high}`,
      end(atLowPct),
      end(atHighPct),
      flips ? 'yes' : mayFlip ? 'perhaps' : 'no',
    ])
  const may = mayFlip.length === 0 ? '' : `; within what the record leaves open, ${mayFlip.join(', ')} might`
  const says = `4/4/2 saves ${percent(asAssumedPct)} (${percent(low)} to ${percent(high)}) against the cheapest single layer, ${cheapestWall}. Of ${bars.length} assumptions, moved alone within their ranges, ${flips.length === 0 ? 'none turns that' : `${flips.join(', ')} would turn that`}${may}.`
  return `${says}\n\n${table(['assumption', 'range', 'at its least', 'at its most', 'turns the answer'], rows)}`
}

function effect(side: Side): string {
  return rangeText(effectOf(side), points)
}

function points(value: number): string {
  return signless(value.toFixed(Math.abs(value) < 10 ? 1 : 0))
}

function hundredths(value: number): string {
  return signless(value.toFixed(2))
}

/** A nought without a sign, and no more digits than it needs. */
function signless(text: string): string {
  return Number(text) === 0 ? '0' : text
}

function percent(value: number): string {
  return `${value.toFixed(1)}%`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}

function leftAligned(text: string): string {
  return text.replace(/^\| ---.*$/m, (rule) => rule.replaceAll('---:', '---'))
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), figuresOf(await translation())))
}
