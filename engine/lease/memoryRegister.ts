import type { Held, Register } from '../ports/Register.ts'

/** A register within one process: for tests and simulations. */
export function memoryRegister(): Register {
  let held: Held | undefined
  return {
    read: async () => held,
    write: async (text, after) => {
      const revision = held?.revision ?? 0
      if (revision !== after) return undefined
      held = { text, revision: revision + 1 }
      return held.revision
    },
  }
}
