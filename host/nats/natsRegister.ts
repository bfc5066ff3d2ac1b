import type { Register } from '@cutwater/engine/ports/Register.ts'
import { JetStreamApiCodes, JetStreamApiError, jetstream } from '@nats-io/jetstream'
import { Kvm } from '@nats-io/kv'
import type { NatsConnection } from '@nats-io/transport-node'
import * as NatsAddress from './NatsAddress.ts'
import { persevere } from './persevere.ts'

/** A register that is one key of a bucket, which all leases of a cluster share; only the leading server answers. */
export async function natsRegister(
  connection: NatsConnection,
  address: NatsAddress.NatsAddress,
): Promise<Register> {
  const manager = new Kvm(jetstream(connection, { timeout: answerMilliseconds }))
  const bucket = await persevere(NatsAddress.text(address), () =>
    manager.create(`cutwater_leases_${address.replicas ?? 1}`, {
      history: 1,
      replicas: address.replicas ?? 1,
      // A server that follows might tell what was so a moment ago.
      allow_direct: false,
    }),
  )
  return {
    read: async () => {
      const held = await bucket.get(address.name)
      return held === null ? undefined : { text: held.string(), revision: held.revision }
    },
    write: async (text, after) => {
      try {
        return await bucket.put(address.name, text, { previousSeq: after })
      } catch (error) {
        if (error instanceof JetStreamApiError && overtaken.has(error.code)) return undefined
        throw error
      }
    },
  }
}

/** A lease of seconds cannot wait longer for one answer. */
const answerMilliseconds = 1_000

const overtaken = new Set<number>([
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
])
