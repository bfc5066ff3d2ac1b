import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour } from '../../units/UnixTime.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import * as Book from '../BridgeBook.ts'
import { type BridgeEvent, isOut } from '../BridgeEvent.ts'
import * as Policy from '../BridgePolicy.ts'
import type { Level } from '../guard/GuardSettings.ts'
import type { Output } from '../Output.ts'
import { step } from '../step.ts'
import { hugeAmount, usualAmount, wishes } from '../testing/arbitraries.fixture.ts'
import {
  alpha,
  begin,
  beta,
  forgery,
  gamma,
  gold,
  inLeg,
  lead,
  legs,
  outLeg,
  price,
  sampleBook,
  sampleBridge,
  silver,
  type Transfer,
  whole,
} from '../testing/sampleBridge.ts'
import { honest, inOrder } from '../testing/traffic.ts'
import { warmBook } from '../testing/warmBook.ts'
import type { Finding, Name } from './Finding.ts'

const at = begin + 1_000
const deposit: Transfer = { token: gold, from: alpha, to: beta, amount: whole(gold, 500), message: '3', at }
const mint = inLeg(deposit)

describe('a leg without source', () => {
  it('that nothing is like is just that, found with its chain, transaction, message and value', () => {
    const [finding] = findingsOf(bookWith(), { ...mint, message: 'x' })
    expect(finding).toMatchObject({
      name: 'ReleaseWithoutSource',
      severity: 'low',
      at: mint.at,
      chain: beta.id,
      tx: mint.tx,
      message: 'x',
      token: 'GOLD',
      usd: 500_00,
      evidence: { outcome: 'unknown', sourceTx: null },
    })
    expect(finding!.sentence).toBe(
      `A mint has no out leg that agrees with it (GOLD, $500.00; chain 2, transaction ${mint.tx}, message x).`,
    )
  })

  it.each<[keyof BridgeEvent, Partial<BridgeEvent>, Record<string, string>]>([
    ['amount', { amount: 7n }, { amountSource: '500000000', amountDestination: '7' }],
    ['beneficiary', { beneficiary: 'eve' }, { beneficiarySource: 'alice', beneficiaryDestination: 'eve' }],
    ['token', { token: 'silver-2' }, { tokenSource: 'gold-2', tokenDestination: 'silver-2' }],
  ])('whose %s differs from its source is a field mismatch with both sides', (field, change, sides) => {
    const found = findingsOf(bookWith(deposit), { ...mint, ...change })
    const finding = named(found, 'FieldMismatch')
    expect(names(found).slice(0, 2)).toEqual(['ReleaseWithoutSource', 'FieldMismatch'])
    expect(finding.evidence).toMatchObject({ fields: field, sourceTx: outLeg(deposit).tx, ...sides })
    expect(finding.sentence).toContain(`Message 3 exists, but the mint differs from it in ${field} (`)
  })

  it('whose message was settled before is a replay', () => {
    const book = bookWith(deposit)
    expect(findingsOf(book, mint)).toEqual([])
    expect(names(findingsOf(book, { ...mint, tx: 'again' }))).toEqual([
      'ReleaseWithoutSource',
      'Replay',
      'BackingGap',
    ])
  })

  it('whose message its source has not come to is ahead of it', () => {
    const found = findingsOf(bookWith(deposit), { ...mint, message: '4' })
    expect(names(found)).toEqual(['ReleaseWithoutSource', 'IdAheadOfSource', 'BackingGap'])
  })

  it('counts apart for releases and mints', () => {
    const book = bookWith()
    findingsOf(book, { ...mint, message: 'x' })
    findingsOf(book, forgery({ ...deposit, from: beta, to: alpha, message: 'y', at: mint.at }))
    expect(book.counts.withoutSource).toEqual({ mints: 1, releases: 1 })
    expect(book.counts.findings.ReleaseWithoutSource).toBe(2)
  })
})

describe('a leg that came too early', () => {
  it('breaks finality: by how long is said, and that it had a source', () => {
    const book = bookWith(deposit)
    const found = findingsOf(book, { ...mint, at: mint.at - 100 })
    expect(names(found)).toEqual(['FinalityBreach'])
    expect(found[0]!.evidence).toEqual({ sourceTx: outLeg(deposit).tx, sourceAt: at, earlySeconds: 100 })
    expect(book.counts.early).toEqual({ deposits: 1, withdrawals: 0 })
  })
})

describe('a token the mapping does not know', () => {
  it('is named, on either side, and weighs little', () => {
    const book = bookWith()
    const [out, into] = legs(deposit)
    const foreign = { ...out, tokenSource: '0xtin', token: '0xtin2' }
    expect(findingsOf(book, foreign)).toMatchObject([
      { name: 'UnmappedToken', severity: 'low', token: null, usd: null },
    ])
    const found = findingsOf(book, { ...into, tokenSource: null, token: '0xtin2' })
    expect(found[0]!.sentence).toContain(
      'A mint moved a token that the mapping does not know: 0xtin2 (an unmapped',
    )
    expect(names(found)).toEqual(['UnmappedToken'])
  })
})

describe('a gap', () => {
  it('is reported with the balance sheet, and again only when it has doubled', () => {
    const book = bookWith({ ...deposit, amount: whole(gold, 1e6) })
    const steal = (tokens: number, message: string) => {
      return findingsOf(book, { ...mint, amount: whole(gold, tokens), message }).filter(
        ({ name }) => name === 'BackingGap',
      )
    }
    const [first] = steal(1_000, 'a')
    expect(first!.evidence).toEqual({
      gap: '1000000000',
      locked: '1000000000000',
      minted: '1000000000',
      inFlight: '1000000000000',
    })
    expect(steal(999, 'b')).toEqual([])
    expect(steal(1, 'c').map(({ usd }) => usd)).toEqual([2_000_00])
    expect(steal(1_999, 'd')).toEqual([])
  })
})

describe('signs in the size and the crowd of legs', () => {
  it('a leg that finds no room has reached the limit', () => {
    const { book } = warmBook({ level: 2 })
    const found = transferNow(book, { ...deposit, amount: whole(gold, 5e6) })
    expect(named(found, 'LimitReached').evidence).toMatchObject({ units: 5e12 })
    expect(named(found, 'LimitReached').severity).toBe('medium')
  })

  it('a leg of five per cent of its token, from $100,000 on, is large', () => {
    const book = bookWith({ ...deposit, amount: whole(gold, 2e6), message: 'vault' })
    expect(names(transferNow(book, { ...deposit, amount: whole(gold, 100_000) }))).toEqual([])
    const found = transferNow(book, { ...deposit, amount: whole(gold, 120_000), message: '4' })
    expect(found).toMatchObject([{ name: 'LargeRelease', severity: 'medium' }])
    const small = bookWith()
    expect(names(transferNow(small, { ...deposit, amount: whole(gold, 99_999) }))).toEqual([])
  })

  it('a small leg and then a large one to the same hands looks like a probe and a drain', () => {
    const book = bookWith({ ...deposit, amount: whole(gold, 2e6), message: 'vault' })
    const large = { ...deposit, amount: whole(gold, 300_000), beneficiary: 'whale' }
    expect(names(transferNow(book, large))).toEqual(['LargeRelease'])
    transferNow(book, { ...large, amount: whole(gold, 10), message: '4' })
    const found = transferNow(book, { ...large, message: '5' })
    expect(names(found)).toEqual(['LargeRelease', 'ProbeThenDrain'])
    expect(named(found, 'ProbeThenDrain').severity).toBe('medium')
    transferNow(book, { ...large, amount: whole(gold, 10), message: '6' })
    expect(names(transferNow(book, { ...large, message: '7' }, 2 * day))).toEqual(['LargeRelease'])
  })

  it('more newcomers than in any hour of the trailing window are a crowd', () => {
    const book = bookWith()
    const arrive = (count: number, hours: number) => {
      return Array.from({ length: count }, (_, i) => {
        const message = `${hours}-${i}`
        const transfer = { ...deposit, amount: 1n, message, beneficiary: message, at: begin + hours * hour }
        const [out, into] = legs(transfer)
        step(book, out)
        return findingsOf(book, into)
      }).flat()
    }
    for (let hours = 1; hours <= 60; hours++) expect(arrive(3, hours)).toEqual([])
    const found = arrive(30, 61)
    expect(found.map(({ name, evidence }) => [name, evidence.newClaimants])).toEqual([
      ['ManyNewClaimants', 10],
    ])
  })
})

describe('honest traffic', () => {
  const accusations: readonly Name[] = [
    'ReleaseWithoutSource',
    'FieldMismatch',
    'Replay',
    'FinalityBreach',
    'IdAheadOfSource',
    'UnmappedToken',
    'BackingGap',
  ]
  const bridges = fc.constantFrom([alpha, beta], [alpha, beta, gamma])
  const level = fc.constantFrom<Level>(0, 1, 2, 3)

  it('law: is never accused, however large and however late, at any level, and never paused', () => {
    const amounts = fc.constantFrom(hugeAmount, usualAmount).chain((amount) => wishes(amount))
    fc.assert(
      fc.property(bridges, level, amounts, (chains, guardLevel, wished) => {
        const bridge = sampleBridge(chains)
        const book = sampleBook('adaptive', { level: guardLevel }, bridge)
        step(book, price(gold, 1))
        step(book, price(silver, 20))
        for (const event of inOrder(honest(bridge, wished))) step(book, event)
        for (const name of accusations) expect([name, book.counts.findings[name]]).toEqual([name, 0])
        expect(book.guard.pauses).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('law: is never accused by a watcher who sees one chain long after the other', () => {
    const lag = fc.array(fc.nat(2 * day), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(bridges, wishes(), lag, (chains, wished, late) => {
        const bridge = sampleBridge(chains)
        const book = Book.create(bridge, Policy.of('adaptive', { level: 2 }), true)
        step(book, price(gold, 1))
        const seenAt = ({ chain, at: happened }: BridgeEvent) => happened + late[chain - 1]!
        const events = inOrder(honest(bridge, wished)).sort((a, b) => seenAt(a) - seenAt(b))
        for (const event of events) {
          step(book, { kind: 'head', chain: event.chain, at: event.at - 1 })
          step(book, event)
        }
        const end = Math.max(begin, ...events.map(({ at: happened }) => happened))
        for (const { id } of chains) step(book, { kind: 'head', chain: id, at: end })
        for (const name of accusations) expect([name, book.counts.findings[name]]).toEqual([name, 0])
        expect(book.pending).toEqual([])
        expect(book.counts.legs).toBe(events.length)
      }),
    )
  })

  it('law: of which some was never answered is not accused either: being late is no crime', () => {
    fc.assert(
      fc.property(wishes(), fc.nat(6), (wished, every) => {
        const bridge = sampleBridge()
        const book = sampleBook('adaptive', {}, bridge)
        const events = inOrder(honest(bridge, wished)).filter(({ kind }, i) => isOut(kind) || i % 7 !== every)
        for (const event of events) step(book, event)
        for (const name of accusations) expect([name, book.counts.findings[name]]).toEqual([name, 0])
      }),
    )
  })
})

/** A book at level 0 that knows the out legs of some transfers. */
function bookWith(...transfers: readonly Transfer[]): BridgeBook {
  const book = sampleBook('none', {}, sampleBridge([alpha, beta], [gold, silver, lead]))
  step(book, price(gold, 1))
  step(book, price(silver, 20))
  for (const transfer of transfers) step(book, outLeg(transfer))
  return book
}

/** Both legs of a transfer, honest and now; what its in leg is found to be. */
function transferNow(book: BridgeBook, transfer: Transfer, later = 1): Finding[] {
  const [out, into] = legs({ ...transfer, at: book.now + later })
  step(book, out)
  return findingsOf(book, into)
}

function findingsOf(book: BridgeBook, event: BridgeEvent): Finding[] {
  const outputs: readonly Output[] = step(book, event)
  return outputs.flatMap((output) => (output.type === 'finding' ? [output.finding] : []))
}

function names(findings: readonly Finding[]): Name[] {
  return findings.map(({ name }) => name)
}

function named(findings: readonly Finding[], name: Name): Finding {
  return findings.find((finding) => finding.name === name)!
}
