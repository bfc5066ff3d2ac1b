import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'

/** A finding as a note to paste into a ticket: plain text, everything somebody needs who was not there. */
export function incidentNote(finding: Api.Finding, address: string): string {
  const { name, severity, at, chain, usd, token, message, tx, sentence, evidence, check } = finding
  const facts = [
    ['When', `${Format.time(at)} UTC`],
    ['Severity', severity],
    ['Chain', `${chain.name} (${chain.id})`],
    ['Value', usd === null ? 'no price' : `${Format.usd(usd)}${token === null ? '' : ` in ${token}`}`],
    ['Message', message ?? 'none'],
    ['Transaction', tx ?? 'none'],
    ...Object.entries(evidence).map(([key, value]) => [`Evidence, ${key}`, String(value ?? 'none')]),
  ]
  return [
    `${name}: ${sentence}`,
    '',
    ...facts.map(([key, value]) => `- ${key}: ${value}`),
    '',
    'To check:',
    ...check.map((text, i) => `${i + 1}. ${text}`),
    '',
    address,
    '',
  ].join('\n')
}
