import type { Clock } from '@cutwater/engine/ports/Clock.ts'

/** What one watch keeps going, and its end: everything that waits is woken by it. */
export type Life = {
  readonly clock: Clock
  /** ends requests under way */
  readonly signal: AbortSignal
  isOver(): boolean
  /** waits for the bell, at most so long; returns at once when all is over */
  rest(milliseconds: number, bell?: Bell): Promise<void>
  /** what to do at the end; returns how to take it back */
  atEnd(act: () => void): () => void
  end(): void
}

/** Wakes the one who waits; rung while nobody waits, it wakes the next wait at once. */
export type Bell = { ring(): void; listen(wake: (() => void) | null): void }

export function create(clock: Clock): Life {
  const controller = new AbortController()
  const acts = new Set<() => void>()
  const isOver = () => controller.signal.aborted
  const atEnd = (act: () => void) => {
    acts.add(act)
    return () => acts.delete(act)
  }
  return {
    clock,
    signal: controller.signal,
    isOver,
    atEnd,
    rest: async (milliseconds, bell) => {
      if (isOver()) return
      let isAwake = false
      await new Promise<void>((resolve) => {
        const wake = () => {
          // The sleep ends later than the rest it was for, and must not disturb the next.
          if (isAwake) return
          isAwake = true
          forget()
          bell?.listen(null)
          resolve()
        }
        const forget = atEnd(wake)
        bell?.listen(wake)
        void sleepInPieces(clock, milliseconds, () => isAwake).then(wake)
      })
    },
    end: () => {
      controller.abort()
      for (const act of [...acts]) act()
    },
  }
}

export function createBell(): Bell {
  let isRung = false
  let wake: (() => void) | null = null
  return {
    ring: () => {
      isRung = wake === null
      wake?.()
    },
    listen: (next) => {
      wake = next
      if (!isRung || !next) return
      isRung = false
      next()
    },
  }
}

// A sleep cannot be taken back; in pieces it holds up the end of a process for one piece only.
const pieceMilliseconds = 500

async function sleepInPieces(clock: Clock, milliseconds: number, isEnough: () => boolean): Promise<void> {
  for (let left = milliseconds; left > 0 && !isEnough(); left -= pieceMilliseconds)
    await clock.sleep(Math.min(left, pieceMilliseconds))
}
