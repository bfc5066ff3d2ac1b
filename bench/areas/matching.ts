import { isDeepStrictEqual } from 'node:util'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import * as Matching from '@cutwater/core/bridge/Matching.ts'
import type { Area } from '../harness.ts'
import type { BridgeLog } from './bridgeLog.ts'
import { bridgeLog } from './bridgeLog.ts'
import type { Verdicts } from './duckdb.ts'
import { noVerdicts, openDuckDb, pairsBySql, pairsOf, verdictsBySql } from './duckdb.ts'

/** The verdict on each in leg: the log in memory on both sides, event by event here, as one statement there. */
export const matching: Area = {
  name: 'matching',
  prepare: async () => {
    const log = bridgeLog()
    const connection = await openDuckDb(log)
    const verdicts = verdictsByFold(log)
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
      ours: () => verdictsByFold(log),
      theirs: () => verdictsBySql(connection),
      variant: { name: 'against a bare count of pairs', of: 'theirs', run: () => pairsBySql(connection) },
      close: () => connection.closeSync(),
    }
  },
}

function verdictsByFold({ bridge, events }: BridgeLog): Verdicts {
  const catalog = Catalog.create(bridge)
  const routes = Array.from({ length: Catalog.routeCount(catalog) }, Matching.create)
  const verdicts = noVerdicts()
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    const route = Catalog.routeOf(catalog, event, Catalog.chainOf(catalog, event))
    if (BridgeEvent.isOut(event.kind)) {
      Matching.takeOut(routes[route]!, event)
      continue
    }
    const finality = catalog.finalityOf[Catalog.sourceOf(catalog, route)]!
    const { outcome } = Matching.takeIn(routes[route]!, event, finality)
    const tally = event.kind === 'mint' ? verdicts.deposits : verdicts.withdrawals
    tally[outcome]++
  }
  return verdicts
}
