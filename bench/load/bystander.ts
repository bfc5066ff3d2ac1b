import { fork } from 'node:child_process'
import { once } from 'node:events'
import process, { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

// How late a process wakes up that has nothing to do: what the machine, and whatever else runs on it, adds to every wait.

export type Lateness = { readonly p99Ms: number; readonly longestMs: number }

/** Begins to look; `stop` tells what was seen. */
export function bystander(): { stop(): Promise<Lateness> } {
  const child = fork(fileURLToPath(import.meta.url), [asBystander])
  return {
    stop: async () => {
      child.send('stop')
      const [seen] = (await once(child, 'message')) as [Lateness]
      return seen
    },
  }
}

const asBystander = '--as-bystander'

if (argv[2] === asBystander) {
  const late: number[] = []
  let dueAt = performance.now() + 10
  const look = (): void => {
    late.push(performance.now() - dueAt)
    dueAt = performance.now() + 10
    timer = setTimeout(look, 10)
  }
  let timer = setTimeout(look, 10)
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit())
  process.on('message', () => {
    clearTimeout(timer)
    late.sort((a, b) => a - b)
    const at = (share: number) => Number((late[Math.floor(share * (late.length - 1))] ?? 0).toFixed(1))
    process.send?.({ p99Ms: at(0.99), longestMs: at(1) }, undefined, undefined, () => process.exit())
  })
}
