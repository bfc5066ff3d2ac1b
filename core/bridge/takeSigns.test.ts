import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import * as Book from './BridgeBook.ts'
import { type BridgeEvent, isOut } from './BridgeEvent.ts'
import * as Policy from './BridgePolicy.ts'
import type { Change, Holding, Observation, Quote } from './Observation.ts'
import type { Output } from './Output.ts'
import { step } from './step.ts'
import { wishes } from './testing/arbitraries.fixture.ts'
import {
  alpha,
  begin,
  beta,
  contractOn,
  gold,
  inLeg,
  lead,
  outLeg,
  price,
  sampleBridge,
  silver,
  whole,
} from './testing/sampleBridge.ts'
import { pausesOf } from './testing/steal.ts'
import { honest, inOrder } from './testing/traffic.ts'

describe('a change of who may act on the bridge', () => {
  it.each(['SignerSetChanged', 'ConfigChanged'] as const)('%s through the timelock is a note', (name) => {
    const book = bookWith(1e6)
    const outputs = step(book, change({ name, announced: true }))
    expect(told(outputs)).toEqual([
      `low ${name}: a new signer, through the timelock (chain 1, transaction 0xcc).`,
    ])
    expect(pausesOf(book, outputs)).toEqual([])
  })

  it.each(['SignerSetChanged', 'ConfigChanged'] as const)('%s out of the blue stops the bridge', (name) => {
    const book = bookWith(1e6)
    const outputs = step(book, change({ name, announced: false }))
    expect(told(outputs)).toEqual([
      `critical ${name}: a new signer, without the timelock (chain 1, transaction 0xcc).`,
    ])
    expect(pausesOf(book, outputs)).toEqual(['bridge'])
    expect(book.stress.near).toBe(1)
  })

  it('stops nothing where nothing is locked', () => {
    const book = bookWith(10)
    expect(pausesOf(book, step(book, change({ name: 'ConfigChanged', announced: false })))).toEqual([])
  })
})

describe('trouble with the view of a chain', () => {
  it.each(['SourceStale', 'SourceDisagreement'] as const)(
    '%s is looked at, and nobody is accused',
    (name) => {
      const book = bookWith(1e6)
      const what = 'Alpha has stood still for 10 minutes'
      const outputs = step(book, { kind: 'trouble', at: book.now, chain: 1, name, what })
      expect(told(outputs)).toEqual([`medium ${name}: ${what} (chain 1).`])
      expect(pausesOf(book, outputs)).toEqual([])
    },
  )
})

describe('a quote', () => {
  it('within five per cent of par says nothing', () => {
    const book = bookWith(1e6)
    for (const at of [1, 0.951, 1.049]) expect(told(step(book, quote({ price: at })))).toEqual([])
  })

  it('of a pool far from par is a peg break: it presses and stops nothing', () => {
    const book = bookWith(1e6)
    const outputs = step(book, quote({ price: 0.9 }))
    expect(told(outputs)).toEqual([
      'medium PegBreak: GOLD is at 0.9000 in the pool, 10.0% from 1.000 (GOLD, $1.00M; chain 1, transaction 0xdd).',
    ])
    expect(pausesOf(book, outputs)).toEqual([])
  })

  it('of an oracle far from the pool stops the lanes of its token', () => {
    const book = bookWith(1e6)
    step(book, quote({ price: 1 }))
    const outputs = step(book, quote({ source: 'oracle', price: 1.2 }))
    expect(told(outputs)).toEqual([
      'critical OracleDisagreement: GOLD is at 1.200 in the oracle, 20.0% from 1.000 (GOLD, $1.00M; chain 1, transaction 0xdd).',
    ])
    expect(pausesOf(book, outputs)).toEqual(['token:GOLD Alpha→Beta', 'token:GOLD Beta→Alpha'])
  })

  it('of a coin the bridge does not carry, or that nobody prices, stops nothing', () => {
    const book = bookWith(1e6)
    for (const token of ['TIN', 'LEAD']) {
      step(book, quote({ token, price: 1 }))
      expect(pausesOf(book, step(book, quote({ token, source: 'oracle', price: 2 })))).toEqual([])
    }
  })
})

describe('a holding', () => {
  it('that is what the log adds up to, or more, says nothing', () => {
    const book = bookWith(1e6)
    expect(told(step(book, holding({ what: 'locked', amount: whole(gold, 1e6) })))).toEqual([])
    expect(told(step(book, holding({ what: 'locked', amount: whole(gold, 2e6) })))).toEqual([])
    expect(told(step(book, holding({ what: 'minted', amount: whole(gold, 1_000) })))).toEqual([])
  })

  it('of fewer tokens than are locked by the log is a gap that no log shows', () => {
    const book = bookWith(1e6)
    const outputs = step(book, holding({ what: 'locked', amount: whole(gold, 4e5) }))
    expect(told(outputs)).toEqual([
      'critical BackingGap: GOLD: 600000000000 units fewer are locked than the log of the bridge adds up to (GOLD, $600.0k; chain 1).',
    ])
    expect(pausesOf(book, outputs)).toEqual(['token:GOLD Alpha→Beta', 'token:GOLD Beta→Alpha'])
  })

  it('of more tokens than were minted by the log too', () => {
    const book = bookWith(1e6)
    const outputs = step(book, holding({ what: 'minted', amount: whole(gold, 51_000) }))
    expect(told(outputs)[0]).toMatch(/^critical BackingGap: GOLD: 50000000000 units more are minted than/)
  })

  it('is told again when the gap has grown, not when it is the same', () => {
    const book = bookWith(1e6)
    const seen = (tokens: number) =>
      told(step(book, holding({ what: 'locked', amount: whole(gold, tokens) }))).length
    expect([seen(999_000), seen(999_000), seen(998_000)]).toEqual([1, 0, 1])
  })

  it('of a coin without a price is told once, and again when there is a price', () => {
    const book = bookWith(1e6)
    step(book, outLeg({ token: lead, from: alpha, to: beta, amount: 500n, message: 'l', at: book.now }))
    const lacking = { ...holding({ what: 'locked', amount: 0n }), token: contractOn(lead, 1) }
    expect([told(step(book, lacking)).length, told(step(book, lacking)).length]).toEqual([1, 0])
    book.cents[book.catalog.bridge.tokens.findIndex(({ symbol }) => symbol === 'LEAD')] = 5
    expect(told(step(book, lacking))).toHaveLength(1)
  })

  it('of a record that begins midway says nothing about what was minted before it', () => {
    const bridge = { ...sampleBridge(), midway: true }
    const book = Book.create(bridge, Policy.of('adaptive'))
    step(book, price(gold, 1))
    expect(told(step(book, holding({ what: 'minted', amount: whole(gold, 1e6) })))).toEqual([])
  })

  it('law: true holdings accuse nobody, though one chain is seen long after the other', () => {
    const lag = fc.tuple(fc.nat(2 * day), fc.nat(2 * day))
    fc.assert(
      fc.property(wishes(), lag, (wished, [late, later]) => {
        const bridge = sampleBridge([alpha, beta], [gold, silver, lead])
        const book = Book.create(bridge, Policy.of('adaptive', { level: 1 }), true)
        const truth = new Map<string, bigint>()
        const seenAt = ({ chain, at }: BridgeEvent) => at + (chain === alpha.id ? late : later)
        for (const event of inOrder(honest(bridge, wished)).sort((a, b) => seenAt(a) - seenAt(b))) {
          const { kind, at, chain, amount } = event
          step(book, head(chain, at - 1))
          step(book, event)
          const token = (isOut(kind) ? event.tokenSource : event.token)!
          const isMore = kind === 'lock' || kind === 'mint'
          truth.set(token, (truth.get(token) ?? 0n) + (isMore ? amount : -amount))
          const what = kind === 'lock' || kind === 'release' ? 'locked' : 'minted'
          const seen: Holding = {
            kind: 'holding',
            at,
            chain,
            block: null,
            token,
            what,
            amount: truth.get(token)!,
          }
          expect(told(step(book, seen))).toEqual([])
        }
      }),
    )
  })
})

const head = (chain: number, at: number): Observation => ({ kind: 'head', chain, at })

/** A book that watches live, with so many gold locked and a thousand of them minted. */
function bookWith(locked: number): BridgeBook {
  const book = Book.create(sampleBridge(), Policy.of('adaptive', { level: 2 }), true)
  step(book, price(gold, 1))
  const deposit = { token: gold, from: alpha, to: beta, at: begin }
  step(book, outLeg({ ...deposit, amount: whole(gold, locked - locked / 1_000), message: '0' }))
  const small = { ...deposit, amount: whole(gold, locked / 1_000), message: '1' }
  step(book, outLeg(small))
  step(book, head(alpha.id, begin + hour))
  step(book, inLeg(small))
  return book
}

function change(parts: Pick<Change, 'name' | 'announced'>): Change {
  const place = { at: begin + 2 * hour, chain: alpha.id, tx: '0xcc', index: 0, block: 7 }
  return { kind: 'change', ...place, what: 'a new signer', ...parts }
}

function quote(parts: Partial<Quote>): Quote {
  const place = { at: begin + 2 * hour, chain: alpha.id, tx: '0xdd', index: 0, block: 7 }
  return { kind: 'quote', ...place, token: 'GOLD', source: 'pool', price: 1, ...parts }
}

function holding({ what, amount }: Pick<Holding, 'what' | 'amount'>): Holding {
  const { id } = what === 'locked' ? alpha : beta
  return {
    kind: 'holding',
    at: begin + 2 * hour,
    chain: id,
    block: 7,
    token: contractOn(gold, id),
    what,
    amount,
  }
}

function told(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) => {
    if (output.type !== 'finding') return []
    const { severity, name, sentence } = output.finding
    return [`${severity} ${name}: ${sentence}`]
  })
}
