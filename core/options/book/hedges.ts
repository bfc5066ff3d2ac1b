import * as Layer from '../../ladder/Layer.ts'
import * as Usd from '../../units/Usd.ts'
import * as Account from '../account/Account.ts'
import type { Instrument } from '../account/Instrument.ts'
import { candidate, isDue } from '../hedge/candidate.ts'
import type { Lot } from '../hedge/Lot.ts'
import { isPressed } from '../hedge/press.ts'
import { callTargets, contractsFor } from '../hedge/targets.ts'
import { quote } from '../view/quote.ts'
import type { View } from '../view/View.ts'
import { act, type OptionsBook } from './OptionsBook.ts'
import { trade } from './trade.ts'

/** Pays out hedges that expire this day, at the opening quotation that their future settled on. */
export function settleHedges(book: OptionsBook, view: View): void {
  const { account, lots } = book
  for (const layer of Layer.layers) {
    const expired = lots[layer].filter(({ expiry }) => expiry !== undefined && expiry <= view.date)
    for (const { instrument } of expired) {
      const held = account.positions.find(
        (each) => each.owner === layer && each.instrument.id === instrument.id,
      )
      // Two lots may share one position, which is paid out once.
      if (held !== undefined) Account.settle(account, held, openingVix(view), view.date)
    }
    for (const lot of expired) {
      dropLot(book, layer, lot)
      act(book, `settle ${lot.quantity} ${lot.instrument.id} at ${openingVix(view)}`, 'they expire')
    }
  }
}

/** Sells the near layer after a great gain, and buys longer layers with what it made (R18). */
export function rollGains(book: OptionsBook, view: View): void {
  const { on, vixAbove, gain, share } = book.policy.hedge.gainRoll
  if (!on || view.day.vix.close <= vixAbove) return
  let gained = 0
  let cost = 0
  for (const lot of book.lots.near) {
    const quoted = quote(view, lot.instrument)
    if (quoted === undefined) return
    cost += lot.quantity * lot.costCents
    gained += lot.quantity * (Account.centsOf(lot.instrument, quoted.bid) - lot.costCents)
  }
  if (cost <= 0 || gained < gain * cost) return
  const again = candidate(view, 'near', book.policy.hedge)
  if (again === undefined) return
  const quantity = quantityOf(book, 'near')
  for (const lot of [...book.lots.near]) sell(book, view, 'near', lot)
  buy(book, view, 'near', again, quantity)
  const { mid, far } = book.weights
  spend(book, view, 'mid', (gained * share * mid) / (mid + far))
  spend(book, view, 'far', (gained * share * far) / (mid + far))
  book.counts.gainRolls += 1
  act(
    book,
    `roll the gain of the near layer, ${Usd.format(gained)}, into longer ones`,
    `it has gained ${Math.round((100 * gained) / cost)}%`,
  )
}

/**
 * Opens, tops up and rolls each layer to what the ladder asks of it.
 *
 * Protection is added at once; what is too much leaves when its lot is rolled.
 */
export function tend(book: OptionsBook, view: View): void {
  const { hedge } = book.policy
  const due = Layer.map((layer) => book.lots[layer].filter((lot) => isDue(lot, view.date, hedge)))
  const wanted = (layer: Layer.Layer) => candidate(view, layer, hedge, due[layer][0]?.expiry)
  const isByPremium = hedge.sizing === 'premium'
  // By premium all prices count, so the ladder is looked at only when a layer is due or empty.
  if (isByPremium && Layer.layers.every((layer) => due[layer].length === 0 && book.lots[layer].length > 0))
    return
  const calls = callTargets(book, view, wanted)
  for (const layer of Layer.layers) {
    if (isOff(book, layer)) {
      for (const lot of [...book.lots[layer]])
        if (sell(book, view, layer, lot))
          act(book, `sell ${layer}: ${lot.quantity} ${lot.instrument.id}`, 'its stress is low')
      continue
    }
    // Finding a strike takes a search; a layer that has what it needs is left alone.
    if (
      due[layer].length === 0 &&
      hedge.instrument === 'calls' &&
      Math.round(calls[layer]) <= quantityOf(book, layer)
    )
      continue
    const instrument = wanted(layer)
    if (instrument === undefined) continue
    for (const lot of due[layer]) sell(book, view, layer, lot)
    const held = quantityOf(book, layer)
    const missing = contractsFor(view, instrument, calls[layer]) - held
    if (missing < 1 || !buy(book, view, layer, instrument, missing)) continue
    const isRoll = due[layer].length > 0
    act(book, `${isRoll ? 'roll' : 'buy'} ${layer}: ${missing} ${instrument.id}`, reasonFor(isRoll, held))
  }
}

/** Spends a part of the day's credit on the far layer, when time value is sold into steep contango. */
export function press(book: OptionsBook, view: View): void {
  const { press } = book.policy
  if (!press.on || !isPressed(view, press)) return
  book.counts.pressed += 1
  const opened = book.trades.find(({ openedAt }) => openedAt === view.date)
  if (opened === undefined) return
  spend(book, view, 'far', press.share * opened.creditCents * opened.contracts)
  act(book, 'press a part of the credit into the far layer', 'time value was sold into steep contango')
}

/** Contracts held in a layer. */
export function quantityOf({ lots }: OptionsBook, layer: Layer.Layer): number {
  let sum = 0
  for (const { quantity } of lots[layer]) sum += quantity
  return sum
}

function isOff({ policy: { hedge }, stress, lots }: OptionsBook, layer: Layer.Layer): boolean {
  if (hedge.activation === 'always') return false
  return stress[layer] < (lots[layer].length > 0 ? hedge.offBelow : hedge.onAt)
}

function buy(
  book: OptionsBook,
  view: View,
  layer: Layer.Layer,
  instrument: Instrument,
  quantity: number,
): boolean {
  const fill = trade(book, view, { instrument, owner: layer, quantity, manner: 'single' })
  if (fill === undefined) return false
  const costCents = Account.centsOf(instrument, fill.price)
  const expiry = instrument.type === 'share' ? undefined : instrument.expiry
  book.lots[layer].push({ instrument, quantity, expiry, openedAt: view.date, costCents })
  return true
}

function sell(book: OptionsBook, view: View, layer: Layer.Layer, lot: Lot): boolean {
  const { instrument, quantity } = lot
  const order = { instrument, owner: layer, quantity: -quantity, manner: 'single' as const }
  if (trade(book, view, order) === undefined) return false
  dropLot(book, layer, lot)
  return true
}

/** Buys as many of what the layer would buy as `cents` pay for; none when they do not pay for one. */
function spend(book: OptionsBook, view: View, layer: Layer.Layer, cents: Usd.Usd): void {
  const instrument = candidate(view, layer, book.policy.hedge)
  const quoted = instrument && quote(view, instrument)
  if (quoted === undefined) return
  const quantity = Math.floor(cents / Math.max(1, Account.centsOf(instrument!, quoted.ask)))
  if (quantity > 0) buy(book, view, layer, instrument!, quantity)
}

function dropLot({ lots }: OptionsBook, layer: Layer.Layer, lot: Lot): void {
  lots[layer].splice(lots[layer].indexOf(lot), 1)
}

// Without a settlement on record VIX at the opening stands in for it.
function openingVix({ day: { futures, vix }, date }: View): number {
  return futures.find(({ expiry }) => expiry === date)?.settle ?? vix.open
}

function reasonFor(isRoll: boolean, held: number): string {
  if (isRoll) return 'the layer has come to its day of rolling'
  return held === 0 ? 'the layer is always on, and empty' : 'the ladder asks for more of it'
}
