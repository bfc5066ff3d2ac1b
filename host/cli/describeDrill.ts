import { format } from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Drilled } from '@cutwater/lab/run/drill.ts'
import type { Served } from '@cutwater/lab/run/health.ts'
import type { DrillRecord } from './DrillRecord.ts'
import { bold, dim, table } from './text.ts'

/** A drill for the terminal: what was copied, what each attack took, who would bear it, and how people were served. */
export function describeDrill({ bridge, at, copied, drilled }: DrillRecord, file: string | null): string {
  const through = drilled.filter(({ getsThrough }) => getsThrough).map(({ name }) => name)
  const copies = copied.map(({ part, state, says }) => [part, state, says])
  return [
    `${bold(`The twin of ${bridge}`)}, attacked as it stood at ${format(at)}`,
    table(['part', 'is', ''], copies, ['left', 'left', 'left']),
    section('What each attack takes', table(takenHead, drilled.map(taken), ['left'])),
    section('Who bears it', table(borneHead, drilled.map(borne), ['left'])),
    section(
      'How honest people are served: share of what they try to send that arrives; value settled a day, nominal / real',
      table(servedHead, drilled.map(served), ['left']),
    ),
    through.length === 0
      ? 'None takes more than the policy would let pass.'
      : `More than the policy would let pass: ${through.join(', ')}. What stands has been loosened.`,
    ...(file === null ? [] : [dim(`Kept in ${file}; cutwater assess shows the newest.`)]),
  ].join('\n\n')
}

function section(title: string, body: string): string {
  return `${bold(title)}\n${body}`
}

const takenHead = ['attack', 'takes today', 'limits let pass', 'policy lets pass', 'without layers', '']

function taken({ name, lostUsd, boundUsd, askedUsd, openUsd, getsThrough }: Drilled): string[] {
  return [
    name,
    usd(lostUsd),
    usd(boundUsd),
    usd(askedUsd),
    usd(openUsd),
    getsThrough ? 'gets through' : 'contained',
  ]
}

const borneHead = ['attack', 'guard prevents', 'stake pays', 'cover pays', 'reserve pays', 'users lose']

function borne({
  name,
  preventedUsd,
  slashedUsd,
  coverUsd,
  backstoppedUsd,
  shortfallUsd,
}: Drilled): string[] {
  return [name, ...[preventedUsd, slashedUsd, coverUsd, backstoppedUsd, shortfallUsd].map(usd)]
}

const servedHead = ['attack', 'before', 'during', 'after', 'without layers after']

function served({ name, health: { before, during, after }, openHealth }: Drilled): string[] {
  return [name, ...[before, during, after, openHealth.after].map(servedText)]
}

function servedText({ deliveredShare, nominalUsdPerDay, realUsdPerDay }: Served): string {
  if (deliveredShare === null || nominalUsdPerDay === null) return 'nobody tried'
  const real = realUsdPerDay === null ? '–' : usd(realUsdPerDay)
  return `${Math.round(100 * deliveredShare)}% ${usd(nominalUsdPerDay)} / ${real}`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
