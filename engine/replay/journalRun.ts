import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Finding from '@cutwater/core/bridge/findings/Finding.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { encode } from '../journal/encode.ts'
import type { Entry, Journal } from '../ports/Journal.ts'
import * as Run from './Run.ts'
import { keyOf, lastSnapshot, saveSnapshot } from './snapshots.ts'

export type Options = {
  readonly until?: UnixTime
  /** observations between two snapshots */
  readonly every?: number
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Folds a history under one policy, writing what it finds and decides into the journal, with a snapshot now and
 * then; starts from the newest snapshot that is not past `until`.
 *
 * Killed anywhere and run again, it writes the same entries: ids name the policy, the event and the rule.
 */
export async function journalRun(
  journal: Journal,
  track: Run.Track,
  policy: BridgePolicy,
  options: Options = {},
): Promise<Run.Run> {
  const { until = track.end, every = 5_000, onProgress } = options
  const total = track.history.observations.length
  const run = (await lastSnapshot(journal, policy, until)) ?? Run.start(track.history, policy)
  while (run.position < total && track.history.observations[run.position]!.at <= until) {
    const entries: Entry[] = []
    const stop = run.position + every
    const listen = (outputs: readonly Output[], observation: Observation) => {
      for (const output of outputs) entries.push(...entriesOf(policy, output, observation))
    }
    Run.follow(run, track, { until, stop, listen })
    await journal.append(entries)
    await saveSnapshot(journal, run)
    onProgress?.(run.position, total)
  }
  return run
}

function entriesOf(policy: BridgePolicy, output: Output, { at }: Observation): Entry[] {
  const key = keyOf(policy)
  switch (output.type) {
    case 'finding':
      return [entry('found', `${key}:${Finding.id(output.finding)}`, at, output.finding)]
    case 'decision':
      return [
        entry('decided', `${key}:${output.decision.at}:${output.decision.sentence}`, at, output.decision),
      ]
    case 'held':
      return [entry('done', `${key}:held:${Event.id(output.held.event)}`, at, output)]
    case 'released':
      return [entry('done', `${key}:released:${Event.id(output.held.event)}`, at, output)]
    case 'limits':
      return [entry('done', `${key}:limits:${output.change.chain}:${output.change.token}:${at}`, at, output)]
    case 'rebalance':
      return [entry('done', `${key}:rebalance:${output.move.kind}:${output.at}`, at, output)]
    case 'shut':
      return [entry('done', `${key}:shut:${output.route}:${output.at}`, at, output)]
    case 'paused':
    case 'renewed':
      return [
        entry(
          'done',
          `${key}:${output.type}:${output.pause.from}:${output.pause.until}:${encode(output.pause.scope)}`,
          at,
          output,
        ),
      ]
  }
}

function entry(topic: Entry['topic'], id: string, at: UnixTime, body: unknown): Entry {
  return { topic, id, at, body: encode(body) }
}
