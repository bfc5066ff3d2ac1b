import type { Alert, Notifier } from '../ports/Notifier.ts'

/** A notifier that remembers what it was told, repetitions included. */
export type FakeNotifier = Notifier & { readonly told: Alert[] }

/** @param fault thrown by the n-th telling, from 1, where it returns something */
export function fakeNotifier(fault: (alert: Alert, nth: number) => unknown = () => undefined): FakeNotifier {
  const told: Alert[] = []
  let calls = 0
  return {
    name: 'fake',
    told,
    notify: async (alert) => {
      calls += 1
      const error = fault(alert, calls)
      if (error !== undefined) throw error
      told.push(alert)
    },
  }
}
