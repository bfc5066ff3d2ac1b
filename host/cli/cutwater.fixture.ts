import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { vi } from 'vitest'
import { main } from '../main.ts'

/** What a command line printed and how it ended. */
export type Ended = { readonly out: string; readonly err: string; readonly code: number }

/** Runs a command line within this process: much faster than starting one. */
export async function cutwater(...args: readonly string[]): Promise<Ended> {
  const printed = { out: '', err: '' }
  const caught = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    printed[stream] += String(text)
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(caught('out'))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(caught('err'))
  const before = process.exitCode
  process.exitCode = 0
  try {
    await main(args)
    return { ...printed, code: Number(process.exitCode) }
  } finally {
    process.exitCode = before
    out.mockRestore()
    err.mockRestore()
  }
}

/** The same, for a command that must end well and print JSON and nothing else. */
export async function jsonOf(...args: readonly string[]): Promise<string> {
  const { out, err, code } = await cutwater(...args, '--json')
  if (code !== 0 || err !== '') throw new Error(`cutwater ${args.join(' ')} ended with ${code}: ${err}`)
  JSON.parse(out)
  return out
}

/** A made-up history of a few weeks, small enough to be replayed in a moment. */
export function smallHistory(seed = 5): History {
  const { oddities: _, ...history } = syntheticHistory({ seed, days: 45, scale: 0.1, attack: 'burst' })
  return history
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cutwater-cli-'))
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Every file below a folder. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort()
}
