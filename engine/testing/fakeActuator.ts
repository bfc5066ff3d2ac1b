import type { Actuator, Deed, Outcome } from '../ports/Actuator.ts'

/** An actuator that does what it is told at once, and remembers what it was asked, repetitions included. */
export type FakeActuator = Actuator & { readonly asked: Deed[] }

/** @param outcomeOf how the n-th request for a deed ends, from 1; may throw */
export function fakeActuator(outcomeOf: (deed: Deed, nth: number) => Outcome = confirmed): FakeActuator {
  const asked: Deed[] = []
  return {
    asked,
    execute: async (deed) => {
      asked.push(deed)
      return outcomeOf(deed, asked.filter(({ id }) => id === deed.id).length)
    },
    blockOf: async () => 1,
  }
}

function confirmed({ id }: Deed): Outcome {
  return { kind: 'confirmed', tx: `tx of ${id}`, block: 1, attempts: 1 }
}
