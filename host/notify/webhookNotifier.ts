import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { keyOf, toJson } from './AlertText.ts'
import { post, type Receiver } from './post.ts'
import * as Signature from './Signature.ts'

/**
 * Posts alerts as JSON to any receiver.
 *
 * The `Cutwater-Signature` header says who sent it and when, the `Idempotency-Key` whether it came before.
 */
export function webhookNotifier(receiver: Receiver, secret: string): Notifier {
  return {
    name: receiver.name,
    notify: (alert) => {
      const body = toJson(alert)
      return post(receiver, (at) => {
        const headers = {
          [Signature.header]: Signature.sign(secret, at, body),
          'idempotency-key': keyOf(alert.id),
        }
        return { body, headers }
      })
    },
  }
}
