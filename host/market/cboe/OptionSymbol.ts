import type { Kind } from '@cutwater/core/options/pricing/Black76.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/** What the name of an option says. */
export type OptionSymbol = {
  readonly root: string
  readonly expiry: UnixTime.UnixTime
  readonly kind: Kind
  readonly strike: number
  /** where one exchange's quote is meant, and not the best of all */
  readonly exchange: string | undefined
}

/**
 * Reads the symbol of the Options Clearing Corporation, `SPXW230915C04500000`, or the name in quote tables of before 2018,
 * `11 Jan 1050.00 (SPXW1107A1050-E)`; `undefined` for anything else.
 */
export function parse(text: string): OptionSymbol | undefined {
  return occ(text) ?? named(text)
}

function occ(text: string): OptionSymbol | undefined {
  const match = /^([A-Z]+) *(\d\d)(\d\d)(\d\d)([CP])(\d{8})$/.exec(text)
  if (!match) return undefined
  const [root, year, month, day, side, strike] = match.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return made(
    root,
    `20${year}-${month}-${day}`,
    side === 'C' ? 'call' : 'put',
    Number(strike) / 1_000,
    undefined,
  )
}

// Root, year, day, a letter for month and side (A to L calls, M to X puts), strike, exchange.
function named(text: string): OptionSymbol | undefined {
  const match = /^\d\d [A-Z][a-z]{2} ([\d.]+) \(([A-Z]+)(\d\d)(\d\d)([A-X])[\d.]+(?:-(\w+))?\)$/.exec(text)
  if (!match) return undefined
  const [strike, root, year, day, letter] = match.slice(1) as [string, string, string, string, string]
  const code = letter.charCodeAt(0) - 'A'.charCodeAt(0)
  const month = String((code % 12) + 1).padStart(2, '0')
  return made(root, `20${year}-${month}-${day}`, code < 12 ? 'call' : 'put', Number(strike), match[6])
}

function made(
  root: string,
  date: string,
  kind: Kind,
  strike: number,
  exchange: string | undefined,
): OptionSymbol | undefined {
  const expiry = UnixTime.parse(date)
  return expiry === undefined || !(strike > 0) ? undefined : { root, expiry, kind, strike, exchange }
}
