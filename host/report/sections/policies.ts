import type { Attack, PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { parts } from '@cutwater/web/charts/waterfallChart.ts'
import { syntheticBadge } from '../figure.ts'
import * as Headline from '../Headline.ts'
import { type Content, type Html, html, trusted } from '../html.ts'
import { waterfall } from './waterfall.ts'
import { attackTitle, attackWords, nothing, section } from './words.ts'

/** Every policy, level and attack: first the losses on one sheet, then a table an attack. */
export function policies(result: ReplayResult): Html {
  const attacks = Headline.attacksOf(result)
  const parts = { id: 'policies', number: 2, title: 'Every policy, level and attack' }
  if (attacks.length === 0) return section({ ...parts, body: nothing('No policy was run.') })
  if (!Headline.of(result).hasAttack) {
    const text = 'Nobody attacked, so nothing could be lost; what is left is what the policies cost.'
    return section({ ...parts, lead: text, body: table(result, attacks[0]!) })
  }
  const deceived =
    attacks.includes('deceived') &&
    waterfall(result, 'deceived', 'Who would have borne it, had the watchers been deceived')
  const tables = attacks.map((attack) => table(result, attack))
  return section({ ...parts, lead: lead(result), body: [matrix(result, attacks), deceived, tables] })
}

function lead({ policies }: ReplayResult): string {
  const bound = policies.filter(({ boundUsd }) => boundUsd !== null)
  const within = bound.filter(isWithin).length
  if (bound.length === 0) return 'No policy with a limit was run, so there is no bound to keep.'
  const kept = `The loss stayed within the bound stated before the attack in ${within} of ${Format.counted(bound.length, 'run')} that have one`
  return within === bound.length ? `${kept}.` : `${kept}; the others are marked.`
}

function matrix(result: ReplayResult, attacks: readonly Attack[]): Html {
  const { ladder } = Headline.of(result)
  const scale = Format.scaleOf(result.policies.map(({ lostUsd }) => lostUsd))
  const keys = [...new Set(result.policies.map(({ name, level }) => `${name}\n${level}`))]
  const rows = keys.map((key, i) => {
    const of = (attack: Attack) => result.policies.find((row) => row.attack === attack && keyOf(row) === key)
    const [name = '', level = ''] = key.split('\n')
    const isFirst = i === 0 || keys[i - 1]!.split('\n')[0] !== name
    return html`<tr${isFirst && trusted(' class="group-start"')}><th scope="row">${isFirst && Headline.label(name, ladder)}</th><td>${level} <span class="word">${Headline.levelWord(Number(level))}</span></td>${attacks.map((attack) => matrixCell(of(attack), scale))}</tr>`
  })
  return html`<div class="table-block"><div class="figure-head"><h3>Left the bridge, ${scale.unit}</h3>${result.bridge.synthetic && syntheticBadge}</div>
<div class="scroll"><table class="matrix"><thead><tr><th>Policy</th><th>Level</th>${attacks.map((attack) => html`<th class="n">${attackWords[attack].name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="table-note">The redder a cell, the larger the share of the attack that got through. ${attacks.filter((attack) => attack !== 'recorded').map((attack) => html`${attackTitle(attack)}. `)}Source: ${result.bridge.source}, replayed.</p></div>
`
}

function matrixCell(row: PolicyResult | undefined, scale: Format.Scale): Html {
  if (row === undefined) return html`<td class="n quiet">–</td>`
  const total = row.lostUsd + row.preventedUsd
  const shade = total > 0 ? Math.ceil((row.lostUsd / total) * 10 - 1e-9) : 0
  return html`<td class="n shade-${Math.max(0, Math.min(10, shade))}">${Format.scaled(row.lostUsd, scale)}</td>`
}

function table(result: ReplayResult, attack: Attack): Html {
  const { ladder } = Headline.of(result)
  const rows = result.policies.filter((row) => row.attack === attack)
  const losses = Format.scaleOf(rows.flatMap((row) => [row.lostUsd, row.preventedUsd, row.boundUsd ?? 0]))
  const carry = Format.scaleOf(rows.map((row) => row.carryUsdPerYear))
  const friction = Format.scaleOf(rows.map((row) => row.frictionUsd))
  return html`<div class="table-block" id="attack-${attack}"><div class="figure-head"><h3>${attackTitle(attack)}</h3>${result.bridge.synthetic && syntheticBadge}</div>
<div class="scroll"><table><thead><tr><th>Policy</th><th class="n">Level</th><th class="n">Shares</th>${moneyHeads(losses)}<th class="n">Bound<small>${losses.unit}</small></th><th class="n">Loss ≤<br>bound</th><th class="n">Carry<small>${carry.unit}/year</small></th><th class="n">Friction<small>${friction.unit}</small></th><th class="n">Pauses</th></tr></thead>
<tbody>${rows.map((row, i) => tableRow(row, rows[i - 1], ladder, { losses, carry, friction }))}</tbody></table></div></div>
`
}

const money = [
  ['Prevented', 'preventedUsd'],
  ['Left the<br>bridge', 'lostUsd'],
  ['Covered', 'coveredUsd'],
  ['Reserve', 'backstoppedUsd'],
  ['Users', 'shortfallUsd'],
] as const

function moneyHeads({ unit }: Format.Scale): Content {
  return money.map(([name]) => html`<th class="n">${trusted(name)}<small>${unit}</small></th>`)
}

function tableRow(
  row: PolicyResult,
  previous: PolicyResult | undefined,
  ladder: string | undefined,
  { losses, carry, friction }: Readonly<Record<'losses' | 'carry' | 'friction', Format.Scale>>,
): Html {
  const isFirst = previous?.name !== row.name
  return html`<tr${isFirst && trusted(' class="group-start"')}><th scope="row">${isFirst && Headline.label(row.name, ladder)}</th><td class="n">${row.level}</td><td class="n">${miniBar(row)}</td>${money.map(([, key]) => html`<td class="n">${Format.scaled(row[key], losses)}</td>`)}${bound(row, losses)}<td class="n">${Format.scaled(row.carryUsdPerYear, carry)}</td><td class="n">${Format.scaled(row.frictionUsd, friction)}</td><td class="n">${row.pauses.length}</td></tr>
`
}

function bound(row: PolicyResult, scale: Format.Scale): Html {
  if (row.boundUsd === null) return html`<td class="n quiet">none</td><td class="n quiet">–</td>`
  const verdict = isWithin(row) ? html`<td class="n">yes</td>` : html`<td class="n no">no</td>`
  return html`<td class="n">${Format.scaled(row.boundUsd, scale)}</td>${verdict}`
}

function miniBar(row: PolicyResult): Html {
  const total = parts.reduce((sum, { key }) => sum + row[key], 0)
  if (!(total > 0)) return html`<span class="quiet">–</span>`
  let x = 0
  const rects = parts.map(({ key, colour }) => {
    const width = (row[key] / total) * 100
    const rect = html`<rect class="${colour}" x="${tenth(x)}" width="${tenth(width)}" height="10"/>`
    x += width
    return width > 0 ? rect : null
  })
  return html`<svg class="minibar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`
}

// A cent of rounding is no breach of a bound.
function isWithin({ lostUsd, boundUsd }: PolicyResult): boolean {
  return boundUsd !== null && lostUsd <= boundUsd + 0.01
}

function keyOf({ name, level }: PolicyResult): string {
  return `${name}\n${level}`
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
