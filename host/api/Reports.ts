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
  /** who wants to hear that a report has begun, gone on or ended */
  readonly listeners: Set<() => void>
  readonly now: () => number
}

/** Runs the program and gives what it printed; tells how far it is on its way. */
export type RunCommand = (args: readonly string[], tell: (progress: Progress) => void) => Promise<string>

/** Which step a command is at, and how much of it is done, 0 to 1. */
export type Progress = { readonly step: string; readonly share: number }

export type Made = {
  readonly name: string
  readonly command: string
  status: 'running' | 'done' | 'failed'
  says: string | null
  /** null before its first step, and once it is over */
  progress: Progress | null
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
  return { commands: new Map(Object.entries(commands)), made: new Map(), run, listeners: new Set(), now }
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
  if (isBusy(reports)) throw busy()
  const args = reports.commands.get(name)!
  const made: Made = {
    name,
    command: ['cutwater', ...args].join(' '),
    status: 'running',
    says: null,
    progress: null,
    startedAt: reports.now(),
    endedAt: null,
    text: null,
  }
  reports.made.set(name, made)
  tell(reports)
  void make(reports, made, args)
  return made
}

/** Makes all that were never made, one after the other, until it is over; one that fails is told like any other. */
export async function makeAll(reports: Reports, isOver: () => boolean): Promise<void> {
  for (const name of reports.commands.keys()) {
    await untilIdle(reports)
    if (isOver()) return
    if (!reports.made.has(name)) begin(reports, name)
  }
}

function isBusy({ made }: Reports): boolean {
  return [...made.values()].some(({ status }) => status === 'running')
}

async function untilIdle(reports: Reports): Promise<void> {
  const { listeners } = reports
  if (!isBusy(reports)) return
  await new Promise<void>((resolve) => {
    const listen = (): void => {
      if (isBusy(reports)) return
      listeners.delete(listen)
      resolve()
    }
    listeners.add(listen)
  })
}

async function make(reports: Reports, made: Made, args: readonly string[]): Promise<void> {
  try {
    const text = await reports.run(args, (progress) => {
      made.progress = progress
      tell(reports)
    })
    JSON.parse(text)
    Object.assign(made, { status: 'done', text })
  } catch (error) {
    Object.assign(made, { status: 'failed', says: error instanceof Error ? error.message : String(error) })
  }
  Object.assign(made, { progress: null, endedAt: reports.now() })
  tell(reports)
}

function tell({ listeners }: Reports): void {
  for (const listen of listeners) listen()
}

function unknown(name: string, names: readonly string[]): CutwaterError {
  return new CutwaterError('REPORT_UNKNOWN', `there is no report "${name}"`, { right: choice(name, names) })
}

function busy(): CutwaterError {
  return new CutwaterError('REPORT_BUSY', 'another report is being made', { right: 'one after the other' })
}
