import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Lease, Tenure } from '../ports/Lease.ts'
import type { Register } from '../ports/Register.ts'

export type Options = {
  readonly register: Register
  readonly clock: Clock
  /** a clock that only goes forward, milliseconds from anywhere */
  readonly elapsed: () => number
  /** who we are; no two contenders may have the same name */
  readonly holder: string
  /** how long a holder who is not heard of counts as one */
  readonly seconds: number
}

/** How often in a period a holder is heard of, and others look. */
export const beatsPerPeriod = 4

/** For so many beats a holder must have been silent: a period by the clock of whoever waits, and a quarter for drift. */
export const silentBeats = beatsPerPeriod + 1

/**
 * A lease that is a text in a register: its holder writes it anew four times a period, and who waits takes it when it
 * stood still for five quarters. Waiters notice a change up to a quarter late, so a dead holder is followed within
 * one and a half periods.
 *
 * A holder counts his period from before he wrote, a waiter from after he read: while their clocks run within a
 * quarter of one another, the first is over before the second. Who is paused in between, by his machine or his
 * memory, is stopped by his token, not by time.
 */
export function registerLease(options: Options): Lease {
  const { register, clock, elapsed, holder, seconds } = options
  const pause = (seconds * 1_000) / beatsPerPeriod
  const textOf = (name: string) => JSON.stringify({ holder: name })
  const holderOf = (text: string) => (JSON.parse(text) as { readonly holder: string }).holder

  async function acquire(calledOff?: Promise<void>): Promise<Tenure | undefined> {
    const waiting = { isOver: false }
    void calledOff?.then(() => {
      waiting.isOver = true
    })
    let silence = { revision: -1, beats: 0 }
    while (!waiting.isOver) {
      const began = elapsed()
      const held = await register.read().catch(unheard)
      if (held !== 'unheard') {
        const revision = held?.revision ?? 0
        silence = { revision, beats: revision === silence.revision ? silence.beats + 1 : 0 }
        const isFree = held === undefined || ['', holder].includes(holderOf(held.text))
        if (isFree || silence.beats >= silentBeats) {
          const token = await register.write(textOf(holder), revision).catch(() => undefined)
          if (token !== undefined) return hold(token, began)
        }
      }
      await Promise.race([clock.sleep(pause), ...(calledOff ? [calledOff] : [])])
    }
    return undefined
  }

  function hold(token: number, began: number): Tenure {
    let revision = token
    let heardAt = began
    let state: 'held' | 'released' | 'lost' = 'held'
    let tail: Promise<unknown> = Promise.resolve()
    let tellLost: (why: Error) => void = () => {}
    const lost = new Promise<Error>((resolve) => {
      tellLost = resolve
    })

    const lose = (why: string): CutwaterError => {
      const error = leaseLost(token, why)
      if (state === 'held') {
        state = 'lost'
        tellLost(error)
      }
      return error
    }

    /** Says that we are here; false when nobody answered. */
    async function beat(): Promise<boolean> {
      if (state !== 'held') throw lose('it was given up or lost before')
      const from = elapsed()
      try {
        const written = (await register.write(textOf(holder), revision)) ?? (await ownRevision())
        if (written === undefined) throw lose('another has taken over')
        revision = written
        heardAt = from
        return true
      } catch (error) {
        if (error instanceof CutwaterError && error.code === 'LEASE_LOST') throw error
        if (elapsed() - heardAt >= seconds * 1_000) throw lose('it could not be renewed in time')
        return false
      }
    }

    /** What an earlier try has written, whose answer was lost. */
    async function ownRevision(): Promise<number | undefined> {
      const held = await register.read()
      return held !== undefined && holderOf(held.text) === holder ? held.revision : undefined
    }

    function inTurn<T>(act: () => Promise<T>): Promise<T> {
      const done = tail.then(act)
      tail = done.catch(() => {})
      return done
    }

    async function keepUp(): Promise<void> {
      while (state === 'held') {
        await clock.sleep(pause)
        if (state === 'held') await inTurn(beat).catch(() => false)
      }
    }

    void keepUp()
    return {
      token,
      lost,
      confirm: async () => {
        for (;;) {
          if (await inTurn(beat)) return
          await clock.sleep(pause / 10)
        }
      },
      release: () =>
        inTurn(async () => {
          if (state !== 'held') return
          state = 'released'
          // Where nobody hears it, the next one waits for silence.
          await register.write(textOf(''), revision).catch(() => {})
        }),
    }
  }

  return { acquire }
}

function unheard(): 'unheard' {
  return 'unheard'
}

function leaseLost(token: number, why: string): CutwaterError {
  return new CutwaterError('LEASE_LOST', `the lease with token ${token} is not ours any more: ${why}`, {
    right: 'one decider at a time; started again, this one waits for its turn',
    facts: { token },
  })
}
