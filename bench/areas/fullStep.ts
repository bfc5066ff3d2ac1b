import { isDeepStrictEqual } from 'node:util'
import * as BridgeBook from '@cutwater/core/bridge/BridgeBook.ts'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import { type Area, budget } from '../harness.ts'
import type { BridgeLog } from './bridgeLog.ts'
import { bridgeLog } from './bridgeLog.ts'
import type { Pairs } from './duckdb.ts'
import { openDuckDb, pairsBySql, verdictsBySql } from './duckdb.ts'

/**
 * The whole book under the adaptive policy: matching, conservation, findings, limits, signals, ladder and money.
 * What is aimed at is a million events a second on one thread. Beside it stands what a data base takes for the verdicts
 * alone, a part of it, on two.
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
      peer: 'a budget of 1 µs an event',
      agrees: isDeepStrictEqual(pairsOf(fold(log)), await pairsBySql(connection)),
      note: `${log.source}; verdicts as DuckDB has them`,
      ours: () => fold(log),
      theirs: budget(log.events.length / 1_000),
      variants: [
        {
          name: 'against DuckDB, 2 threads, verdicts only',
          of: 'theirs',
          run: () => verdictsBySql(connection),
        },
        { name: 'against a bare count of pairs', of: 'theirs', run: () => pairsBySql(connection) },
      ],
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
