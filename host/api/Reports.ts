import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'

/**
 * Reports that take time: each is a command of this very program, run once in a process of its own and kept, so
 * that whoever reads it can print the same in a terminal.
 */
export type Reports = {
  readonly commands: ReadonlyMap<string, readonly string[]>
  readonly made: Map<string, Made>
  readonly run: RunCommand
  readonly now: () => number
}

/** Runs the program and gives what it printed. */
export type RunCommand = (args: readonly string[]) => Promise<string>

export type Made = {
  readonly name: string
  readonly command: string
  status: 'running' | 'done' | 'failed'
  says: string | null
  readonly startedAt: number
  endedAt: number | null
  /** what the command printed, JSON text */
  text: string | null
}

/** Reports of these names, none made yet. */
export function create(
  commands: Readonly<Record<string, readonly string[]>>,
  run: RunCommand,
  now: () => number,
): Reports {
  return { commands: new Map(Object.entries(commands)), made: new Map(), run, now }
}

/** The report of a name, if it was ever begun. */
export function find({ commands, made }: Reports, name: string): Made | undefined {
  if (!commands.has(name)) throw unknown(name, [...commands.keys()])
  return made.get(name)
}

/** Begins a report, again where it is done; one that is being made goes on. */
export function begin(reports: Reports, name: string): Made {
  const before = find(reports, name)
  if (before?.status === 'running') return before
  if ([...reports.made.values()].some(({ status }) => status === 'running')) throw busy()
  const args = reports.commands.get(name)!
  const made: Made = {
    name,
    command: ['cutwater', ...args].join(' '),
    status: 'running',
    says: null,
    startedAt: reports.now(),
    endedAt: null,
    text: null,
  }
  reports.made.set(name, made)
  void make(reports, made, args)
  return made
}

async function make({ run, now }: Reports, made: Made, args: readonly string[]): Promise<void> {
  try {
    const text = await run(args)
    JSON.parse(text)
    Object.assign(made, { status: 'done', text })
  } catch (error) {
    Object.assign(made, { status: 'failed', says: error instanceof Error ? error.message : String(error) })
  }
  made.endedAt = now()
}

function unknown(name: string, names: readonly string[]): CutwaterError {
  return new CutwaterError('REPORT_UNKNOWN', `there is no report "${name}"`, { right: choice(name, names) })
}

function busy(): CutwaterError {
  return new CutwaterError('REPORT_BUSY', 'another report is being made', { right: 'one after the other' })
}
