import { describe, expect, it } from 'vitest'
import * as Catalog from './Catalog.ts'
import {
  alpha,
  begin,
  beta,
  gamma,
  gold,
  inLeg,
  legs,
  outLeg,
  sampleBridge,
  silver,
} from './testing/sampleBridge.ts'

const bridge = sampleBridge([alpha, beta, gamma], [gold, silver])
const catalog = Catalog.create(bridge)
const transfer = { token: silver, from: beta, to: gamma, amount: 1n, message: '0', at: begin }

describe('a catalog', () => {
  it('gives both legs of a transfer the same route and token', () => {
    const routes = legs(transfer).map((leg) => Catalog.routeOf(catalog, leg, Catalog.chainOf(catalog, leg)))
    const tokens = legs(transfer).map((leg) => Catalog.tokenOf(catalog, leg, Catalog.chainOf(catalog, leg)))
    expect([routes, tokens]).toEqual([
      [5, 5],
      [1, 1],
    ])
    expect([Catalog.sourceOf(catalog, 5), Catalog.destinationOf(catalog, 5)]).toEqual([1, 2])
  })

  it('numbers lanes so that no two share one, what nobody mapped behind all others', () => {
    const lanes = Array.from({ length: 9 }, (_, route) =>
      [0, 1, Catalog.none].map((token) => Catalog.laneOf(catalog, route, token)),
    )
    expect(new Set(lanes.flat()).size).toBe(27)
    expect(Math.max(...lanes.flat())).toBe(Catalog.laneTokens(catalog).length - 1)
    expect(lanes.map((lane) => lane[2])).toEqual([18, 19, 20, 21, 22, 23, 24, 25, 26])
  })

  it('knows through which lanes a token can go: between two chains on which it has a contract', () => {
    const onTwo = { ...gold, contracts: gold.contracts.filter(({ chain }) => chain !== gamma.id) }
    const tokens = Catalog.laneTokens(Catalog.create({ ...bridge, tokens: [onTwo] }))
    // Alpha→Beta is route 1, Beta→Alpha route 3.
    expect(tokens.flatMap((token, lane) => (token === Catalog.none ? [] : [lane]))).toEqual([1, 3])
  })

  it('does not know a token by an address of another chain, or by none', () => {
    const leg = inLeg(transfer)
    const tokenOf = (token: string | null) => Catalog.tokenOf(catalog, { ...leg, token }, 2)
    expect([tokenOf('silver-3'), tokenOf('silver-2'), tokenOf(null)]).toEqual([1, Catalog.none, Catalog.none])
  })

  it('names what people read', () => {
    expect(Catalog.routeName(catalog, 5)).toBe('Beta→Gamma')
    expect(Catalog.laneName(catalog, 5, 1)).toBe('SILVER Beta→Gamma')
    expect(Catalog.laneName(catalog, 5, Catalog.none)).toBe('unmapped Beta→Gamma')
    const names = [
      Catalog.scopeName(catalog, { kind: 'message', route: 5, message: '7' }),
      Catalog.scopeName(catalog, { kind: 'lane', lane: Catalog.laneOf(catalog, 5, 1) }),
      Catalog.scopeName(catalog, { kind: 'route', route: 5 }),
      Catalog.scopeName(catalog, { kind: 'bridge' }),
    ]
    expect(names).toEqual(['message:7 Beta→Gamma', 'token:SILVER Beta→Gamma', 'route:Beta→Gamma', 'bridge'])
  })

  it('refuses a chain it does not know, and says which it knows', () => {
    const [out] = legs(transfer)
    expect(() => Catalog.chainOf(catalog, { ...out, tx: '0xab', chain: 9 })).toThrow(
      'chain 9, transaction 0xab: event 0xab names chain 9; expected one of 1, 2, 3 [CHAIN_UNKNOWN]',
    )
    expect(() => Catalog.routeOf(catalog, { ...out, peer: 9 }, 1)).toThrow('[CHAIN_UNKNOWN]')
    expect(() => Catalog.create({ ...bridge, tokens: [{ ...gold, home: 9 }] })).toThrow(
      'token GOLD names chain 9; expected one of 1, 2, 3 [CHAIN_UNKNOWN]',
    )
  })

  it('finds the contract of a token on a chain', () => {
    expect(Catalog.contractOn(catalog, 0, 2)).toBe('gold-3')
    expect(outLeg(transfer).tokenSource).toBe(Catalog.contractOn(catalog, 1, 1))
  })
})
