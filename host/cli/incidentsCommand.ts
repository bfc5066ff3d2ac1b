import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import { families, familyOf, profileOf } from '@cutwater/core/simulation/incidents/Incident.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Survey } from '@cutwater/engine/incidents/survey.ts'
import { survey } from '@cutwater/engine/incidents/survey.ts'
import { Command } from 'commander'
import { collectedTo, loadIncidents, shipped } from '../history/incidents/loadIncidents.ts'
import { flagInvalid } from './numberOf.ts'
import { bold, dim, table } from './text.ts'
import { timeOf } from './timeOf.ts'

type Flags = {
  readonly class?: string
  readonly since?: string
  readonly file: string
  readonly json?: boolean
}

/** `cutwater incidents`: the record of bridge incidents, browsed and fitted. */
export function incidentsCommand(): Command {
  return new Command('incidents')
    .description('the record of bridge incidents behind the simulation: browse it, see what was fitted to it')
    .option('--class <name>', `only one family: ${families.join(', ')}`)
    .option('--since <date>', 'leave out what happened before this date')
    .option('--file <csv>', 'a table of the same columns instead', shipped)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  $ cutwater incidents --class keys --since 2023-01-01')
    .action(incidents)
}

async function incidents(flags: Flags): Promise<void> {
  const result = survey({
    incidents: loadIncidents(flags.file),
    to: collectedTo,
    ...(flags.class === undefined ? {} : { family: familyNamed(flags.class) }),
    ...(flags.since === undefined ? {} : { since: timeOf('--since', flags.since) }),
  })
  process.stdout.write(`${flags.json ? JSON.stringify(inDollars(result)) : describe(result)}\n`)
}

function describe(result: Survey): string {
  return [
    table(
      ['date', 'incident', 'family', 'lost', 'back', 'profile', 'sign before', 'stop helps', 'conf.'],
      result.incidents.map(rowOf),
      ['left', 'left', 'left', 'right', 'right', 'left', 'left', 'left', 'left'],
    ),
    `${bold('By family')} (scope core)\n${familyTable(result)}`,
    `${bold('Fitted, with 95% bootstrap intervals')}\n${fitTable(result)}`,
    `${bold('Severity')}: lognormal against Pareto: log-likelihood ratio ${result.severity.logLikelihoodRatio.toFixed(1)}, Vuong ${result.severity.vuong.toFixed(2)}, better: ${result.severity.better}`,
    ...result.limits.map(dim),
  ].join('\n\n')
}

function rowOf(incident: Incident): string[] {
  const money = (usd: Usd.Usd | null) => (usd === null ? '?' : Usd.format(usd))
  return [
    UnixTime.formatDate(incident.date),
    incident.name,
    familyOf(incident.cause),
    money(incident.loss),
    incident.recovered === null ? '' : money(incident.recovered),
    profileOf(incident) ?? '?',
    incident.precursor ?? '',
    incident.pauseWouldLimit,
    incident.confidence,
  ]
}

function familyTable({ families: rows }: Survey): string {
  return table(
    ['family', 'n', 'gross', 'share', 'median', 'a year'],
    rows.map((row) => [
      row.family,
      String(row.count),
      Usd.format(Usd.fromDollars(row.grossUsd)),
      `${(100 * row.shareOfGross).toFixed(1)}%`,
      row.medianUsd === null ? '?' : Usd.format(Usd.fromDollars(row.medianUsd)),
      row.perYear.toFixed(2),
    ]),
    ['left'],
  )
}

function fitTable({ intervals }: Survey): string {
  const row = (name: string, estimate: Estimate | null, show: (value: number) => string) =>
    estimate === null
      ? [name, 'not known', '']
      : [name, show(estimate.value), `${show(estimate.low)} to ${show(estimate.high)}`]
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`
  const hours = (seconds: number) => `${(seconds / UnixTime.hour).toFixed(1)} h`
  return table(
    ['', 'value', 'interval'],
    [
      row('attempts a year, all bridges', intervals.perYear, (value) => value.toFixed(1)),
      row('median loss', intervals.medianLoss, Usd.format),
      row('sigma of its logarithm', intervals.sigma, (value) => value.toFixed(2)),
      row('shape of the tail (Hill)', intervals.tailShape, (value) => value.toFixed(2)),
      row('share with a sign before', intervals.precursorShare, percent),
      row('lead of the sign, median', intervals.leadSeconds, hours),
      row('public notice, median', intervals.noticeSeconds, hours),
      row('share no stop could limit', intervals.unstoppableShare, percent),
    ],
    ['left'],
  )
}

function inDollars({ incidents: rows, ...rest }: Survey) {
  const dollars = (usd: Usd.Usd | null) => (usd === null ? null : Usd.toDollars(usd))
  return {
    count: rows.length,
    ...rest,
    incidents: rows.map(({ loss, recovered, valueLocked, ...row }) => ({
      ...row,
      family: familyOf(row.cause),
      profile: profileOf(row) ?? null,
      lossUsd: dollars(loss),
      recoveredUsd: dollars(recovered),
      valueLockedUsd: dollars(valueLocked),
    })),
  }
}

function familyNamed(text: string) {
  const family = families.find((each) => each === text)
  if (family !== undefined) return family
  throw flagInvalid('--class', text, choice(text, families))
}
