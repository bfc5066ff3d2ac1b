import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Outcome } from '@cutwater/core/bridge/Matching.ts'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import type { BridgeLog } from './bridgeLog.ts'

/** How many in legs each way had each outcome. */
export type Verdicts = { readonly deposits: Tally; readonly withdrawals: Tally }

export type Tally = Record<Outcome, number>

/** In legs with an out leg that agrees and was final; that agrees but was not final; with none. */
export type Pairs = { readonly matched: number; readonly early: number; readonly withoutSource: number }

/**
 * The log in an in-memory DuckDB with two threads, out and in legs in tables of their own.
 *
 * Its columns are the best it has for this: whole numbers where ours are texts (message) or big integers.
 */
export async function openDuckDb({ bridge, events }: BridgeLog): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  for (const table of ['outs', 'ins']) {
    await connection.run(
      `create table ${table} (position integer, seen bigint, deposit boolean, source integer,
        destination integer, message bigint, token varchar, beneficiary varchar, amount hugeint)`,
    )
    await fill(connection, table, events)
  }
  const finality = bridge.chains.map(({ id, finalitySeconds }) => `(${id}, ${finalitySeconds})`).join(', ')
  await connection.run(`create table finality as select * from (values ${finality}) as f(source, seconds)`)
  return connection
}

/**
 * The verdict on each in leg, by the definitions of `Matching.ts`, tallied.
 *
 * An out leg is used up by the first in leg that agrees with it; an in leg is `settled` or `ahead` by what came
 * before it, so the log's order (`position`) takes part.
 */
export async function verdictsBySql(connection: DuckDBConnection): Promise<Verdicts> {
  const reader = await connection.runAndReadAll(`
    with pairs as (
      select ins.position as leg, outs.position as source_leg, outs.seen + seconds <= ins.seen as is_final,
        outs.beneficiary = ins.beneficiary and outs.token = ins.token and outs.amount = ins.amount as agrees
      from ins join outs using (source, destination, message) join finality using (source)
      where outs.position < ins.position
    ), uses as (
      select source_leg, min(leg) as used_by from pairs where agrees group by source_leg
    ), judged as (
      select leg, bool_or(used_by = leg and is_final) as is_matched, bool_or(used_by = leg) as is_found,
        bool_or(used_by is null or used_by > leg) as is_open, bool_or(used_by < leg) as is_settled
      from pairs left join uses using (source_leg) group by leg
    ), newest as (
      select source, destination, position,
        max(message) over (partition by source, destination order by position) as newest_id from outs
    )
    select ins.deposit,
      case when is_matched then 'matched' when is_found then 'early' when is_open then 'mismatch'
        when is_settled then 'settled' when ins.message > coalesce(newest_id, -1) then 'ahead'
        else 'unknown' end as outcome,
      count(*)
    from ins left join judged on judged.leg = ins.position
    asof left join newest on newest.source = ins.source and newest.destination = ins.destination
      and newest.position <= ins.position
    group by all`)
  const verdicts = noVerdicts()
  for (const [deposit, outcome, count] of reader.getRows()) {
    const tally = deposit === true ? verdicts.deposits : verdicts.withdrawals
    tally[outcome as Outcome] = Number(count)
  }
  return verdicts
}

/** Only how many in legs find an agreeing out leg: one join. */
export async function pairsBySql(connection: DuckDBConnection): Promise<Pairs> {
  const reader = await connection.runAndReadAll(`
    select count(*) filter (outs.seen + seconds <= ins.seen), count(*) filter (outs.seen + seconds > ins.seen),
      count(*) filter (outs.seen is null)
    from ins join finality using (source)
    left join outs using (source, destination, message, beneficiary, token, amount)`)
  const [matched, early, withoutSource] = reader.getRows()[0]!.map(Number)
  return { matched: matched!, early: early!, withoutSource: withoutSource! }
}

/** Every outcome of both ways, none seen yet. */
export function noVerdicts(): Verdicts {
  const none = { matched: 0, early: 0, mismatch: 0, settled: 0, ahead: 0, predates: 0, unknown: 0 }
  return { deposits: { ...none }, withdrawals: { ...none } }
}

/** The pairs that follow from the verdicts. */
export function pairsOf({ deposits, withdrawals }: Verdicts): Pairs {
  const both = (outcome: Outcome) => deposits[outcome] + withdrawals[outcome]
  return {
    matched: both('matched'),
    early: both('early'),
    withoutSource: both('mismatch') + both('settled') + both('ahead') + both('unknown'),
  }
}

async function fill(
  connection: DuckDBConnection,
  table: string,
  events: readonly BridgeEvent.BridgeEvent[],
): Promise<void> {
  const appender = await connection.createAppender(table)
  for (const [position, event] of events.entries()) {
    const out = BridgeEvent.isOut(event.kind)
    if (out !== (table === 'outs')) continue
    appender.appendInteger(position)
    appender.appendBigInt(BigInt(event.at))
    appender.appendBoolean(event.kind === 'lock' || event.kind === 'mint')
    appender.appendInteger(out ? event.chain : event.peer)
    appender.appendInteger(out ? event.peer : event.chain)
    appender.appendBigInt(BigInt(event.message))
    appender.appendVarchar(event.token ?? '')
    appender.appendVarchar(event.beneficiary)
    appender.appendHugeInt(event.amount)
    appender.endRow()
  }
  appender.closeSync()
}
