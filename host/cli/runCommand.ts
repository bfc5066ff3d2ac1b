import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

const program = fileURLToPath(import.meta.resolve('../bin/cutwater.js'))

/** The most a command may print: more is a mistake, not a report. */
const mostBytes = 256 * 1024 * 1024

/**
 * Runs a command of this program in a process of its own, so that nobody who listens has to wait for it, and gives
 * what it printed. Fails with the line it ended in.
 */
export function runCommand(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
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
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-4_000)
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
