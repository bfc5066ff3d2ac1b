import type { Actuator } from '../ports/Actuator.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Journal } from '../ports/Journal.ts'
import type { Notifier } from '../ports/Notifier.ts'

/**
 * A process that dies at its n-th call to the world: that call takes effect or not, and neither it nor any later
 * one ever returns.
 */
export type Mortal = {
  /** resolves when the process is dead */
  readonly dead: Promise<void>
  /** calls so far */
  calls(): number
  journal(journal: Journal): Journal
  actuator(actuator: Actuator): Actuator
  notifier(notifier: Notifier): Notifier
  clock(clock: Clock): Clock
}

/** @param dies at which call, from 1, and whether before or after it has taken effect */
export function mortal(dies: { readonly at: number; readonly when: 'before' | 'after' }): Mortal {
  let calls = 0
  let isDead = false
  let die = (): void => {}
  const dead = new Promise<void>((resolve) => {
    die = () => {
      isDead = true
      resolve()
    }
  })
  const call = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) return never()
    calls += 1
    if (calls !== dies.at) {
      const result = await act()
      return isDead ? never() : result
    }
    if (dies.when === 'after') await act()
    die()
    return never()
  }
  return {
    dead,
    calls: () => calls,
    journal: (journal) => ({ ...journal, append: (entries) => call(() => journal.append(entries)) }),
    actuator: ({ execute, blockOf }) => ({
      execute: (deed) => call(() => execute(deed)),
      blockOf: (chain, tx) => call(() => blockOf(chain, tx)),
    }),
    notifier: ({ name, notify }) => ({ name, notify: (alert) => call(() => notify(alert)) }),
    clock: ({ now, sleep }) => ({ now, sleep: (pause) => call(() => sleep(pause)) }),
  }
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => {})
}
