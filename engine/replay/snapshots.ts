import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { decode, encode } from '../journal/encode.ts'
import type { Journal } from '../ports/Journal.ts'
import type { Run } from './Run.ts'

/** Keeps a run where it stands; keeping the same place twice keeps it once. */
export async function saveSnapshot(journal: Journal, run: Run): Promise<void> {
  const { policy, now } = run.book
  await journal.append([
    { topic: 'snapshot', id: `${keyOf(policy)}@${run.position}`, at: now, body: encode(run) },
  ])
}

/**
 * The newest kept run of a policy that stands at or before `until`; undefined when there is none.
 *
 * A snapshot of the same policy with other settings is another future and is not taken.
 */
export async function lastSnapshot(
  journal: Journal,
  policy: BridgePolicy,
  until: UnixTime = Number.POSITIVE_INFINITY,
): Promise<Run | undefined> {
  const wanted = encode(policy)
  let found: Run | undefined
  for await (const page of journal.read({ topics: ['snapshot'] })) {
    for (const { id, at, body } of page) {
      if (at > until || !id.startsWith(`${keyOf(policy)}@`)) continue
      const run = decode(body) as Run
      if (encode(run.book.policy) === wanted && run.position > (found?.position ?? -1)) found = run
    }
  }
  return found
}

/** A policy's short name in ids: name, level and posture. */
export function keyOf({ name, guard, posture }: BridgePolicy): string {
  return `${name}:${guard.level}:${posture.name}`
}
