import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, runForge } from './forge.ts'

// What the lab deploys and the watcher reads; the tests' own contracts stay out.
const folders = ['src', 'flawed', 'mocks']
// Created on chain by the insider's proxy; its owner calls it.
const borrowed = [{ source: 'ProxyAdmin.sol', contract: 'ProxyAdmin' }]

const home = join(root, 'contracts')
const generated = join(home, 'generated')

type Artifact = {
  readonly abi: readonly { readonly type: string }[]
  readonly bytecode: { readonly object: string }
}

/** The text of every file in generated/, by name, as Forge's output says it should be. */
export function renderAll(): Map<string, string> {
  const files = new Map<string, string>()
  for (const folder of folders) {
    for (const path of solidityFiles(join(home, folder))) {
      for (const contract of contractsIn(path)) {
        files.set(`${contract}.ts`, render(path.slice(home.length + 1), basename(path), contract))
      }
    }
  }
  for (const { source, contract } of borrowed) {
    files.set(`${contract}.ts`, render(`@openzeppelin/contracts ${source}`, source, contract))
  }
  return files
}

/** The text of every file that is in generated/ now, by name. */
export function readAll(): Map<string, string> {
  if (!existsSync(generated)) return new Map()
  return new Map(
    readdirSync(generated)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(join(generated, name), 'utf8')]),
  )
}

function render(path: string, source: string, contract: string): string {
  const artifact = readArtifact(source, contract)
  const entries = artifact.abi.map((entry) => `  ${JSON.stringify(entry, withoutInternalType)},\n`).join('')
  return `// Generated from ${path} by script/generateAbis.ts. Do not edit.

export const abi = [
${entries}] as const

export const bytecode: \`0x\${string}\` =
  '${artifact.bytecode.object}'
`
}

// Solidity's own type names; no reader here needs them and they are half of the text.
function withoutInternalType(key: string, value: unknown): unknown {
  return key === 'internalType' ? undefined : value
}

function readArtifact(source: string, contract: string): Artifact {
  return JSON.parse(readFileSync(join(home, 'out', source, `${contract}.json`), 'utf8')) as Artifact
}

function solidityFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sol'))
    .sort()
    .map((name) => join(folder, name))
}

// Libraries and abstract contracts are part of others and never stand alone.
function contractsIn(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/^(?:contract|interface) (\w+)/gm)].map((match) => match[1]!)
}

async function main(): Promise<void> {
  const { code, stdout, stderr } = await runForge(['build'])
  if (code !== 0) {
    process.stderr.write(stdout + stderr)
    process.exitCode = code
    return
  }
  const files = renderAll()
  rmSync(generated, { recursive: true, force: true })
  mkdirSync(generated, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(generated, name), text)
  process.stdout.write(`${files.size} files written to contracts/generated\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
