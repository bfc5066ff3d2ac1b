import { env, kill, pid, ppid } from 'node:process'

const everyMilliseconds = 1_000

/**
 * Ends this process, in good order, when npm is gone that started it.
 *
 * npm runs a program in a shell and passes a signal on to that shell alone: whoever ends `npm start` or `npx cutwater`
 * by its process id would leave the program behind, and the chains it has started. Started without npm, by a service
 * manager or a shell, a program outlives its parent as always.
 */
export function endWithNpm(): void {
  if (env.npm_command === undefined) return
  const parent = ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    kill(pid, 'SIGTERM')
  }, everyMilliseconds)
  timer.unref()
}
