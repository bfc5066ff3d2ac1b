import type { Actuator } from '../ports/Actuator.ts'
import type { Tenure } from '../ports/Lease.ts'

/**
 * An actuator that asks before each deed whether the lease is still held. A deed that is not tried because it is not
 * throws `LEASE_LOST`, and has not failed: it is for the next holder.
 */
export function leasedActuator(actuator: Actuator, tenure: Tenure): Actuator {
  return {
    ...actuator,
    execute: async (deed) => {
      await tenure.confirm()
      return await actuator.execute(deed)
    },
  }
}
