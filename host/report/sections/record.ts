import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { NotableFinding, Pause, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { findingsChart, findingsHeight } from '@cutwater/web/charts/findingsChart.ts'
import { figure } from '../figure.ts'
import * as Headline from '../Headline.ts'
import { type Html, html } from '../html.ts'
import { capital, folded, nothing, section } from './words.ts'

/** What the rules found: counts by name, and the ones worth reading. */
export function findings(result: ReplayResult): Html {
  const rows = Object.entries(result.findings)
    .map(([name, count]) => ({ name, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  const parts = { id: 'findings', number: 7, title: 'Findings' }
  if (rows.length === 0 && result.notable.length === 0)
    return section({ ...parts, body: nothing('Nothing was found.') })
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  const chart = figure({
    id: 'findings-chart',
    title: 'Findings by name',
    synthetic: result.bridge.synthetic,
    caption: html`Number of findings in the whole range; bar lengths grow with the square root, so that single findings still show. One event may break several rules. Source: ${result.bridge.source}, judged by the rules of this version.`,
    option: (view) => findingsChart(rows, view),
    height: () => findingsHeight(rows),
  })
  const notable = result.notable.length > 0 && notableList(result.notable)
  return section({
    ...parts,
    lead: `${Format.counted(total, 'finding')} under ${Format.counted(rows.length, 'name')}${firstOf(result)}.`,
    body: [rows.length > 0 && chart, notable],
  })
}

/** What was decided, as sentences, and what was paused. */
export function decisions(result: ReplayResult): Html {
  const { lead, ladder } = Headline.of(result)
  const pauses = lead?.pauses ?? []
  const sentences = result.decisions.map(({ at, sentence }) => ({
    at,
    text: capital(withoutTime(sentence, at)),
  }))
  const body = [
    sentences.length === 0
      ? nothing('Nothing had to be decided.')
      : folded(
          sentences,
          12,
          'decisions',
          (items) => html`<ol class="log">${items.map(({ at, text }) => entry(at, withHashes(text)))}</ol>`,
        ),
    lead !== undefined &&
      pauses.length > 0 &&
      html`<div class="table-block"><h3>Paused by ${Headline.label(lead.name, ladder)} at level ${lead.level}</h3>${folded(pauses, 8, 'pauses', pauseList)}</div>`,
  ]
  return section({ id: 'decisions', number: 8, title: 'Decisions', body })
}

function firstOf({ firstAttackFinding: first }: ReplayResult): string {
  return first === null ? '' : `; the first of the attack was ${first.name} at ${Format.time(first.at)} UTC`
}

// A hundred findings of one kind say no more than the first: that one stands in the open.
function notableList(items: readonly NotableFinding[]): Html {
  const isFirst = (finding: NotableFinding, i: number) =>
    items.findIndex(({ name }) => name === finding.name) === i
  const rest = items.filter((finding, i) => !isFirst(finding, i))
  return html`<div class="table-block"><h3>Worth reading: the first of each kind</h3>${findingList(items.filter(isFirst))}
${rest.length > 0 && html`<details><summary>${Format.count(rest.length)} more, in order of time</summary>${findingList(rest)}</details>`}</div>`
}

function findingList(items: readonly NotableFinding[]): Html {
  return html`<ol class="log">${items.map(({ at, name, severity, sentence }) =>
    entry(
      at,
      html`<span class="tag ${isHard(severity) && 'hard'}">${name}</span><span class="tag quiet">${severity}</span>${withHashes(sentence)}`,
    ),
  )}</ol>`
}

function pauseList(items: readonly Pause[]): Html {
  return html`<ol class="log">${items.map(({ at, scope, until, reason }) =>
    entry(
      at,
      html`<span class="tag">${scope}</span>${until === null ? 'until people end it' : `for ${Format.seconds(until - at)}`}: ${withHashes(reason)}`,
    ),
  )}</ol>`
}

function entry(at: UnixTime.UnixTime, text: Html | string): Html {
  return html`<li><time datetime="${UnixTime.format(at)}">${Format.time(at)}</time><p>${text}</p></li>
`
}

// A hash stays whole, as evidence must, but steps back behind the words.
function withHashes(text: string): Html {
  return html`${text.split(/(0x[0-9a-fA-F]{16,})/).map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

function isHard(severity: string): boolean {
  return severity === 'high' || severity === 'critical'
}

// Decisions open with their time; here it stands in a column of its own.
function withoutTime(sentence: string, at: UnixTime.UnixTime): string {
  const prefix = `${UnixTime.format(at)}: `
  return sentence.startsWith(prefix) ? sentence.slice(prefix.length) : sentence
}
