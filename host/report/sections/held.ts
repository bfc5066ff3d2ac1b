import type { PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import {
  type HeldRow,
  heldChart,
  heldHeight,
  levelColours,
  levelsOf,
} from '@cutwater/web/charts/heldChart.ts'
import { figure, syntheticBadge } from '../figure.ts'
import * as Headline from '../Headline.ts'
import { type Html, html, trusted } from '../html.ts'
import { nothing, section } from './words.ts'

/** The price paid by honest people: how many transfers waited, what they were worth, how long. */
export function held(result: ReplayResult): Html {
  const { attack, lead, ladder } = Headline.of(result)
  const rows = result.policies.filter((row) => row.attack === attack)
  const parts = { id: 'held', number: 6, title: 'Honest transfers held' }
  const guarded = rows.filter((row) => row.level > 0)
  if (guarded.length === 0)
    return section({ ...parts, body: nothing('No policy with a guard was run: nobody had to wait.') })
  return section({
    ...parts,
    lead: lead && leadOf(lead, ladder),
    body: [chart(result, guarded, ladder), table(result, rows, ladder)],
  })
}

function leadOf(lead: PolicyResult, ladder: string | undefined): string {
  const { held: releases, honestReleases, meanWaitSeconds } = lead
  const share = honestReleases > 0 ? ` (${Format.percent(releases.count / honestReleases)})` : ''
  const name = Headline.label(lead.name, ladder)
  return `At level ${lead.level}, ${name} held ${Format.count(releases.count)} of ${Format.count(honestReleases)} honest releases${share}, worth ${Format.usd(releases.usd)}; over all honest releases the mean wait was ${Format.seconds(meanWaitSeconds)}.`
}

function chart(result: ReplayResult, guarded: readonly PolicyResult[], ladder: string | undefined): Html {
  const names = [...new Set(guarded.map(({ name }) => name))]
  const rows: readonly HeldRow[] = names.map((name) => ({
    label: Headline.label(name, ladder),
    byLevel: guarded
      .filter((row) => row.name === name)
      .map((row) => ({ level: row.level, ...together(row) })),
  }))
  const policies = html`${names.length === 1 ? 'The policy' : 'Policies'} with a guard`
  return figure({
    id: 'held-chart',
    title: 'What honest people had to bear',
    synthetic: result.bridge.synthetic,
    key: levelsOf(rows).map((level) => ({
      name: `level ${level}, ${Headline.levelWord(level)}`,
      colour: levelColours[level] ?? 'near',
    })),
    caption: html`Number of honest transfers held, releases and mints together; their value in US dollars; the hours they waited, added up. ${policies}, whole range. Source: ${result.bridge.source}, replayed.`,
    option: (view) => heldChart(rows, view),
    height: (view) => heldHeight(rows, view),
  })
}

function together({ held: releases, heldMints }: PolicyResult) {
  return {
    count: releases.count + heldMints.count,
    usd: releases.usd + heldMints.usd,
    hours: releases.hours + heldMints.hours,
  }
}

function table(result: ReplayResult, rows: readonly PolicyResult[], ladder: string | undefined): Html {
  const scale = Format.scaleOf(rows.flatMap((row) => [row.held.usd, row.heldMints.usd]))
  return html`<div class="table-block"><div class="figure-head"><h3>Held, by kind</h3>${result.bridge.synthetic && syntheticBadge}</div>
<div class="scroll"><table><thead><tr><th>Policy</th><th class="n">Level</th><th class="n">Releases<br>held</th><th class="n">of all<small>%</small></th><th class="n">Value<small>${scale.unit}</small></th><th class="n">Hours</th><th class="n">Mean wait<small>s, all releases</small></th><th class="n">Mints<br>held</th><th class="n">Value<small>${scale.unit}</small></th><th class="n">Hours</th><th class="n">Refused<small>no source</small></th></tr></thead>
<tbody>${rows.map((row, i) => tableRow(row, rows[i - 1], ladder, scale))}</tbody></table></div>
<p class="table-note">Refused: legs without source that are no part of the attack and were not let through. Source: ${result.bridge.source}, replayed.</p></div>
`
}

function tableRow(
  row: PolicyResult,
  previous: PolicyResult | undefined,
  ladder: string | undefined,
  scale: Format.Scale,
): Html {
  const { held: releases, heldMints: mints, honestReleases } = row
  const isFirst = previous?.name !== row.name
  const share = honestReleases > 0 ? ((releases.count / honestReleases) * 100).toFixed(2) : '–'
  return html`<tr${isFirst && trusted(' class="group-start"')}><th scope="row">${isFirst && Headline.label(row.name, ladder)}</th><td class="n">${row.level}</td><td class="n">${Format.count(releases.count)}</td><td class="n">${share}</td><td class="n">${Format.scaled(releases.usd, scale)}</td><td class="n">${Format.hours(releases.hours)}</td><td class="n">${Format.hours(row.meanWaitSeconds)}</td><td class="n">${Format.count(mints.count)}</td><td class="n">${Format.scaled(mints.usd, scale)}</td><td class="n">${Format.hours(mints.hours)}</td><td class="n">${Format.count(row.refused.count)}</td></tr>
`
}
