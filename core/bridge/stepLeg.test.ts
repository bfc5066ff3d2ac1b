import { describe, expect, it } from 'vitest'
import { hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import * as Book from './BridgeBook.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as Policy from './BridgePolicy.ts'
import type { Level } from './guard/GuardSettings.ts'
import type { Observation } from './Observation.ts'
import type { Output } from './Output.ts'
import { advance, step } from './step.ts'
import {
  alpha,
  begin,
  beta,
  gold,
  legs,
  price,
  sampleBook,
  sampleBridge,
  type Transfer,
  whole,
} from './testing/sampleBridge.ts'

const deposit: Transfer = {
  token: gold,
  from: alpha,
  to: beta,
  amount: whole(gold, 500),
  message: '0',
  at: begin,
}
const [lock, mint] = legs(deposit)

describe('a leg that comes before its source is final', () => {
  it('is let through where nothing proves, and waits for its proof where something does', () => {
    const early = { ...mint, at: mint.at - 60 }
    expect(typesOf(run(bookAt(2), [lock, early]))).toEqual(['finding'])
    const book = bookAt(3)
    const outputs = run(book, [lock, early])
    expect(outputs).toMatchObject([
      { type: 'finding' },
      { type: 'held', held: { reason: 'unproven', provenAt: mint.at } },
    ])
    expect(advance(book, begin + hour)).toMatchObject([{ type: 'released', at: mint.at }])
    expect(book.balances[0]).toEqual({ locked: deposit.amount, minted: deposit.amount, inFlight: 0n })
  })
})

describe('a leg without source that passes', () => {
  it('teaches its lane nothing, or a theft would raise its own limit', () => {
    const book = bookAt(2)
    run(book, [mint])
    const lane = book.guard.lanes.find((each) => each !== null)!
    expect([book.balances[0]!.minted, lane.windowSums.size, lane.sizes.size]).toEqual([deposit.amount, 0, 0])
    run(book, [
      { ...lock, message: '1' },
      { ...mint, message: '1' },
    ])
    expect([lane.windowSums.size, lane.sizes.size]).toEqual([1, 1])
  })
})

describe('a token that nobody mapped', () => {
  const foreign = (leg: BridgeEvent): BridgeEvent => ({ ...leg, tokenSource: 'tin-1', token: 'tin-2' })

  it('passes when it is proven, and waits for people when it is not', () => {
    expect(typesOf(run(bookAt(3), [foreign(lock), foreign(mint)]))).toEqual(['finding', 'finding'])
    const book = bookAt(3)
    expect(typesOf(run(book, [foreign(mint)]))).toEqual(['finding', 'finding', 'finding', 'held'])
    const kept = book.guard.lanes.flatMap((lane) => lane?.kept ?? [])
    expect(kept).toMatchObject([{ reason: 'unproven', usd: null }])
  })

  it('that is early waits for its proof, and is not forgotten', () => {
    const book = bookAt(3)
    run(book, [foreign(lock), foreign({ ...mint, at: mint.at - 60 })])
    expect(advance(book, begin + hour)).toMatchObject([{ type: 'released', at: mint.at }])
  })

  it.each<Level>([1, 2, 3])('is stopped by a pause like all else (level %i)', (level) => {
    const book = bookAt(level)
    run(book, [foreign(lock), { kind: 'order', at: begin + 1, action: 'pause', reason: 'a call at night' }])
    expect(run(book, [foreign(mint)]).at(-1)).toMatchObject({ type: 'held', held: { reason: 'paused' } })
  })

  it('is not booked: there is no balance sheet to put it on', () => {
    const book = bookAt(2)
    run(book, [foreign(lock), foreign(mint)])
    expect(book.balances).toEqual(bookAt(2).balances)
  })
})

describe('a log that does not name the destination token', () => {
  it('means the one the mapping gives', () => {
    const book = bookAt(2)
    run(book, [{ ...lock, token: null }, mint])
    expect(book.counts.matched.deposits).toBe(1)
  })
})

describe('watching live', () => {
  const live = () => {
    const book = Book.create(sampleBridge(), Policy.of('adaptive', { level: 3 }), true)
    step(book, price(gold, 1))
    return book
  }
  const head = (chain: number, at: number): Observation => ({ kind: 'head', chain, at })

  it('a leg whose source has not been seen as far is not judged, then answers it whenever it is seen', () => {
    const book = live()
    expect(run(book, [head(alpha.id, begin - 1), mint])).toEqual([])
    expect([book.pending.length, book.counts.legs]).toEqual([1, 0])
    run(book, [lock, head(alpha.id, mint.at)])
    expect([book.pending.length, book.counts.matched.deposits]).toEqual([0, 1])
  })

  it('a leg whose source has been seen as far and has nothing is judged', () => {
    const book = live()
    run(book, [mint, head(alpha.id, mint.at - 1)])
    expect(book.counts.findings.ReleaseWithoutSource).toBe(0)
    run(book, [head(alpha.id, mint.at)])
    expect(book.counts.findings.ReleaseWithoutSource).toBe(1)
  })

  it('a leg whose source is not final yet is judged when that has been seen as far: until then it may move', () => {
    const moved = { ...lock, at: lock.at - 60 }
    const early = { ...mint, at: mint.at - 60 }
    const book = live()
    expect(run(book, [lock, head(alpha.id, lock.at), early])).toEqual([])
    expect(book.pending).toHaveLength(1)
    run(book, [head(alpha.id, early.at)])
    expect(book.counts.findings.FinalityBreach).toBe(1)
    // The same after a reorg that put the out leg into an earlier block.
    const other = live()
    run(other, [early, moved, head(alpha.id, early.at)])
    expect([other.counts.findings.FinalityBreach, other.counts.matched.deposits]).toEqual([0, 1])
  })

  it('nothing is held by the book: what is seen has passed the guard on chain', () => {
    const book = live()
    const outputs = run(book, [mint, head(alpha.id, mint.at)])
    expect(typesOf(outputs)).not.toContain('held')
    expect(book.balances[0]!.minted).toBe(deposit.amount)
  })

  it('a head of a chain the bridge does not know tells nothing, and no head goes back', () => {
    const book = live()
    run(book, [head(9, begin), head(alpha.id, begin), head(alpha.id, begin - hour)])
    expect(book.heads).toEqual([begin, Number.NEGATIVE_INFINITY])
  })
})

function bookAt(level: Level): BridgeBook {
  const book = sampleBook('adaptive', { level })
  step(book, price(gold, 1))
  return book
}

function run(book: BridgeBook, observations: readonly Observation[]): Output[] {
  return observations.flatMap((observation) => [...step(book, observation)])
}

function typesOf(outputs: readonly Output[]): string[] {
  return outputs.map(({ type }) => type)
}
