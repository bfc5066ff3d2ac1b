import { layerNames } from '@cutwater/core/bridge/decide.ts'
import type { Assessment, Unsaid } from '@cutwater/engine/assess/Assessment.ts'
import { isSaid } from '@cutwater/engine/assess/Assessment.ts'
import * as LastDrill from '@cutwater/engine/assess/LastDrill.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { type Content, type Html, html } from './html.ts'
import { type Page, page } from './page.ts'
import { again, notesList, parameterTable } from './sections/assumptions.ts'
import { capital, nothing, section } from './sections/words.ts'

export type Options = {
  /** the command line that prints the page again */
  readonly command?: string
}

/** A board's page about a bridge: the same bytes for the same assessment. */
export function assessReport(assessment: Assessment, { command }: Options = {}): string {
  const { bridge } = assessment
  return page({
    title: `${bridge.synthetic ? 'SYNTHETIC: ' : ''}${capital(bridge.name)}, assessed by Cutwater`,
    head: answer(assessment),
    sections: html`${layers(assessment)}${signals(assessment)}${economics(assessment)}${lint(assessment)}${drill(assessment)}${assumptions(assessment)}${again(command, 8)}`,
    contents,
    footer: html`${bridge.synthetic && 'SYNTHETIC history. '}Source: ${bridge.source}. Times in UTC, values in US dollars. Drawn by Cutwater; the page asks nothing of the network.`,
  })
}

const contents: Page['contents'] = [
  ['answer', 'What to do next'],
  ['layers', 'Layers'],
  ['signals', 'Signals'],
  ['economics', 'Economics'],
  ['lint', 'Setup'],
  ['drill', 'Last drill'],
  ['assumptions', 'Assumptions and notes'],
  ['again', 'Print this again'],
]

function answer({ bridge, at, lockedUsd, posture, actions }: Assessment): Html {
  return html`<header id="answer"><p class="eyebrow">Cutwater, assessment</p>
<h1>${bridge.synthetic && html`<span class="badge">SYNTHETIC</span>`}${capital(bridge.name)}</h1>
<p class="range">${Format.time(at)}, ${Format.usd(lockedUsd)} locked, posture ${posture}</p>
<p class="answer">Three things to do next.</p>
${actions.map(
  ({ what, because, costUsdPerYear, effect }, i) =>
    html`<p><b>${i + 1}. ${capital(what)}</b>, because ${because}. Effect: ${effect}. ${costUsdPerYear !== null && html`Cost: ${Format.usd(costUsdPerYear)} a year.`}</p>`,
)}${actions.length === 0 && nothing('Nothing presses.')}</header>`
}

function layers({ layers: states, postures }: Assessment): Html {
  const body = [
    tableOf(
      ['Layer', '-Weight', '-Stress', '-Budget a year', '-Carries', '-Next dollar saves'],
      states.map(({ name, weight, stress, budgetUsdPerYear, carries, marginal }) => [
        name,
        Format.percent(weight),
        stress.toFixed(2),
        Format.usd(budgetUsdPerYear),
        Format.percent(carries),
        `$${marginal.toFixed(2)}`,
      ]),
    ),
    html`<ul class="notes">${[...states, ...postures].map(({ sentence }) => html`<li>${capital(sentence)}</li>`)}</ul>`,
  ]
  return section({
    id: 'layers',
    number: 2,
    title: 'Layers',
    lead: 'Where the budget stands, and what each layer carries.',
    body,
  })
}

function signals({ signals: states, doubts }: Assessment): Html {
  const silent = states.filter(({ value }) => value === null).length
  // What is known stands first; the rest is there to be asked for.
  const known = states.filter(({ value }) => value !== null)
  const rows = [...known, ...states.filter(({ value }) => value === null)].map(
    ({ name, value, unit, rank, layer, sentence }) => [
      name,
      value === null ? '–' : Format.plain(value),
      unit,
      value === null ? '–' : rank.toFixed(2),
      layerNames[layer],
      sentence,
    ],
  )
  const body = [
    doubts.length > 0 &&
      html`<p>Not believed:</p><ul class="notes">${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul>`,
    tableOf(['Signal', '-Value', 'Unit', '-Rank', 'Layer', 'In words'], rows),
  ]
  const lead = `${silent} of ${states.length} have no data; they count as neutral.`
  return section({ id: 'signals', number: 3, title: 'Signals', lead, body })
}

function economics({ economics: money }: Assessment): Html {
  const { boundUsd, budgetUsdPerYear, corruption, exit, cover, optimistic, breakEven, year } = money
  const row = <Part>(name: string, part: Part | Unsaid, say: (said: Part) => string) => [
    name,
    isSaid(part) ? say(part) : `Cannot be said: ${part.why}.`,
  ]
  const rows = [
    ['Budget', `${Format.usd(budgetUsdPerYear)} a year`],
    ['Loss bound', boundUsd === null ? 'none' : `${Format.usd(boundUsd)} with the guard`],
    row(
      'Corruption',
      corruption,
      (said) =>
        `${Format.usd(said.costUsd)} to corrupt ${said.operatorsNeeded} operators, for ${Format.usd(said.profitUsd)}`,
    ),
    row(
      'Exit liquidity',
      exit,
      (said) =>
        `${Format.usd(said.fetchesUsd)} for all that could leave, ${Format.usd(said.mostUsd)} at most`,
    ),
    row(
      'Cover',
      cover,
      (said) =>
        `${Format.usd(said.premiumUsd)} a year with the bound, ${Format.usd(said.unboundedPremiumUsd)} without; worst year of a hundred ${Format.usd(said.tailUsd)}, ${Format.usd(said.inForceUsd)} in force`,
    ),
    row(
      'Optimistic window',
      optimistic,
      (said) =>
        `a fraud stands with ${Format.percent(said.fraudStands)}; it needs ${Format.seconds(said.neededSeconds)}, and a bond of ${Format.usd(said.bondUsd)}`,
    ),
    row(
      'Break-even',
      breakEven,
      (said) =>
        `${Format.percent(said.point)} against a hurdle of ${Format.percent(said.hurdle)}${said.measured ? '' : ' (assumed WACC)'}`,
    ),
    row(
      'Expected year',
      year,
      (said) =>
        `${Format.usd(said.baselineUsd)} without layers, of which ${Format.usd(said.shortfallUsd)} stay with users`,
    ),
  ]
  return section({ id: 'economics', number: 4, title: 'Economics', body: tableOf(['', ''], rows) })
}

function lint({ lint: found }: Assessment): Html {
  const rows = found.map(({ severity, what, right }) => [severity, what, right])
  const body =
    rows.length === 0
      ? nothing('Nothing is wrong with it.')
      : tableOf(['Severity', 'What', 'Right would be'], rows)
  return section({
    id: 'lint',
    number: 5,
    title: 'Setup',
    lead: 'Who may move it, and by which rules.',
    body,
  })
}

function drill({ drill: last }: Assessment): Html {
  const title = 'Last drill'
  const body =
    last === null
      ? nothing('There is none: cutwater twin attacks a copy of the bridge as it stands.')
      : drillTable(last)
  const isStale = last !== null && last.ageSeconds > LastDrill.staleSeconds
  const lead = isStale
    ? 'What a copy of the bridge lost to the catalogue of attacks. It is old: limits, keys and money may have moved since.'
    : 'What a copy of the bridge, as it stood then, lost to the catalogue of attacks.'
  return section({ id: 'drill', number: 6, title, lead, body })
}

function drillTable(last: LastDrill.LastDrill): Html {
  const { at, attacks, through, worst, notCopied } = last
  return tableOf(
    ['', ''],
    [
      ['When', `${Format.time(at)}, ${LastDrill.ageText(last)}`],
      ['Attacks', String(attacks)],
      ['Got through', through.length === 0 ? 'none' : through.join(', ')],
      [
        'The worst',
        `${worst.name}: ${Format.usd(worst.lostUsd)} taken, ${Format.usd(worst.paidUsd)} paid by the layers, ${Format.usd(worst.shortfallUsd)} lost by users`,
      ],
      ['Not copied', notCopied.length === 0 ? 'nothing' : notCopied.join(', ')],
    ],
  )
}

function assumptions({ economics: { parameters }, notes }: Assessment): Html {
  return section({
    id: 'assumptions',
    number: 7,
    title: 'Assumptions and notes',
    body: [notesList(notes), parameterTable(parameters)],
  })
}

/** A table; a head that begins with a minus is of numbers. */
function tableOf(head: readonly string[], rows: readonly (readonly Content[])[]): Html {
  const isNumber = (column: number) => head[column]!.startsWith('-')
  const cell = (content: Content, column: number) =>
    isNumber(column) ? html`<td class="n">${content}</td>` : html`<td>${content}</td>`
  const title = (name: string, column: number) =>
    isNumber(column) ? html`<th class="n">${name.slice(1)}</th>` : html`<th>${name}</th>`
  return html`<div class="scroll"><table><thead><tr>${head.map(title)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`
}
