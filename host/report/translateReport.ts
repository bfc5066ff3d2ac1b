import { effectOf, rangeText } from '@cutwater/engine/translate/rangeText.ts'
import { replayHead, replayRows, replaySays } from '@cutwater/engine/translate/replayText.ts'
import type {
  Concept,
  Group,
  Range,
  Replayed,
  Side,
  Translation,
  Verdict,
} from '@cutwater/engine/translate/Translation.ts'
import { verdictText } from '@cutwater/engine/translate/verdictText.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { intervalChart, intervalHeight } from '@cutwater/web/charts/intervalChart.ts'
import { tornadoChart, tornadoHeight } from '@cutwater/web/charts/tornadoChart.ts'
import { figure } from './figure.ts'
import { type Html, html } from './html.ts'
import { page } from './page.ts'
import { again, notesList } from './sections/assumptions.ts'
import { capital, section } from './sections/words.ts'

/** A translation as one self-contained page: the same bytes for the same result. */
export function translateReport(result: Translation, command?: string): string {
  const { inputs, notes } = result
  return page({
    title: 'Does the options method translate to bridges? Measured by Cutwater',
    head: answer(result),
    sections: html`${groups.map(({ id, title, lead }, index) => concepts(result, id, title, lead, index + 2))}${splits(result)}${signals(result)}${layers(result)}${breaks(result)}${section({ id: 'notes', number: 9, title: 'Notes', body: notesList(notes) })}${again(command, 10)}`,
    contents,
    footer: html`${inputs.incidents.count} incidents from ${inputs.incidents.from}${inputs.market !== null && html`; markets ${inputs.market.from} to ${inputs.market.to}`}${inputs.record !== null && html`; ${inputs.record.name}, attacked ${inputs.record.attackAt}`}. Intervals of 95%. Drawn by Cutwater; the page asks nothing of the network.`,
  })
}

const groups: readonly { readonly id: Group; readonly title: string; readonly lead: string }[] = [
  {
    id: 'method',
    title: 'The method itself',
    lead: 'Each part switched off in both books, all else as it was.',
  },
  {
    id: 'signal',
    title: 'What it reads',
    lead: 'The ladder tilted by one signal alone, against 4/4/2 held fixed. On a bridge a signal is as good as it was heard to be before the recorded attack, beyond luck.',
  },
  {
    id: 'economics',
    title: 'What it reckons with',
    lead: 'Where a side is missing, the row says what would settle it.',
  },
]

const contents = [
  ['answer', 'The answer'],
  ['method', 'The method itself'],
  ['signal', 'What it reads'],
  ['economics', 'What it reckons with'],
  ['splits', '4/4/2 and the best split'],
  ['signals', 'How good a signal must be'],
  ['layers', 'Single layers'],
  ['breaks', 'Where the analogy breaks'],
  ['notes', 'Notes'],
  ['again', 'Print this again'],
] as const

function answer({ bridge, concepts, counts, split, adversary, singleLayer }: Translation): Html {
  const losses = concepts.filter((each) => each.verdict === 'translates' && each.bridge.effect! < 0).length
  const rigid = singleLayer.find(({ name }) => name === 'rigid')!
  return html`<header class="hero" id="answer">
<p class="eyebrow">Cutwater · evidence</p>
<h1>Does the options method translate to bridges?</h1>
<p class="range">A bridge of ${Format.usd(bridge.valueUsd)} · ${concepts.length} concepts, each on and off in both books</p>
<p class="answer">${counts.translates === 1 ? html`<b>1</b> concept translates` : html`<b>${counts.translates}</b> concepts translate`}${losses > 0 && (losses === counts.translates ? ', as a loss' : `, ${losses} of them as a loss`)}; <b>${counts.partly}</b> partly, <b class="alarm">${counts['does not']}</b> not; <b>${counts['cannot be measured here']}</b> cannot be measured here.</p>
<p class="answer-note">4/4/2 costs ${percent(split.regretOf442Pct)} more than the best split of the same budget; one rigid wall costs ${percent(rigid.aboveLadderPct)} more than 4/4/2. Whoever has read the policy takes ${adversary.ratio.toFixed(0)} times what one takes who has not.</p>
<dl class="facts">${concepts
    .slice(0, 3)
    .map(
      ({ name, options, bridge: here, verdict }) =>
        html`<div><dt>${name}</dt><dd>${verdictText({ verdict, bridge: here })}<small>options ${effect(options)} bp</small><small>bridge ${effect(here)} bp</small></dd></div>`,
    )}</dl>
</header>
`
}

function concepts({ concepts }: Translation, id: Group, title: string, lead: string, number: number): Html {
  const rows = concepts.filter(({ group }) => group === id)
  return section({
    id,
    number,
    title,
    lead,
    body: html`${intervals(id, title, rows)}${verdictTable(rows)}${conceptTable(rows)}`,
  })
}

function intervals(id: string, title: string, rows: readonly Concept[]): Html {
  const drawn = rows
    .filter(({ options, bridge }) => options.effect !== null || bridge.effect !== null)
    .map(({ name, options, bridge }) => ({ name, there: effectOf(options), here: effectOf(bridge) }))
  if (drawn.length === 0) return html``
  return figure({
    id: `${id}-effects`,
    title: `${title}: what each is worth, with its interval`,
    synthetic: false,
    key: [
      { name: 'options book', colour: 'far', mark: 'line' },
      { name: 'bridge', colour: 'near', mark: 'line' },
      { name: 'of no use: less than a basis point', colour: 'rule', mark: 'box' },
    ],
    caption:
      'Basis points a year of what is protected, by tenfolds; to the right the concept helps. A year’s worth less 6% of the worst hundredth of years, on the same days and the same attacks with the concept and without it.',
    option: (view) => intervalChart(drawn, view),
    height: () => intervalHeight(drawn),
  })
}

function verdictTable(rows: readonly Concept[]): Html {
  return html`<div class="scroll"><table><thead><tr><th>Concept</th><th class="n">Options book, bp a year</th><th class="n">Bridge, bp a year</th><th>Verdict</th></tr></thead><tbody>${rows.map(
    ({ name, options, bridge, verdict }) =>
      html`<tr><th scope="row">${name}</th><td class="n">${effect(options)}</td><td class="n">${effect(bridge)}</td><td class="${tones[verdict]}">${verdictText({ verdict, bridge })}</td></tr>`,
  )}</tbody></table></div>`
}

function conceptTable(rows: readonly Concept[]): Html {
  const cell = ({ definition, measured, effect: value }: Side, text: string) =>
    html`<td>${definition}. <span class="word">${value === null ? html`Not measured: ${measured}` : measured}.</span>${value !== null && html` <b>${text}</b>`}</td>`
  return html`<details><summary>Definitions, what was compared, and why</summary><div class="scroll"><table><thead><tr><th>Concept</th><th>In the options book</th><th>On a bridge</th><th>Verdict</th></tr></thead><tbody>${rows.map(
    ({ name, options, bridge, verdict, why }) =>
      html`<tr class="group-start"><th scope="row">${name}</th>${cell(options, effect(options))}${cell(bridge, effect(bridge))}<td class="claim"><b class="${tones[verdict]}">${verdictText({ verdict, bridge })}</b>. ${why}</td></tr>`,
  )}</tbody></table></div></details>`
}

const tones: Readonly<Record<Verdict, string>> = {
  translates: '',
  partly: '',
  'does not': 'no',
  'cannot be measured here': 'quiet',
}

function splits({ split: { bySize } }: Translation): Html {
  const rows = bySize.map(({ valueUsd, best, regretOf442Pct, low, high }) => [
    Format.usd(valueUsd),
    [best.near, best.mid, best.far].map((share) => Math.round(1000 * share) / 10).join(' / '),
    percent(regretOf442Pct),
    `${percent(low)} to ${percent(high)}`,
  ])
  return section({
    id: 'splits',
    number: 5,
    title: 'How far 4/4/2 is from the best split, and for which bridges',
    lead: 'The same budget, 2% of the value locked, over guard, bond and govern. A small bridge cannot pay for much more than watchers; a large one has them for a part of it, and is better served by review and a reserve.',
    body: tableOf(['Value locked', 'Best guard / bond / govern, %', '4/4/2 costs more by', '95%'], rows),
  })
}

function signals({
  replayed,
  breakEvenSignal: { hitRate, recordHitRate, recordLow, recordHigh, bySize },
}: Translation): Html {
  const rows = bySize.map(({ valueUsd, savedPerHitUsd, costPerAlarmUsd, falseAlarmRate, perfectBp }) => [
    Format.usd(valueUsd),
    Format.usd(savedPerHitUsd),
    Format.usd(costPerAlarmUsd),
    falseAlarmRate === null ? 'any' : rangeText(falseAlarmRate, two),
    rangeText(perfectBp, two),
  ])
  return section({
    id: 'signals',
    number: 6,
    title: 'How informative a signal must be before moving beats standing still',
    lead: `With ${percent(100 * hitRate)} of all signs caught, as assumed. The record has a sign before ${percent(100 * recordHitRate)} of its attacks (${percent(100 * recordLow)} to ${percent(100 * recordHigh)}); no signal of signs can catch more.`,
    body: html`${tableOf(
      [
        'Value locked',
        'Saved per caught sign',
        'Cost per alarm',
        'Most false alarms a year',
        'Saved without error, bp a year',
      ],
      rows,
    )}${replayed !== null && replays(replayed)}`,
  })
}

function replays(replayed: Replayed): Html {
  const rows = replayRows(replayed).map(([name, ...rest]) => [
    capital(name!),
    ...rest.map((figure) => figure.replace(/^-/, '−')),
  ])
  return html`<div class="table-block"><h3>The record, with one signal left out</h3><p>${replaySays(replayed)}</p>${tableOf(replayHead.map(capital), rows)}</div>`
}

function layers({ singleLayer }: Translation): Html {
  const rows = singleLayer.map(({ name, totalUsd, aboveLadderPct, low, high, shortfallUsd }) => [
    name,
    Format.usd(totalUsd),
    percent(aboveLadderPct),
    `${percent(low)} to ${percent(high)}`,
    Format.usd(shortfallUsd),
  ])
  return section({
    id: 'layers',
    number: 7,
    title: 'What one layer loses against 4/4/2',
    body: tableOf(['Layer', 'Total a year', 'Above 4/4/2', '95%', 'Users lose a year'], rows),
  })
}

function breaks({ breaks, tornado }: Translation): Html {
  const range = (each: Range | null) => rangeText(each, (value) => value.toFixed(2))
  const shown = tornado.bars.filter((bar, index) => bar.flips || bar.mayFlip || index < 12)
  const bars = shown.map(({ name, atLowPct, atHighPct, flips }) => {
    const ends = [atLowPct, atHighPct].flatMap(({ low, high }) => [low, high])
    const reach = [Math.min(...ends), Math.max(...ends)] as const
    return { name, atLow: atLowPct.value, atHigh: atHighPct.value, flips, reach }
  })
  return section({
    id: 'breaks',
    number: 8,
    title: 'Where the analogy breaks, and what would turn the answer',
    body: html`${breaks.map(
      ({ name, options, bridge, says, unit }) =>
        html`<div class="table-block"><h3>${name}</h3><p>${says}</p><p class="table-note">Options book <b>${range(options)}</b>, bridge <b>${range(bridge)}</b>. ${unit}.</p></div>`,
    )}
${figure({
  id: 'tornado',
  title: 'What 4/4/2 saves against the cheapest single layer, as each assumption moves',
  synthetic: false,
  key: [
    { name: 'keeps the answer', colour: 'near' },
    { name: 'turns it', colour: 'alarm' },
    { name: 'within its interval', colour: 'muted', mark: 'line' },
    { name: `as assumed, ${percent(tornado.asAssumedPct)}`, colour: 'ink', mark: 'line' },
  ],
  caption: `Percent of 4/4/2’s total; below 0 the single layer is cheaper. Each assumption moved alone to both ends of its range; thin, how far the ends reach over resamples of the record. ${turning(tornado)} As assumed ${percent(tornado.asAssumedPct)}, ${percent(tornado.low)} to ${percent(tornado.high)} over resamples of the record.`,
  option: (view) => tornadoChart(bars, tornado.asAssumedPct, view),
  height: () => tornadoHeight(bars),
})}`,
  })
}

function turning({ bars, flips, mayFlip }: Translation['tornado']): string {
  const sure = flips.length === 0 ? 'none turns the answer' : `${flips.join(', ')} would turn the answer`
  const perhaps = mayFlip.length === 0 ? '' : `, and ${mayFlip.join(', ')} might`
  return `Of ${bars.length} assumptions ${sure}${perhaps}.`
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<div class="scroll"><table><thead><tr>${head.map((name, index) => (index === 0 ? html`<th>${name}</th>` : html`<th class="n">${name}</th>`))}</tr></thead><tbody>${rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td class="n">${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

function effect(side: Side): string {
  return rangeText(effectOf(side), points)
}

function points(value: number): string {
  const text = value.toFixed(Math.abs(value) < 10 ? 1 : 0)
  return Number(text) === 0 ? '0' : text.replace('-', '−')
}

function percent(value: number): string {
  return `${value.toFixed(1)}%`
}

function two(value: number): string {
  return Math.abs(value) < 0.005 ? '0' : value.toPrecision(2).replace('-', '−')
}
