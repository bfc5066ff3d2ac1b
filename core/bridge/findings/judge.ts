import { ofUnits, type Usd } from '../../units/Usd.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import { lockedUsd } from '../BridgeBook.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import * as Catalog from '../Catalog.ts'
import * as Conservation from '../Conservation.ts'
import type { Lane } from '../guard/Lane.ts'
import * as Pressure from '../Pressure.ts'
import type { InLeg } from '../stepLeg.ts'
import * as Claimants from './Claimants.ts'
import * as Finding from './Finding.ts'
import * as Severity from './Severity.ts'

/** A leg is large from this share of its token's locked amount on, and from this value on: $100,000. */
export const large = { share: 0.05, usd: 10_000_000 as Usd }

/** Counts an in leg and reports whatever is wrong with it. */
export function leg(book: BridgeBook, inLeg: InLeg): void {
  const { counts } = book
  const { event, verdict } = inLeg
  const isDeposit = event.kind === 'mint'
  if (verdict.outcome === 'matched') counts.matched[isDeposit ? 'deposits' : 'withdrawals'] += 1
  else if (verdict.outcome === 'early') {
    counts.early[isDeposit ? 'deposits' : 'withdrawals'] += 1
    finalityBreach(book, inLeg)
  } else {
    counts.withoutSource[isDeposit ? 'mints' : 'releases'] += 1
    withoutSource(book, inLeg)
  }
  if (inLeg.token === Catalog.none) unmapped(book, event)
  else size(book, inLeg)
}

/** An event whose token the mapping does not know. */
export function unmapped(book: BridgeBook, event: BridgeEvent): void {
  const contract = event.token ?? event.tokenSource ?? 'unnamed'
  report(book, event, null, null, {
    name: 'UnmappedToken',
    severity: 'low',
    what: `A ${event.kind} moved a token that the mapping does not know: ${contract}`,
    evidence: { contract },
  })
}

/** A leg that found no room: its lane's limit is reached. */
export function limitReached(book: BridgeBook, { event, token, usd, units }: InLeg, lane: Lane): void {
  report(book, event, symbolOf(book, token), usd, {
    name: 'LimitReached',
    severity: Severity.soften(severityOf(book, usd)),
    what: `The limit of ${Catalog.laneName(book.catalog, lane.route, lane.token)} has no room for this ${event.kind}`,
    evidence: { units, capacity: Math.floor(lane.total.capacity), level: Math.floor(lane.total.level) },
  })
}

/** After unproven value has passed: how much of the token nothing backs, reported when it has doubled. */
export function backing(book: BridgeBook, { event, token }: InLeg): void {
  const gap = Conservation.gap(book.balances[token]!)
  if (gap <= 0n) return
  const cents = book.cents[token]!
  const usd = Number.isNaN(cents) ? null : ofUnits(Number(gap), cents)
  const reported = book.alarms.gapReported[token]!
  if ((usd ?? 1) < 2 * reported) return
  // Without a price it is told once, and again as soon as there is one.
  book.alarms.gapReported[token] = usd ?? 1
  report(book, event, symbolOf(book, token), usd, {
    name: 'BackingGap',
    severity: severityOf(book, usd),
    what: `${symbolOf(book, token)} is owed ${gap} units more than is locked at home`,
    evidence: { gap: String(gap), ...balanceOf(book, token) },
  })
}

/** What is missing of each token, in raw units. */
export function gaps({ balances }: BridgeBook): bigint[] {
  return balances.map(Conservation.gap)
}

/** The value of what is missing beyond some gaps, in cents; all that is priced counts at today's price. */
export function gapUsd(book: BridgeBook, beyond: readonly bigint[]): Usd {
  let sum = 0
  for (const [token, balance] of book.balances.entries()) {
    const cents = book.cents[token]!
    const gap = Conservation.gap(balance) - beyond[token]!
    if (gap > 0n && !Number.isNaN(cents)) sum += ofUnits(Number(gap), cents)
  }
  return sum
}

function finalityBreach(book: BridgeBook, { event, token, usd, verdict, provenAt }: InLeg): void {
  const out = verdict.out!
  const early = provenAt - event.at
  report(book, event, symbolOf(book, token), usd, {
    name: 'FinalityBreach',
    severity: Severity.soften(severityOf(book, usd)),
    what: `A ${event.kind} came ${early} s before its source was final`,
    evidence: { sourceTx: out.tx, sourceAt: out.at, earlySeconds: early },
  })
}

function withoutSource(book: BridgeBook, inLeg: InLeg): void {
  const { event, token, usd, verdict } = inLeg
  const symbol = symbolOf(book, token)
  const mayPredate = verdict.outcome === 'predates'
  const severity = mayPredate ? 'low' : severityOf(book, usd)
  const specific = specificOf(inLeg)
  report(book, event, symbol, usd, {
    name: 'ReleaseWithoutSource',
    severity,
    what: mayPredate
      ? `A ${event.kind} answers an out leg from before the record, if it answers any`
      : `A ${event.kind} has no out leg that agrees with it`,
    evidence: { outcome: verdict.outcome, sourceTx: verdict.out?.tx ?? null },
  })
  if (specific !== null) report(book, event, symbol, usd, { ...specific, severity })
}

function specificOf({ event, verdict }: InLeg): Pick<Finding.Parts, 'name' | 'what' | 'evidence'> | null {
  const { message, kind } = event
  switch (verdict.outcome) {
    case 'mismatch': {
      const fields = verdict.differs.join(', ')
      const out = verdict.out!
      const what = `Message ${message} exists, but the ${kind} differs from it in ${fields}`
      return {
        name: 'FieldMismatch',
        what,
        evidence: { fields, sourceTx: out.tx, ...sides(verdict.differs, out, event) },
      }
    }
    case 'settled':
      return {
        name: 'Replay',
        what: `Message ${message} was settled before and comes again as a ${kind}`,
        evidence: {},
      }
    case 'ahead':
      return {
        name: 'IdAheadOfSource',
        what: `Message ${message} is ahead of everything its source has sent`,
        evidence: {},
      }
    default:
      return null
  }
}

function sides(
  differs: readonly ('beneficiary' | 'token' | 'amount')[],
  out: BridgeEvent,
  event: BridgeEvent,
) {
  const evidence: Record<string, string> = {}
  for (const field of differs) {
    evidence[`${field}Source`] = String(out[field])
    evidence[`${field}Destination`] = String(event[field])
  }
  return evidence
}

function size(book: BridgeBook, { event, route, token, units, usd }: InLeg): void {
  const signs = Claimants.note(book.claimants[route]!, event.beneficiary, token, units, event.at)
  const isLarge = usd !== null && usd >= large.usd && units >= large.share * book.lockedUnits[token]!
  if (isLarge) reportLarge(book, event, token, usd, units)
  if (isLarge && signs.probeUnits > 0) {
    report(book, event, symbolOf(book, token), usd, {
      name: 'ProbeThenDrain',
      severity: Severity.soften(severityOf(book, usd)),
      what: `${event.beneficiary} received a small amount within the day before this large one`,
      evidence: { probeUnits: signs.probeUnits, units },
    })
  }
  if (signs.crowd > 0) {
    report(book, event, symbolOf(book, token), usd, {
      name: 'ManyNewClaimants',
      severity: 'medium',
      what: `${signs.crowd} first-time claimants within an hour, more than in any hour of the last 30 days`,
      evidence: { newClaimants: signs.crowd },
    })
  }
}

function reportLarge(book: BridgeBook, event: BridgeEvent, token: number, usd: Usd, units: number): void {
  const share = units / book.lockedUnits[token]!
  report(book, event, symbolOf(book, token), usd, {
    name: 'LargeRelease',
    severity: Severity.soften(severityOf(book, usd)),
    what: `A ${event.kind} takes ${(100 * share).toFixed(1)}% of the ${symbolOf(book, token)} that is locked`,
    evidence: { share },
  })
}

export type Report = Pick<Finding.Parts, 'name' | 'severity' | 'what' | 'evidence'>

/** Counts a finding, lets it press the signals, and puts it out. */
export function report(
  book: BridgeBook,
  event: Finding.Place,
  token: string | null,
  usd: Usd | null,
  parts: Report,
): void {
  const finding = Finding.about({ ...parts, event, token, usd })
  book.counts.findings[finding.name] += 1
  Pressure.noteFinding(book.pressure, finding.severity, event.at)
  book.out.push({ type: 'finding', finding })
}

function severityOf(book: BridgeBook, usd: Usd | null): Severity.Severity {
  return Severity.of(usd, lockedUsd(book))
}

function symbolOf(book: BridgeBook, token: number): string | null {
  return token === Catalog.none ? null : book.catalog.bridge.tokens[token]!.symbol
}

function balanceOf(book: BridgeBook, token: number) {
  const { locked, minted, inFlight } = book.balances[token]!
  return { locked: String(locked), minted: String(minted), inFlight: String(inFlight) }
}
