import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { RunCommand } from '../api/Reports.ts'
import * as Progress from './Progress.ts'

const program = fileURLToPath(import.meta.resolve('../bin/cutwater.js'))

/** The most a command may print: more is a mistake, not a report. */
const mostBytes = 256 * 1024 * 1024

/**
 * Runs a command of this program in a process of its own, so that nobody who listens has to wait for it, and gives
 * what it printed; tells how far it is on its way. Fails with the line it ended in.
 */
export const runCommand: RunCommand = (args, tell) => {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [Progress.variable]: 'lines' }
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
    const end = () => child.kill()
    process.once('exit', end)
    const out: Buffer[] = []
    let size = 0
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) child.kill()
      else out.push(chunk)
    })
    createInterface(child.stderr).on('line', (line) => {
      const progress = Progress.parseLine(line)
      if (progress === undefined) complaint = `${complaint}${line}\n`.slice(-4_000)
      else tell(progress)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('exit', end)
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'))
      else reject(commandFailed(args, complaint))
    })
  })
}

function commandFailed(args: readonly string[], complaint: string): CutwaterError {
  const last = complaint.trim().split('\n').at(-1) ?? ''
  return new CutwaterError('COMMAND_FAILED', last.replace(/^cutwater: /, '') || 'it ended without a word', {
    where: `cutwater ${args.join(' ')}`,
  })
}
