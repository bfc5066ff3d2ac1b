import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Forge resolves imports inside its root only and npm hoists node_modules to the repository root, so Forge runs
// there and finds this workspace by its config file.
export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Run = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs Forge on contracts/; `onError` sees each piece of its standard error as it comes. */
export function runForge(args: readonly string[], onError?: (piece: string) => void): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [forgeLauncher(), ...args], { cwd: root, env: environment() })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (piece) => {
      stdout += piece
    })
    child.stderr.on('data', (piece) => {
      stderr += piece
      onError?.(String(piece))
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
  })
}

function forgeLauncher(): string {
  return join(createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json'), '..', 'bin.mjs')
}

// solc.js is started by Forge through `env node`, so node_modules/.bin comes first on its PATH.
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    FOUNDRY_CONFIG: join(root, 'contracts', 'foundry.toml'),
    TARGET_TOOL: 'forge',
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, stdout } = await runForge(process.argv.slice(2), (piece) => process.stderr.write(piece))
  process.stdout.write(stdout)
  process.exitCode = code
}
