import { Presets, SingleBar } from 'cli-progress'

/** A line that shows how far a long piece of work is; silent where nobody watches. */
export type Progress = {
  readonly to: (done: number, total?: number) => void
  readonly stop: () => void
}

/** Starts a progress bar on standard error; standard output stays free for results. */
export function start(label: string, total: number): Progress {
  if (!process.stderr.isTTY) return silent
  const bar = new SingleBar(
    {
      format: `${label.padEnd(8)} {bar} {percentage}%`,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  return {
    to: (done, newTotal) => {
      if (newTotal !== undefined) bar.setTotal(newTotal)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}

const silent: Progress = { to: () => {}, stop: () => {} }
