import type { UnixTime } from '../units/UnixTime.ts'
import { centsPerUnit } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { closeHours } from './closeHours.ts'
import * as ChainLimits from './guard/ChainLimits.ts'
import * as Guard from './guard/Guard.ts'
import type { Observation, PricePoint } from './Observation.ts'
import type { Output } from './Output.ts'
import { drainAll } from './pass.ts'
import { retryLegs, stepHead, stepIn, stepOut } from './stepLeg.ts'
import { retryAttempts, takeAttempt } from './takeAttempt.ts'
import { takeSigned } from './takeSigned.ts'
import { takeChange, takeHolding, takeMeasure, takeQuote, takeTrouble } from './takeSigns.ts'

/**
 * Takes one observation, in order of time, and returns what follows from it.
 *
 * Hours that end before the observation are closed first, so a signal never sees what came after it. The array is
 * valid until the next step.
 */
export function step(book: BridgeBook, observation: Observation): readonly Output[] {
  if (book.out.length > 0) book.out = []
  if (observation.at >= book.nextClose) closeHours(book, observation.at)
  // Two chains' clocks are not one: an observation may be a little older than the last.
  if (observation.at > book.now) book.now = observation.at
  switch (observation.kind) {
    case 'lock':
    case 'burn':
      stepOut(book, observation)
      break
    case 'mint':
    case 'release':
      stepIn(book, observation)
      break
    case 'price':
      takePrice(book, observation)
      break
    case 'order':
      takeOrder(book, observation.at, observation.reason)
      break
    case 'head':
      stepHead(book, observation)
      // Before the legs: what was held is let pass later, and takes the out leg with it that speaks for both.
      retryAttempts(book)
      retryLegs(book)
      break
    case 'change':
      takeChange(book, observation)
      break
    case 'trouble':
      takeTrouble(book, observation)
      break
    case 'attempt':
      takeAttempt(book, observation)
      break
    case 'limits':
      ChainLimits.take(book.chainLimits, observation)
      break
    case 'signed':
      takeSigned(book, observation)
      break
    case 'holding':
      takeHolding(book, observation)
      break
    case 'quote':
      takeQuote(book, observation)
      break
    case 'measure':
      takeMeasure(book, observation)
      break
  }
  return book.out
}

/** Lets time pass without an observation: closes hours and lets waiting legs go. */
export function advance(book: BridgeBook, at: UnixTime): readonly Output[] {
  if (book.out.length > 0) book.out = []
  if (at >= book.nextClose) closeHours(book, at)
  book.now = Math.max(book.now, at)
  return book.out
}

function takePrice({ catalog, cents }: BridgeBook, { priceId, price }: PricePoint): void {
  for (const [index, token] of catalog.bridge.tokens.entries()) {
    if (token.priceId === priceId) cents[index] = centsPerUnit(price, token.decimals)
  }
}

function takeOrder(book: BridgeBook, at: UnixTime, reason: string): void {
  drainAll(book, at)
  const pause = Guard.pauseUntilResumed(book.guard, at, reason)
  if (pause !== null) book.out.push({ type: 'paused', pause })
}
