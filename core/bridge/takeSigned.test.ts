import { describe, expect, it } from 'vitest'
import * as Book from './BridgeBook.ts'
import * as Policy from './BridgePolicy.ts'
import type { Output } from './Output.ts'
import { step } from './step.ts'
import { begin, sampleBridge } from './testing/sampleBridge.ts'

describe('signatures of a message', () => {
  it('show who has stopped signing: it is asked, and nothing stops', () => {
    const book = bookAfter(20)
    const outputs = Array.from({ length: 8 }, (_, nth) => signed(book, 100 + nth, ['0xa', '0xb'])).flat()
    expect(outputs.map(({ type }) => type)).toEqual(['finding'])
    expect(findingOf(outputs)).toMatchObject({
      name: 'SilentSigner',
      severity: 'medium',
      chain: 1,
      tx: '0x104',
    })
    expect(findingOf(outputs).sentence).toBe(
      '0xc of the watchers signed none of the last 5 messages that others signed; 2 still sign (chain 1, transaction 0x104).',
    )
    expect(book.counts.findings.SilentSigner).toBe(1)
  })

  it('of another set, or on another chain, accuse nobody of this one', () => {
    const book = bookAfter(20)
    for (let nth = 0; nth < 30; nth++) {
      expect(signed(book, nth, ['0xa'], 'validators')).toEqual([])
      expect(signed(book, nth, ['0xa'], 'watchers', 2)).toEqual([])
    }
  })

  it('that miss a signer now and then accuse nobody', () => {
    const book = bookAfter(20)
    for (let nth = 0; nth < 60; nth++) {
      expect(signed(book, nth, nth % 5 === 0 ? ['0xa', '0xb', '0xc'] : ['0xa', '0xb'])).toEqual([])
    }
  })
})

function bookAfter(messages: number): Book.BridgeBook {
  const book = Book.create(sampleBridge(), Policy.of('adaptive'), true)
  for (let nth = 0; nth < messages; nth++) signed(book, nth, ['0xa', '0xb', '0xc'])
  return book
}

function signed(book: Book.BridgeBook, nth: number, by: readonly string[], set = 'watchers', chain = 1) {
  const place = { at: begin + nth, chain, tx: `0x${nth}`, index: 0, block: nth }
  return [...step(book, { kind: 'signed', ...place, set, by })]
}

function findingOf(outputs: readonly Output[]) {
  const output = outputs.find(({ type }) => type === 'finding')
  if (output?.type !== 'finding') throw new Error('no finding')
  return output.finding
}
