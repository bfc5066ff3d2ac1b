import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOut } from './BridgeEvent.ts'
import * as Conservation from './Conservation.ts'
import * as Matching from './Matching.ts'
import { step } from './step.ts'
import { hugeAmount, wishes } from './testing/arbitraries.fixture.ts'
import {
  alpha,
  beta,
  forgery,
  gamma,
  gold,
  lead,
  sampleBook,
  sampleBridge,
  silver,
} from './testing/sampleBridge.ts'
import { honest, inOrder } from './testing/traffic.ts'

describe('a token’s balance sheet', () => {
  it('a deposit locks at home, travels, and is minted away; a withdrawal goes the same way back', () => {
    const balance = Conservation.create()
    Conservation.takeOut(balance, 100n, true)
    expect(balance).toEqual({ locked: 100n, minted: 0n, inFlight: 100n })
    Conservation.takeIn(balance, 100n, false, true)
    expect(balance).toEqual({ locked: 100n, minted: 100n, inFlight: 0n })
    Conservation.takeOut(balance, 30n, false)
    expect(balance).toEqual({ locked: 100n, minted: 70n, inFlight: 30n })
    Conservation.takeIn(balance, 30n, true, true)
    expect(balance).toEqual({ locked: 70n, minted: 70n, inFlight: 0n })
    expect(Conservation.gap(balance)).toBe(0n)
  })

  it('a leg between two chains that are both not home moves nothing that is locked', () => {
    const balance: Conservation.Balance = { locked: 100n, minted: 100n, inFlight: 0n }
    Conservation.takeOut(balance, 40n, false)
    Conservation.takeIn(balance, 40n, false, true)
    expect(balance).toEqual({ locked: 100n, minted: 100n, inFlight: 0n })
  })

  it('what comes out without a source is missing, at home and away', () => {
    const release: Conservation.Balance = { locked: 100n, minted: 100n, inFlight: 0n }
    Conservation.takeIn(release, 7n, true, false)
    expect(Conservation.gap(release)).toBe(7n)
    const mint: Conservation.Balance = { locked: 100n, minted: 100n, inFlight: 0n }
    Conservation.takeIn(mint, 7n, false, false)
    expect(Conservation.gap(mint)).toBe(7n)
  })
})

describe('conservation over a whole bridge', () => {
  const bridges = fc.constantFrom([alpha, beta], [alpha, beta, gamma])

  it('law: honest traffic leaves no gap, exactly, at any step, between two chains and three', () => {
    fc.assert(
      fc.property(bridges, wishes(hugeAmount), (chains, wished) => {
        const bridge = sampleBridge(chains, [gold, silver, lead])
        const book = sampleBook('none', {}, bridge)
        for (const event of inOrder(honest(bridge, wished))) {
          step(book, event)
          for (const balance of book.balances) expect(Conservation.gap(balance)).toBe(0n)
        }
        for (const { inFlight } of book.balances) expect(inFlight).toBe(0n)
        for (const route of book.matching) expect(Matching.openCount(route)).toBe(0)
      }),
    )
  })

  it('law: what is on the way is what has left and not arrived; what is locked is what is minted and on the way', () => {
    fc.assert(
      fc.property(bridges, wishes(hugeAmount), fc.nat(), (chains, wished, cut) => {
        const bridge = sampleBridge(chains, [gold, silver, lead])
        const book = sampleBook('none', {}, bridge)
        const transfers = honest(bridge, wished)
        const events = inOrder(transfers)
        const seen = events.slice(0, cut % (events.length + 1))
        for (const event of seen) step(book, event)
        const left = new Map<string, bigint>()
        for (const { message, kind, amount, tokenSource } of seen) {
          const key = `${tokenSource?.split('-')[0]}:${message}`
          left.set(key, (left.get(key) ?? 0n) + (isOut(kind) ? amount : -amount))
        }
        for (const [token, { symbol }] of bridge.tokens.entries()) {
          const { locked, minted, inFlight } = book.balances[token]!
          const mine = [...left].filter(([key]) => key.startsWith(symbol.toLowerCase()))
          expect(inFlight).toBe(mine.reduce((sum, [, amount]) => sum + amount, 0n))
          expect(locked).toBe(minted + inFlight)
        }
      }),
    )
  })

  it('law: a leg without source makes the gap of its token larger by exactly its amount, and no other’s', () => {
    const theft = fc.record({ after: fc.nat(), token: fc.nat(2), route: fc.nat(5), amount: hugeAmount })
    fc.assert(
      fc.property(
        bridges,
        wishes(hugeAmount, 20),
        fc.array(theft, { maxLength: 8 }),
        (chains, wished, thefts) => {
          const bridge = sampleBridge(chains, [gold, silver, lead])
          const book = sampleBook('none', {}, bridge)
          const events = inOrder(honest(bridge, wished))
          const expected = bridge.tokens.map(() => 0n)
          for (let i = 0; i <= events.length; i++) {
            for (const { after, token, route, amount } of thefts) {
              if (after % (events.length + 1) !== i) continue
              const from = chains[route % chains.length]!
              const to = chains[(route + 1) % chains.length]!
              const at = events[i]?.at ?? book.now
              step(book, forgery({ token: bridge.tokens[token]!, from, to, amount, message: 'none', at }))
              expected[token]! += amount
              expect(book.balances.map(Conservation.gap)).toEqual(expected)
            }
            if (i < events.length) step(book, events[i]!)
            expect(book.balances.map(Conservation.gap)).toEqual(expected)
          }
        },
      ),
    )
  })
})
