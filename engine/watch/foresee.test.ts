import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Pending } from '../ports/PendingSource.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { fakeSources } from '../testing/fakeSources.ts'
import { createForesight, foresee, reconsider, shutSeconds } from './foresee.ts'
import * as LiveBook from './LiveBook.ts'
import { begin, bridge, inLeg, outLeg, policy, prices } from './live.fixture.ts'
import { watch } from './watch.ts'

// Finality of Alpha, where the transfer begins, is 120 s.
const transfer = { token: 'GOLD', from: 1, message: 7, coins: 1_000 } as const
const paidAt = begin + 200
const offer = { maxFeePerGas: 30n, maxPriorityFeePerGas: 2n }

/** A book that has seen both chains up to a time, with these legs. */
function seen(upTo: number, ...legs: readonly BridgeEvent[]): LiveBook.LiveBook {
  const live = LiveBook.create(bridge, policy(1))
  LiveBook.apply(live, { kind: 'prices', points: prices })
  for (const chain of [fakeChain(1), fakeChain(2)]) {
    const own = legs.filter((leg) => leg.chain === chain.chain)
    for (const leg of own) LiveBook.apply(live, chain.block(leg.at, [leg]))
    LiveBook.apply(live, chain.block(upTo))
  }
  return live
}

function waiting(leg: BridgeEvent): Pending {
  return { chain: leg.chain, tx: leg.tx, observations: [leg], offer }
}

const look = (live: LiveBook.LiveBook, leg = inLeg(transfer, paidAt), foresight = createForesight()) =>
  foresee(foresight, live, waiting(leg), paidAt)

describe('a transaction that waits in the mempool', () => {
  test('and pays what was sent is left alone', () => {
    expect(look(seen(paidAt - 12, outLeg(transfer, begin)))).toMatchObject({ deeds: [], alerts: [] })
  })

  test('and pays what was never sent is answered by a pause that comes before it, and told', () => {
    const { deeds, alerts, outputs } = look(seen(paidAt - 12))
    expect(outputs).toEqual([])
    expect(deeds).toEqual([
      {
        id: 'pending:2:0xin17',
        chain: 2,
        act: { kind: 'pause', scope: 'direction', key: 'in', seconds: shutSeconds },
        reason: expect.stringContaining('never sent'),
        ahead: offer,
      },
    ])
    expect(alerts).toMatchObject([
      {
        rule: 'ReleaseWithoutSource',
        severity: 'critical',
        chain: 'Beta',
        tx: '0xin17',
        usd: 1_000,
        block: null,
      },
    ])
  })

  test('and pays again is a Replay', () => {
    const paid = { ...inLeg(transfer, begin + 150), tx: '0xbefore' }
    expect(look(seen(paidAt - 12, outLeg(transfer, begin), paid)).alerts).toMatchObject([{ rule: 'Replay' }])
  })

  test('and pays another amount than was sent is a FieldMismatch', () => {
    const more = inLeg({ ...transfer, coins: 9_000 }, paidAt)
    expect(look(seen(paidAt - 12, outLeg(transfer, begin)), more).alerts).toMatchObject([
      { rule: 'FieldMismatch', usd: 9_000 },
    ])
  })

  test('accuses nobody while its source has not been seen up to a finality ago; it waits until it has', () => {
    expect(look(seen(paidAt - 120)).alerts).toHaveLength(1)
    const foresight = createForesight()
    expect(look(seen(paidAt - 121), inLeg(transfer, paidAt), foresight).alerts).toEqual([])
    expect(reconsider(foresight, seen(paidAt - 121))).toMatchObject([{ alerts: [] }])
    expect(reconsider(foresight, seen(paidAt - 120))).toMatchObject([
      { alerts: [{ rule: 'ReleaseWithoutSource' }] },
    ])
    expect(foresight.waiting).toEqual([])
  })

  test('and turns out to pay what was sent once the source has been seen is forgotten', () => {
    const foresight = createForesight()
    look(seen(begin - 1), inLeg(transfer, paidAt), foresight)
    const caughtUp = seen(paidAt, outLeg(transfer, begin))
    expect(reconsider(foresight, caughtUp)).toMatchObject([{ alerts: [], deeds: [] }])
    expect(foresight.waiting).toEqual([])
  })

  test('is told each time, but what is shut is not shut again until it opens', () => {
    const shut = createForesight()
    const live = seen(paidAt)
    expect(look(live, inLeg(transfer, paidAt), shut).deeds).toHaveLength(1)
    const next = look(live, inLeg({ ...transfer, message: 8 }, paidAt), shut)
    expect(next.deeds).toEqual([])
    expect(next.alerts).toHaveLength(1)
    const later = paidAt + shutSeconds
    const far = seen(later)
    expect(foresee(shut, far, waiting(inLeg({ ...transfer, message: 9 }, later)), later).deeds).toHaveLength(
      1,
    )
  })

  const changed = (announced: boolean): Pending => ({
    chain: 2,
    tx: '0xkeeper',
    observations: [
      {
        kind: 'change',
        at: paidAt,
        chain: 2,
        tx: '0xkeeper',
        index: 0,
        block: 0,
        name: 'SignerSetChanged',
        what: 'KeeperSet(keeper 0xbad)',
        announced,
      },
    ],
    offer,
  })

  test('and would change who signs without the timelock is answered by a pause that comes before it', () => {
    const { deeds, alerts } = foresee(createForesight(), seen(paidAt), changed(false), paidAt)
    expect(deeds).toMatchObject([
      {
        id: 'pending:2:0xkeeper',
        chain: 2,
        act: { kind: 'pause', scope: 'direction', key: 'in' },
        ahead: offer,
      },
    ])
    expect(alerts).toMatchObject([
      { rule: 'SignerSetChanged', severity: 'critical', message: null, block: null },
    ])
    expect(alerts[0]!.sentence).toContain('without the timelock: KeeperSet')
  })

  test('and changes it through the timelock is left alone', () => {
    expect(foresee(createForesight(), seen(paidAt), changed(true), paidAt)).toMatchObject({
      deeds: [],
      alerts: [],
    })
  })

  test('of a record that began midway is not accused of what was sent before it', () => {
    const live = LiveBook.create({ ...bridge, midway: true }, policy(1))
    for (const chain of [fakeChain(1), fakeChain(2)]) LiveBook.apply(live, chain.block(paidAt))
    expect(look(live).alerts).toEqual([])
  })
})

test('a watch journals what it does about a waiting transaction before it does it', async () => {
  const [alpha, beta] = [fakeChain(1), fakeChain(2)]
  const signals = [alpha.block(paidAt - 6), beta.block(paidAt - 6)]
  const journal = memoryJournal()
  const actuator = fakeActuator()
  const script = fakeSources([1, 2], { signals })
  const running = await watch({
    bridge,
    policy: policy(1),
    sources: script.sources,
    pending: [
      {
        chain: 2,
        follow: async function* () {
          while (script.taken() < signals.length) await new Promise((resolve) => setTimeout(resolve, 1))
          yield waiting(inLeg(transfer, paidAt))
        },
        stop: () => {},
      },
    ],
    journal,
    actuator: {
      ...actuator,
      execute: async (deed) => {
        expect(await journal.last('decided')).toBeDefined()
        return actuator.execute(deed)
      },
    },
    notifiers: [],
    clock: { now: () => paidAt, sleep: async () => {} },
  })
  await running.ended
  expect(actuator.asked.map(({ id }) => id)).toEqual(['pending:2:0xin17'])
  expect(await journal.count('done')).toBe(2)
})
