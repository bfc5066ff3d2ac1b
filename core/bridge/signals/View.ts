import type { UnixTime } from '../../units/UnixTime.ts'
import { toDollars } from '../../units/Usd.ts'
import type { Token } from '../Bridge.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import type { FeedName } from './Feed.ts'
import * as Measures from './Measures.ts'
import type * as Tally from './Tally.ts'

/** All a signal may look at when an hour closes: nothing of it is later than `at`. */
export type View = {
  readonly at: UnixTime
  readonly tokens: readonly Token[]
  /** dollars locked at home by token, NaN where no price is known */
  readonly lockedByToken: readonly number[]
  /** dollars locked at home over all priced tokens */
  readonly locked: number
  readonly measures: Measures.State
  /** what the legs of the hour did; null where nobody counts them */
  readonly tally: Tally.State | null
  /** values of the signals that stepped before, by name */
  readonly values: Map<string, number>
}

/** What there is to see of a book. */
export function of(book: BridgeBook, at: UnixTime, tally: Tally.State | null): View {
  const { tokens } = book.catalog.bridge
  const lockedByToken = tokens.map((token, index) => lockedOf(book, token, index, at))
  const values = new Map<string, number>()
  for (const { name, value } of book.readings) if (!Number.isNaN(value)) values.set(name, value)
  return {
    at,
    tokens,
    lockedByToken,
    locked: lockedByToken.reduce((sum, usd) => sum + (usd > 0 ? usd : 0), 0),
    measures: book.measures,
    tally,
    values,
  }
}

// An oracle that is believed is fresher than a day's close.
function lockedOf(
  { measures, lockedUnits, cents }: BridgeBook,
  token: Token,
  index: number,
  at: UnixTime,
): number {
  const units = Math.max(0, lockedUnits[index]!)
  const oracle = measures.size === 0 ? null : Measures.read(measures, 'oraclePrice', token.symbol, at)
  return oracle?.known ? (units / 10 ** token.decimals) * oracle.value : toDollars(units * cents[index]!)
}

/** A number of each token with what it weighs: its share of the value locked, equal where nothing has a price. */
export type Weighed = {
  readonly symbol: string
  readonly value: number
  readonly weight: number
  readonly asOf: UnixTime
}

/** What a feed says of the bridge's tokens, weighted by the value locked; why, where it says nothing. */
export function byToken(
  view: View,
  pick: (symbol: string) => Measures.Answer,
): readonly Weighed[] | { why: string } {
  const weighed: { symbol: string; value: number; usd: number; asOf: UnixTime }[] = []
  let why = ''
  for (const [index, { symbol }] of view.tokens.entries()) {
    const answer = pick(symbol)
    const usd = view.lockedByToken[index]!
    if (answer.known) weighed.push({ symbol, value: answer.value, usd: usd > 0 ? usd : 0, asOf: answer.asOf })
    // Of many silent feeds, one that is in doubt is worth more words than one that is missing.
    else if (why === '' || !answer.missing) why = answer.why
  }
  if (weighed.length === 0) return { why: why || 'the bridge has no token' }
  const total = weighed.reduce((sum, { usd }) => sum + usd, 0)
  return weighed.map(({ symbol, value, usd, asOf }) => {
    return { symbol, value, weight: total > 0 ? usd / total : 1 / weighed.length, asOf }
  })
}

/** The answer of one feed about the bridge as a whole. */
export function feed(view: View, name: FeedName, of = ''): Measures.Answer {
  return Measures.read(view.measures, name, of, view.at)
}

/** The sum of a feed over all it is about: of providers, operators, parts of a cost. */
export function total(view: View, name: FeedName): Measures.Answer {
  const all = Measures.readAll(view.measures, name, view.at)
  if (all.length === 0) return Measures.missing(name)
  let [value, asOf] = [0, 0]
  for (const { answer } of all) {
    if (!answer.known) return answer
    value += answer.value
    asOf = Math.max(asOf, answer.asOf)
  }
  return { known: true, value, asOf }
}
