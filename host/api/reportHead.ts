import * as Reports from './Reports.ts'
import type { ReportHead } from './schemas.ts'

/** How far a report is, and the command that prints it. */
export function reportHead(reports: Reports.Reports, name: string): ReportHead {
  const made = Reports.find(reports, name)
  const command = ['cutwater', ...reports.commands.get(name)!].join(' ')
  if (made === undefined) {
    return { name, command, status: 'none', says: null, progress: null, startedAt: null, endedAt: null }
  }
  const { status, says, progress, startedAt, endedAt } = made
  return { name, command, status, says, progress, startedAt, endedAt }
}
