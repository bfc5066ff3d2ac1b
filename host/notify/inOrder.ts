import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'

/** A notifier that tells one alert after the other, in the order it was asked to; one that fails stops none. */
export function inOrder({ name, notify }: Notifier): Notifier {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    name,
    notify: (alert) => {
      const told = tail.then(() => notify(alert))
      tail = told.catch(() => {})
      return told
    },
  }
}
