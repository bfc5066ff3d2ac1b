import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { PricePoint } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'

/**
 * Reads daily closes of the tokens' price series, in order of time, from `since` on.
 *
 * A close becomes known when its day ends: it is placed at the start of the next day.
 */
export function readPrices(file: string, tokens: readonly Token[], since: UnixTime.UnixTime): PricePoint[] {
  const used = new Set(tokens.flatMap(({ priceId }) => priceId ?? []))
  const prices: PricePoint[] = []
  const series = new Map<string, Map<number, number>>()
  Csv.forEachRow(file, { required: ['date', 'price_id', 'close_usd'] }, (row) => {
    const at = Cell.date(row, 'date') + UnixTime.day
    const priceId = Cell.someText(row, 'price_id')
    const price = Cell.positiveNumber(row, 'close_usd')
    const lines = series.get(priceId) ?? new Map<number, number>()
    const before = lines.get(at)
    if (before !== undefined) throw duplicateError(row, priceId, before)
    series.set(priceId, lines.set(at, row.line))
    if (used.has(priceId) && at >= since) prices.push({ kind: 'price', at, priceId, price })
  })
  for (const priceId of used) if (!series.has(priceId)) throw missingError(file, priceId, series.keys())
  return prices.sort((a, b) => a.at - b.at || (a.priceId < b.priceId ? -1 : 1))
}

function duplicateError(row: Csv.Row<'date'>, priceId: string, before: number): CutwaterError {
  const date = Cell.text(row, 'date')
  return new CutwaterError('PRICE_DUPLICATE', `${priceId} already has a close of ${date} in line ${before}`, {
    where: Cell.place(row),
    right: 'one row per date and price_id',
  })
}

function missingError(file: string, priceId: string, known: Iterable<string>): CutwaterError {
  return new CutwaterError(
    'PRICE_SERIES_MISSING',
    `no row has the price_id ${JSON.stringify(priceId)} of a token`,
    {
      where: file,
      right: choice(priceId, known) || 'a price series, or a token without price_id where no price is known',
    },
  )
}
