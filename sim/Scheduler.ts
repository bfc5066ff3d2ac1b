import * as Rng from '@cutwater/core/simulation/Rng.ts'

/** Made-up time and all that is going to happen in it; which of two things at one moment comes first is chance. */
export type Scheduler = {
  /** milliseconds since 1970 */
  now: number
  /** how many things have happened */
  steps: number
  readonly rng: Rng.Rng
  /** the next one last */
  readonly tasks: Task[]
}

/** Who waits for a thing to happen: nothing happens to the dead, and to the frozen only when they thaw. */
export type Owner = { isDead: boolean; frozenUntil: number }

type Task = {
  readonly at: number
  readonly order: number
  readonly owner: Owner | null
  readonly act: () => void
}

export function create(rng: Rng.Rng, now: number): Scheduler {
  return { now, steps: 0, rng, tasks: [] }
}

/** Lets something happen after so many milliseconds, unless its owner is dead by then. */
export function after(
  scheduler: Scheduler,
  milliseconds: number,
  act: () => void,
  owner: Owner | null = null,
): void {
  const at = scheduler.now + Math.max(0, Math.round(milliseconds))
  put(scheduler.tasks, { at, order: Rng.uint32(scheduler.rng), owner, act })
}

/** Somewhere between two times, milliseconds. */
export function between({ rng }: Scheduler, least: number, most: number): number {
  return least + Math.floor(Rng.uniform(rng) * (most - least))
}

/** Lets the next thing happen, and whoever was waiting for it go on until all wait again; false when nothing is left. */
export async function step(scheduler: Scheduler): Promise<boolean> {
  for (let task = scheduler.tasks.pop(); task !== undefined; task = scheduler.tasks.pop()) {
    const { owner } = task
    if (owner?.isDead) continue
    if (owner !== null && owner.frozenUntil > task.at) {
      put(scheduler.tasks, { ...task, at: owner.frozenUntil })
      continue
    }
    scheduler.now = task.at
    scheduler.steps += 1
    task.act()
    await quiet()
    return true
  }
  return false
}

/** Resolves when every promise that could go on has gone on. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function put(tasks: Task[], task: Task): void {
  let [low, high] = [0, tasks.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isLater(tasks[middle]!, task)) low = middle + 1
    else high = middle
  }
  tasks.splice(low, 0, task)
}

function isLater(a: Task, b: Task): boolean {
  return a.at === b.at ? a.order > b.order : a.at > b.at
}
