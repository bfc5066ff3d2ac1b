/** One of ours against one of theirs, on the same work, ready to be timed. */
export type Contest = {
  /** what the rate counts, after mega: "M values/s" */
  readonly unit: string
  /** how many of them one run takes in */
  readonly items: number
  /** least ratio that is aimed at */
  readonly target: number
  readonly peer: string
  /** whether both give the same results, found out before anything is timed */
  readonly agrees: boolean
  /** under which conventions they were compared, and what else a reader should know */
  readonly note: string
  readonly ours: Runner
  readonly theirs: Runner
  /** other ways of one side, each by what sets it apart, timed in the same rounds and told in the note */
  readonly variants?: readonly Variant[]
  /** lets go of what the contest holds */
  readonly close?: () => void
}

export type Runner = () => unknown

export type Variant = { readonly name: string; readonly of: 'ours' | 'theirs'; readonly run: Runner }

/** The peer of an area that nothing else does: a time to stay within, given by waiting it out. */
export function budget(milliseconds: number): Runner {
  return () => new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A contest yet to be prepared: building its inputs may take a while. */
export type Area = { readonly name: string; readonly prepare: () => Promise<Contest> }

/** A line of the result. Rates are in mega units per second, ratios ours over theirs. */
export type Row = {
  readonly name: string
  readonly peer: string
  readonly ratio: number
  readonly target: number
  readonly agrees: boolean
  readonly ours: number
  readonly theirs: number
  readonly unit: string
  readonly note: string
}

export type Rounds = { readonly warmups: number; readonly rounds: number }

export const standardRounds: Rounds = { warmups: 3, rounds: 9 }

/**
 * Times both sides in turn, round by round, and compares their medians.
 *
 * A machine that slows down half-way slows both; which side goes first changes from round to round.
 */
export async function measure(
  name: string,
  contest: Contest,
  { warmups, rounds }: Rounds = standardRounds,
): Promise<Row> {
  const { ours, theirs, variants = [], items } = contest
  const sides = [ours, theirs, ...variants.map(({ run }) => run)]
  const seconds: number[][] = sides.map(() => [])
  for (let round = -warmups; round < rounds; round++) {
    const order = round % 2 === 0 ? sides.keys() : [...sides.keys()].reverse()
    for (const side of order) {
      const elapsed = await secondsOf(sides[side]!)
      if (round >= 0) seconds[side]!.push(elapsed)
    }
  }
  const [own, peers, ...others] = seconds.map(median)
  const said = variants.map(({ name, of }, at) => {
    const ratio = of === 'theirs' ? others[at]! / own! : peers! / others[at]!
    return `; ${name}: ${ratio.toFixed(1)}x`
  })
  return {
    name,
    peer: contest.peer,
    ratio: peers! / own!,
    target: contest.target,
    agrees: contest.agrees,
    ours: items / own! / 1e6,
    theirs: items / peers! / 1e6,
    unit: contest.unit,
    note: contest.note + said.join(''),
  }
}

/** The rows as a table for people. */
export function table(rows: readonly Row[]): string {
  const head = ['area', 'peer', 'ratio', 'target', 'agrees', 'ours', 'theirs', 'unit']
  const cells = rows.map((row) => [
    row.name,
    row.peer,
    `${row.ratio.toFixed(1)}x`,
    `${row.target}x`,
    row.agrees ? 'yes' : 'NO',
    row.ours.toFixed(2),
    row.theirs.toFixed(2),
    row.unit,
  ])
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((cell) => cell[at]!.length)))
  const line = (cell: readonly string[]) =>
    cell
      .map((text, at) => text.padEnd(widths[at]!))
      .join('  ')
      .trimEnd()
  const notes = rows.map((row) => `${row.name}: ${row.note}.`)
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), '', ...notes].join(
    '\n',
  )
}

/**
 * The middle of some numbers.
 *
 * @example
 * median([3, 1, 2]) // 2
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Whether two runs of numbers are equal to a relative tolerance, NaN equal to NaN, from `start` on. */
export function areClose(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number, start = 0): boolean {
  if (a.length !== b.length) return false
  for (let i = start; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!]
    const size = Math.max(1, Math.abs(x), Math.abs(y))
    if (!(Math.abs(x - y) <= tolerance * size) && !(Number.isNaN(x) && Number.isNaN(y))) return false
  }
  return true
}

async function secondsOf(run: Runner): Promise<number> {
  const from = performance.now()
  const result = run()
  if (result instanceof Promise) await result
  return (performance.now() - from) / 1e3
}
