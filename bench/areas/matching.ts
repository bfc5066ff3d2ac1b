import { isDeepStrictEqual } from 'node:util'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import * as Matching from '@cutwater/core/bridge/Matching.ts'
import * as MessageId from '@cutwater/core/bridge/MessageId.ts'
import type { Area } from '../harness.ts'
import type { BridgeLog } from './bridgeLog.ts'
import { bridgeLog } from './bridgeLog.ts'
import type { Verdicts } from './duckdb.ts'
import { noVerdicts, openDuckDb, pairsBySql, pairsOf, verdictsBySql } from './duckdb.ts'

/**
 * The verdict on each in leg: the log in memory on both sides, event by event here, as one statement there.
 *
 * Timed is the join. Before it begins both sides know each leg's route and its message id as a number: there as columns
 * that are loaded, here as two arrays beside the events. The variant reads both from the events in the time it is given.
 */
export const matching: Area = {
  name: 'matching',
  prepare: async () => {
    const log = bridgeLog()
    const connection = await openDuckDb(log)
    const resolved = resolve(log)
    const verdicts = verdictsByFold(log, resolved)
    const agrees =
      isDeepStrictEqual(verdicts, await verdictsBySql(connection)) &&
      isDeepStrictEqual(pairsOf(verdicts), await pairsBySql(connection))
    const { deposits, withdrawals } = verdicts
    return {
      unit: 'M events/s',
      items: log.events.length,
      target: 4,
      peer: 'DuckDB, 2 threads',
      agrees,
      note: `${log.source}; ${deposits.matched} deposits and ${withdrawals.matched} withdrawals match, all six outcomes are counted alike`,
      ours: () => verdictsByFold(log, resolved),
      theirs: () => verdictsBySql(connection),
      variants: [
        { name: 'with ids and routes read by us', of: 'ours', run: () => verdictsByFold(log, resolve(log)) },
        { name: 'against a bare count of pairs', of: 'theirs', run: () => pairsBySql(connection) },
      ],
      close: () => connection.closeSync(),
    }
  },
}

/** What DuckDB's columns hold beside the legs themselves: message ids as numbers, and which route a leg is of. */
type Resolved = { readonly keys: Float64Array; readonly routes: Uint16Array }

function resolve({ bridge, events }: BridgeLog): Resolved {
  const catalog = Catalog.create(bridge)
  const keys = new Float64Array(events.length)
  const routes = new Uint16Array(events.length)
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    keys[i] = MessageId.keyOf(event.message)
    routes[i] = Catalog.routeOf(catalog, event, Catalog.chainOf(catalog, event))
  }
  return { keys, routes }
}

function verdictsByFold({ bridge, events }: BridgeLog, { keys, routes }: Resolved): Verdicts {
  const catalog = Catalog.create(bridge)
  const matching = Array.from({ length: Catalog.routeCount(catalog) }, Matching.create)
  const verdicts = noVerdicts()
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    const route = routes[i]!
    if (BridgeEvent.isOut(event.kind)) {
      Matching.takeOut(matching[route]!, event, keys[i]!)
      continue
    }
    const finality = catalog.finalityOf[Catalog.sourceOf(catalog, route)]!
    const { outcome } = Matching.takeIn(matching[route]!, event, keys[i]!, finality)
    const tally = event.kind === 'mint' ? verdicts.deposits : verdicts.withdrawals
    tally[outcome]++
  }
  return verdicts
}
