import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as BridgeEvent from '../../bridge/BridgeEvent.ts'
import type { PricePoint } from '../../bridge/Observation.ts'
import { day, hour } from '../../units/UnixTime.ts'
import { attackKinds } from './attackReleases.ts'
import { assets, unmapped } from './syntheticBridge.ts'
import type { Options, SyntheticHistory } from './syntheticHistory.ts'
import { start, syntheticHistory } from './syntheticHistory.ts'

const small = fc.record({
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  days: fc.integer({ min: 30, max: 60 }),
  scale: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
  attack: fc.constantFrom(...attackKinds),
})

const ofYear = syntheticHistory({ seed: 7 })

describe('every history', () => {
  law(
    'observations stand in the order of BridgeEvent.compare, and prices before what happens after them',
    (history) => {
      const events = eventsOf(history)
      expect(events.every((event, i) => i === 0 || BridgeEvent.compare(events[i - 1]!, event) < 0)).toBe(true)
      const times = history.observations.map((observation) => observation.at)
      expect(times.every((at, i) => i === 0 || times[i - 1]! <= at)).toBe(true)
    },
  )

  law('event ids are unique', (history) => {
    const ids = eventsOf(history).map(BridgeEvent.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  law('an honest in leg answers one out leg, final by then, unless it is a declared oddity', (history) => {
    const outs = outLegs(history)
    const wrong = honestIns(history).filter((event) => {
      const oddity = history.oddities.get(BridgeEvent.id(event))
      const candidates = outs.get(routeAndId(event)) ?? []
      if (oddity === 'release without source') return candidates.length > 0
      const [out] = candidates
      if (out === undefined || candidates.length > 1 || !sameFields(out, event)) return true
      const waited = event.at - out.at
      return oddity === 'mint before finality' ? waited <= 0 || waited >= 1_800 : waited < 1_800
    })
    expect(wrong).toEqual([])
  })

  law('an out leg is answered at most once', (history) => {
    const answered = honestIns(history).map(routeAndId)
    expect(new Set(answered).size).toBe(answered.length)
  })

  law('no token is released or burned beyond what is there, by the attacker neither', (history) => {
    const held = new Map<string, bigint>()
    const beyond = eventsOf(history).filter((event) => {
      const grows = event.kind === 'lock' || event.kind === 'mint'
      const contract = BridgeEvent.isOut(event.kind) ? event.tokenSource! : event.token!
      const amount = (held.get(contract) ?? 0n) + (grows ? event.amount : -event.amount)
      held.set(contract, amount)
      return amount < 0n
    })
    expect(beyond).toEqual([])
  })

  law(
    'the attack takes something, by releases no out leg explains, and no label is on honest ones',
    (history) => {
      const labelled = eventsOf(history).filter((event) => history.attack.has(BridgeEvent.id(event)))
      expect(labelled.length).toBe(history.attack.size)
      expect(labelled.reduce((sum, event) => sum + event.amount, 0n) > 0n).toBe(true)
      const outs = outLegs(history)
      const wrong = labelled.filter((event) => {
        const explained = (outs.get(routeAndId(event)) ?? []).some((out) => sameFields(out, event))
        return explained || event.kind !== 'release' || history.oddities.has(BridgeEvent.id(event))
      })
      expect(wrong).toEqual([])
    },
  )

  law('message ids count up on each route, without a gap', (history) => {
    const next = new Map<string, number>()
    const wrong = eventsOf(history).filter((event) => {
      if (!BridgeEvent.isOut(event.kind)) return false
      const route = `${event.chain}>${event.peer}`
      const expected = next.get(route) ?? 0
      next.set(route, expected + 1)
      return event.message !== String(expected)
    })
    expect(wrong).toEqual([])
  })

  law('amounts are positive and names look like those of a chain', (history) => {
    const wrong = eventsOf(history).filter(
      ({ amount, tx, beneficiary }) =>
        amount <= 0n || !/^0x[0-9a-f]{64}$/.test(tx) || !/^0x[0-9a-f]{40}$/.test(beneficiary),
    )
    expect(wrong).toEqual([])
  })

  test('law: the same options give the same history, another seed another', () => {
    fc.assert(
      fc.property(small, (options) => {
        expect(syntheticHistory(options)).toEqual(syntheticHistory(options))
        const other = syntheticHistory({ ...options, seed: options.seed === 0 ? 1 : options.seed - 1 })
        expect(other.observations).not.toEqual(syntheticHistory(options).observations)
      }),
      { numRuns: 4 },
    )
  })

  test('says that it is made up', () => {
    expect(ofYear.bridge.synthetic).toBe(true)
    expect(ofYear.bridge.name).toBe('Synthetic bridge')
    expect(ofYear.source).toBe('synthetic, seed 7')
  })
})

describe('240 days', () => {
  const events = eventsOf(ofYear)
  const honest = events.filter((event) => !ofYear.attack.has(BridgeEvent.id(event)))

  test('have about as many legs as the Nomad log, which has 33,943', () => {
    expect(events.length).toBeGreaterThan(28_000)
    expect(events.length).toBeLessThan(40_000)
  })

  test('sizes of honest releases are near the measured p50 $1.1k, p90 $86k, p99 $1.0M, largest $9.5M', () => {
    const usd = valuesUsd(
      ofYear,
      (event) => event.kind === 'release' && !ofYear.attack.has(BridgeEvent.id(event)),
    )
    expect(quantile(usd, 0.5)).toBeGreaterThan(700)
    expect(quantile(usd, 0.5)).toBeLessThan(1_700)
    expect(quantile(usd, 0.9)).toBeGreaterThan(55_000)
    expect(quantile(usd, 0.9)).toBeLessThan(120_000)
    expect(quantile(usd, 0.99)).toBeGreaterThan(600_000)
    expect(quantile(usd, 0.99)).toBeLessThan(1_500_000)
    expect(Math.max(...usd)).toBeLessThan(10_000_000)
  })

  test('withdrawals wait a median of 78 minutes and a p90 of 23 hours, as measured', () => {
    const outs = outLegs(ofYear)
    const waits = honestIns(ofYear)
      .filter((event) => event.kind === 'release' && !ofYear.oddities.has(BridgeEvent.id(event)))
      .map((event) => event.at - outs.get(routeAndId(event))![0]!.at)
    expect(Math.abs(quantile(waits, 0.5) / 4_678 - 1)).toBeLessThan(0.1)
    expect(Math.abs(quantile(waits, 0.9) / 82_283 - 1)).toBeLessThan(0.2)
  })

  test('an eighth or so of the burns is never collected', () => {
    const burns = honest.filter((event) => event.kind === 'burn').length
    const collected = honest.filter((event) => event.kind === 'release').length
    expect(1 - collected / burns).toBeGreaterThan(0.06)
    expect(1 - collected / burns).toBeLessThan(0.2)
  })

  test('traffic grows, then stands; mornings in UTC and weekends are busier', () => {
    const outs = honest.filter((event) => BridgeEvent.isOut(event.kind)).map((event) => event.at)
    const during = (from: number, to: number) =>
      outs.filter((at) => at >= start + from * day && at < start + to * day).length
    expect(during(0, 20) * 3).toBeLessThan(during(100, 120))
    expect(during(180, 230) / during(110, 160)).toBeGreaterThan(0.6)
    const inHours = (from: number, to: number) =>
      outs.filter((at) => (at / hour) % 24 >= from && (at / hour) % 24 < to).length
    expect(inHours(8, 13) / inHours(20, 24)).toBeGreaterThan(1.8)
    const onDay = (weekday: number) => outs.filter((at) => Math.floor(at / day) % 7 === weekday).length
    expect(onDay(sunday)).toBeGreaterThan(onDay(tuesday))
  })

  test('carry every oddity', () => {
    expect(new Set(ofYear.oddities.values())).toEqual(
      new Set(['mint before finality', 'unmapped token', 'release without source', 'probe', 'whale']),
    )
    const known = new Set(
      assets.flatMap((asset) => asset.token.contracts.map((contract) => contract.address)),
    )
    const strays = events.filter((event) => !known.has(event.token!))
    expect(strays.length).toBe(4)
    expect(
      strays.every((event) => unmapped.token.contracts.some(({ address }) => address === event.token)),
    ).toBe(true)
  })

  test('have a price for each day of each priced token, and the stable one stays near a dollar', () => {
    const prices = ofYear.observations.filter((observation) => observation.kind === 'price')
    for (const { token } of assets) {
      const own = prices.filter((price) => price.priceId === token.priceId)
      expect(own.length).toBe(token.priceId === null ? 0 : 240)
      expect(own.every((price, at) => price.at === start + at * day && price.price > 0)).toBe(true)
    }
    const stable = prices.filter((price) => price.priceId === 'nusd')
    expect(stable.every((price) => Math.abs(price.price - 1) < 0.003)).toBe(true)
  })

  test('the walk of a priced token has the volatility it was given', () => {
    const { token, volatility } = assets[1]!
    const long = syntheticHistory({ seed: 3, days: 2_000, scale: 0.01 }).observations
    const walk = long.filter(
      (each): each is PricePoint => each.kind === 'price' && each.priceId === token.priceId,
    )
    const returns = walk.slice(1).map((point, i) => Math.log(point.price / walk[i]!.price))
    const variance = returns.reduce((sum, each) => sum + each * each, 0) / returns.length
    expect(Math.abs(Math.sqrt(variance * 365.25) / volatility! - 1)).toBeLessThan(
      4 / Math.sqrt(2 * returns.length),
    )
  })

  test('scale multiplies the traffic and leaves the rest alone', () => {
    const tripled = syntheticHistory({ seed: 7, scale: 3 })
    expect(tripled.observations.length / ofYear.observations.length).toBeGreaterThan(2.7)
    expect(tripled.observations.length / ofYear.observations.length).toBeLessThan(3.3)
  })
})

describe('the attack', () => {
  test('copycat drain loses value as Nomad did: 10.1 % in a minute, 17.3 % in an hour, 96.6 % in 90 minutes', () => {
    const lost = lossesOf(ofYear)
    const share = (after: number) =>
      lost.filter((loss) => loss.after <= after).reduce((sum, loss) => sum + loss.usd, 0) / total(lost)
    expect(share(72)).toBeCloseTo(0.101, 2)
    expect(share(3_612)).toBeCloseTo(0.173, 2)
    expect(share(5_412)).toBeCloseTo(0.968, 2)
    expect(lost.at(-1)!.after).toBeLessThanOrEqual(9_102 + 12)
  })

  test('copycat drain has some 380 releases of few amounts to some 280 receivers under 14 used ids', () => {
    const releases = eventsOf(ofYear).filter((event) => ofYear.attack.has(BridgeEvent.id(event)))
    expect(releases.length).toBeGreaterThan(360)
    expect(new Set(releases.map((event) => event.amount)).size).toBeLessThan(30)
    expect(new Set(releases.map((event) => event.message)).size).toBe(14)
    const receivers = new Set(releases.map((event) => event.beneficiary)).size
    expect(receivers).toBeGreaterThan(240)
    expect(receivers).toBeLessThan(320)
    expect(new Set(releases.map((event) => event.tx)).size).toBeLessThan(250)
  })

  test.each([
    ['copycat drain', 0.85, 1],
    ['single release', 0.1, 0.2],
    ['burst', 0.5, 0.61],
    ['slow bleed', 0.01, 0.2],
  ] as const)('%s takes between %d and %d of the value locked', (attack, least, most) => {
    const history = syntheticHistory({ seed: 11, attack })
    const taken = total(lossesOf(history)) / lockedUsdBefore(history)
    expect(taken).toBeGreaterThan(least)
    expect(taken).toBeLessThanOrEqual(most)
  })

  test('lies in the last three days, the slow one in the last 17, and nothing happens once the bridge halts', () => {
    for (const attack of attackKinds) {
      const history = syntheticHistory({ seed: 5, scale: 0.3, attack })
      const times = eventsOf(history)
        .filter((event) => history.attack.has(BridgeEvent.id(event)))
        .map((event) => event.at)
      expect(times[0]).toBeGreaterThan(start + (240 - (attack === 'slow bleed' ? 17 : 3)) * day)
      expect(eventsOf(history).at(-1)!.at).toBeLessThanOrEqual(times.at(-1)! + 13_320)
    }
  })

  test('can be left out: then the honest past is the same and the bridge goes on to the end', () => {
    const calm = syntheticHistory({ seed: 7, attack: 'none' })
    expect(calm.attack.size).toBe(0)
    const before = start + 237 * day
    expect(eventsOf(calm).filter((event) => event.at < before)).toEqual(
      eventsOf(ofYear).filter((event) => event.at < before),
    )
    expect(eventsOf(calm).at(-1)!.at).toBeGreaterThan(start + 239 * day)
  })
})

test.each([
  [{ days: 29 }, 'days'],
  [{ days: 30.5 }, 'days'],
  [{ scale: 0 }, 'scale'],
  [{ scale: Number.NaN }, 'scale'],
  [{ attack: 'drain' as 'burst' }, 'attack'],
])('%j is refused by name', (options: Partial<Options>, name) => {
  expect(() => syntheticHistory({ seed: 1, ...options })).toThrow(
    expect.objectContaining({ code: 'HISTORY_OPTION_INVALID' }),
  )
  expect(() => syntheticHistory({ seed: 1, ...options })).toThrow(new RegExp(`^${name} is `))
})

// 1 January 1970 was a Thursday
const sunday = 3
const tuesday = 5

function law(title: string, holds: (history: SyntheticHistory) => void): void {
  test(`law: ${title}`, () => {
    fc.assert(
      fc.property(small, (options) => holds(syntheticHistory(options))),
      { numRuns: 12 },
    )
  })
}

function eventsOf(history: SyntheticHistory): BridgeEvent.BridgeEvent[] {
  return history.observations.filter((observation) => observation.kind !== 'price')
}

function honestIns(history: SyntheticHistory): BridgeEvent.BridgeEvent[] {
  return eventsOf(history).filter(
    (event) => !BridgeEvent.isOut(event.kind) && !history.attack.has(BridgeEvent.id(event)),
  )
}

function outLegs(history: SyntheticHistory): Map<string, BridgeEvent.BridgeEvent[]> {
  const outs = new Map<string, BridgeEvent.BridgeEvent[]>()
  for (const event of eventsOf(history)) {
    if (!BridgeEvent.isOut(event.kind)) continue
    const key = routeAndId(event)
    outs.set(key, [...(outs.get(key) ?? []), event])
  }
  return outs
}

function routeAndId(event: BridgeEvent.BridgeEvent): string {
  const [source, destination] = BridgeEvent.isOut(event.kind)
    ? [event.chain, event.peer]
    : [event.peer, event.chain]
  return `${source}>${destination}:${event.message}`
}

function sameFields(out: BridgeEvent.BridgeEvent, event: BridgeEvent.BridgeEvent): boolean {
  return out.amount === event.amount && out.beneficiary === event.beneficiary && out.token === event.token
}

/** Dollar values by the last price known, of priced tokens only. */
function valuesUsd(history: SyntheticHistory, wanted: (event: BridgeEvent.BridgeEvent) => boolean): number[] {
  const values: number[] = []
  forEachUsd(history, (event, usd) => {
    if (wanted(event) && usd > 0) values.push(usd)
  })
  return values
}

function forEachUsd(
  history: SyntheticHistory,
  visit: (event: BridgeEvent.BridgeEvent, usd: number) => void,
): void {
  const tokens = history.bridge.tokens.flatMap((token) =>
    token.contracts.map(({ address }) => [address, token] as const),
  )
  const tokenAt = new Map(tokens)
  const prices = new Map<string, number>()
  for (const observation of history.observations) {
    if (observation.kind === 'price') {
      prices.set(observation.priceId, observation.price)
      continue
    }
    const token = tokenAt.get(observation.token!)
    const price = token?.priceId ? prices.get(token.priceId)! : 0
    visit(observation, (Number(observation.amount) / 10 ** (token?.decimals ?? 0)) * price)
  }
}

function lossesOf(history: SyntheticHistory): { after: number; usd: number }[] {
  const losses: { after: number; usd: number }[] = []
  let first: number | undefined
  forEachUsd(history, (event, usd) => {
    if (!history.attack.has(BridgeEvent.id(event))) return
    first ??= event.at
    losses.push({ after: event.at - first, usd })
  })
  return losses
}

function total(losses: readonly { usd: number }[]): number {
  return losses.reduce((sum, loss) => sum + loss.usd, 0)
}

function lockedUsdBefore(history: SyntheticHistory): number {
  const held = new Map<string, number>()
  const tokens = new Map(history.bridge.tokens.map((token) => [token.contracts[0]!.address, token]))
  const prices = new Map<string, number>()
  for (const observation of history.observations) {
    if (observation.kind === 'price') prices.set(observation.priceId, observation.price)
    else if (history.attack.has(BridgeEvent.id(observation))) break
    else if (observation.kind === 'lock') add(held, observation.tokenSource!, Number(observation.amount))
    else if (observation.kind === 'release') add(held, observation.token!, -Number(observation.amount))
  }
  let usd = 0
  for (const [address, raw] of held) {
    const token = tokens.get(address)
    if (token?.priceId) usd += (raw / 10 ** token.decimals) * prices.get(token.priceId)!
  }
  return usd
}

function add(held: Map<string, number>, key: string, amount: number): void {
  held.set(key, (held.get(key) ?? 0) + amount)
}

function quantile(values: readonly number[], p: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(p * (values.length - 1))]!
}
