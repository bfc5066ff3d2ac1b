/** Turns at something that only one may use: the most urgent goes first, of equals the one that came first. */
export type Turns = { readonly waiting: Turn[]; isTaken: boolean }

type Turn = { readonly urgency: number; readonly act: () => Promise<void> }

export function create(): Turns {
  return { waiting: [], isTaken: false }
}

/** Waits for a turn, acts, and gives it back however that ends. */
export function take<Result>(turns: Turns, urgency: number, act: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    turns.waiting.push({ urgency, act: () => act().then(resolve, reject) })
    // What is asked for at once waits together, so that the most urgent of it is not the second.
    queueMicrotask(() => void serve(turns))
  })
}

async function serve(turns: Turns): Promise<void> {
  if (turns.isTaken) return
  turns.isTaken = true
  while (turns.waiting.length > 0) await next(turns).act()
  turns.isTaken = false
}

function next({ waiting }: Turns): Turn {
  const most = Math.max(...waiting.map(({ urgency }) => urgency))
  const at = waiting.findIndex(({ urgency }) => urgency === most)
  return waiting.splice(at, 1)[0]!
}
