import type { Parameter, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { type Html, html } from '../html.ts'
import { nothing, section } from './words.ts'

/** Every parameter with unit and source, and what a reader must know. */
export function assumptions(
  { parameters, notes }: Pick<ReplayResult, 'parameters' | 'notes'>,
  number = 9,
): Html {
  const table = parameterTable(parameters)
  return section({
    id: 'assumptions',
    number,
    title: 'Assumptions and notes',
    lead: parameters.length > 0 && 'Every figure above moves with these.',
    body: [notesList(notes), parameters.length > 0 ? table : nothing('No parameter was recorded.')],
  })
}

/** Parameters with unit and source. */
export function parameterTable(parameters: readonly Parameter[]): Html {
  return html`<div class="scroll"><table class="parameters"><thead><tr><th>Parameter</th><th class="n">Value</th><th>Unit</th><th>Source</th></tr></thead><tbody>${parameters.map(row)}</tbody></table></div>`
}

/** What a reader must know. */
export function notesList(notes: readonly string[]): Html | false {
  return notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`
}

/** How to make this very page again. */
export function again(command: string | undefined, number = 10): Html {
  const body =
    command === undefined
      ? nothing('The command was not recorded.')
      : html`<pre><code>${command}</code></pre>`
  return section({
    id: 'again',
    number,
    title: 'Print this again',
    lead: 'The same data and the same version give the same page, to the byte.',
    body,
  })
}

function row({ name, value, unit, source }: Parameter): Html {
  return html`<tr><td>${name}</td><td class="n">${typeof value === 'number' ? Format.plain(value) : value}</td><td>${unit}</td><td>${source}</td></tr>
`
}
