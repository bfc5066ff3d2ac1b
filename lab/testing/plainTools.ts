import type { Tools } from '../run/Tools.ts'
import { attester } from './attester.ts'
import { plainActuator } from './plainActuator.ts'
import { plainPending } from './plainPending.ts'
import { pollingSource } from './pollingSource.ts'

/** The least that runs the lab by itself: one node per chain, polled; for its own tests. */
export const plainTools: Tools = {
  sources: ({ chains }) => chains.map(pollingSource),
  actuator: plainActuator,
  attester,
  pending: plainPending,
}
