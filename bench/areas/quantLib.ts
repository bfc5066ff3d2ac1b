import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { QuotedBatch } from './quotedOptions.ts'

/** QuantLib in a process of its own that holds the options; each call is one word to it and one back. */
export type QuantLib = {
  readonly price: () => Promise<void>
  readonly imply: () => Promise<void>
  /** what the last call came to */
  readonly results: () => Promise<Float64Array>
  readonly close: () => void
}

/** What makes it available. */
export const install = 'apt-get install libquantlib0-dev g++'

const source = fileURLToPath(new URL('../peers/quantLib.cpp', import.meta.url))

/** Compiles and starts it; `undefined` where there is no compiler or no QuantLib. */
export async function openQuantLib(batch: QuotedBatch): Promise<QuantLib | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-bench-'))
  const [program, input, output] = ['quantLib', 'input', 'output'].map((name) => join(folder, name))
  try {
    await promisify(execFile)('g++', ['-O3', '-march=native', source, '-lQuantLib', '-o', program!])
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const { puts, forwards, strikes, years, volatilities, discounts, prices } = batch
  const columns: Float64Array[] = [Float64Array.of(puts.length), Float64Array.from(puts)]
  columns.push(forwards, strikes, years, volatilities, discounts, prices)
  writeFileSync(input!, Buffer.concat(columns.map((column) => Buffer.from(column.buffer))))
  const child = spawn(program!, [input!, output!], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ask = async (word: string) => {
    child.stdin.write(`${word}\n`)
    const { done } = await answers.next()
    if (done) throw new Error('the QuantLib process ended')
  }
  return {
    price: () => ask('price'),
    imply: () => ask('imply'),
    results: async () => {
      await ask('save')
      return new Float64Array(new Uint8Array(readFileSync(output!)).buffer)
    },
    close: () => {
      child.stdin.end()
      rmSync(folder, { recursive: true })
    },
  }
}
