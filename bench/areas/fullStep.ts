import { isDeepStrictEqual } from 'node:util'
import * as BridgeBook from '@cutwater/core/bridge/BridgeBook.ts'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import type { Area } from '../harness.ts'
import type { BridgeLog } from './bridgeLog.ts'
import { bridgeLog } from './bridgeLog.ts'
import type { Pairs } from './duckdb.ts'
import { openDuckDb, pairsBySql, verdictsBySql } from './duckdb.ts'

/**
 * The whole book under the adaptive policy: matching, conservation, findings, limits, signals, ladder and money.
 * The peer gives the verdicts alone, so this asks whether all of it costs as little as a data base's part of it.
 */
export const fullStep: Area = {
  name: 'full-step',
  prepare: async () => {
    const log = bridgeLog()
    const connection = await openDuckDb(log)
    return {
      unit: 'M events/s',
      items: log.events.length,
      target: 1,
      peer: 'DuckDB, 2 threads, verdicts only',
      agrees: isDeepStrictEqual(pairsOf(fold(log)), await pairsBySql(connection)),
      note: `${log.source}; aimed at besides: 1 M events/s on one thread`,
      ours: () => fold(log),
      theirs: () => verdictsBySql(connection),
      variants: [{ name: 'against a bare count of pairs', of: 'theirs', run: () => pairsBySql(connection) }],
      close: () => connection.closeSync(),
    }
  },
}

function fold({ bridge, observations }: BridgeLog): BridgeBook.BridgeBook {
  const book = BridgeBook.create(bridge, BridgePolicy.of('adaptive'))
  for (let i = 0; i < observations.length; i++) step(book, observations[i]!)
  return book
}

function pairsOf({ counts: { matched, early, withoutSource } }: BridgeBook.BridgeBook): Pairs {
  return {
    matched: matched.deposits + matched.withdrawals,
    early: early.deposits + early.withdrawals,
    withoutSource: withoutSource.mints + withoutSource.releases,
  }
}
