/** How a command that runs on is told to end. */
export type Ending = { readonly signal: AbortSignal; forget(): void }

/** The first Ctrl-C ends a command in good order, a second one at once. */
export function endOnSignal(): Ending {
  const controller = new AbortController()
  const end = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, end)
  return {
    signal: controller.signal,
    forget: () => {
      for (const signal of signals) process.off(signal, end)
    },
  }
}
