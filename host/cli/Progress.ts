import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a long piece of work is: a bar on a terminal, lines for a program that asks for them, else nothing. */
export type Progress = {
  readonly to: (done: number, total?: number) => void
  readonly stop: () => void
}

/** The environment variable that asks for lines: with `lines` in it, `progress simulate 0.42` is one. */
export const variable = 'CUTWATER_PROGRESS'

/** Starts to show progress on standard error; standard output stays free for results. */
export function start(label: string, total: number): Progress {
  if (process.env[variable] === 'lines') return lines(label, total)
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

/** What a line of another process says of its progress; undefined where it says something else. */
export function parseLine(line: string): { readonly step: string; readonly share: number } | undefined {
  const [, step, share] = /^progress (\w+) (\d\.\d\d)$/.exec(line) ?? []
  return step === undefined ? undefined : { step, share: Number(share) }
}

// A hundred lines a step at most, however often it is told.
function lines(label: string, total: number): Progress {
  let whole = total
  let last = ''
  const to = (done: number, newTotal = whole) => {
    whole = newTotal
    const line = `progress ${label} ${Math.min(1, Math.max(0, done / (whole || 1))).toFixed(2)}\n`
    if (line !== last) process.stderr.write(line)
    last = line
  }
  to(0)
  return { to, stop: () => {} }
}

const silent: Progress = { to: () => {}, stop: () => {} }
