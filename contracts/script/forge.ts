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
    const child = spawn(forgeBinary(), args, { cwd: root, env: environment() })
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

// The npm package's own launcher drops the exit code, so the platform's binary is started directly.
function forgeBinary(): string {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const launcher = createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json')
  return createRequire(launcher).resolve(`@foundry-rs/forge-${platform}/bin/forge${suffix}`)
}

// solc.js is started by Forge through `env node`, so node_modules/.bin comes first on its PATH.
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    FOUNDRY_CONFIG: join(root, 'contracts', 'foundry.toml'),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, stdout } = await runForge(process.argv.slice(2), (piece) => process.stderr.write(piece))
  process.stdout.write(stdout)
  process.exitCode = code
}
