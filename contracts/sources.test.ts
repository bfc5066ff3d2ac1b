import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const home = fileURLToPath(new URL('.', import.meta.url))
const folders = ['src', 'flawed', 'mocks', 'test']

const sources = folders.flatMap((folder) =>
  readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sol'))
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(home, folder, name), 'utf8') })),
)

describe('Solidity sources', () => {
  it('law: every file starts with the licence of this project', () => {
    const other = sources.filter(({ text }) => !text.startsWith('// SPDX-License-Identifier: Apache-2.0\n'))
    expect(other.map(({ path }) => path)).toEqual([])
  })

  it('law: every external and public function outside the tests has NatSpec', () => {
    const bare = sources.filter(({ path }) => !path.startsWith('test')).flatMap(functionsWithoutNatSpec)
    expect(bare).toEqual([])
  })

  it('law: no assembly, and nothing of Uniswap is imported', () => {
    const found = sources.filter(({ text }) => /\bassembly\b\s*[({]|import[^;]*uniswap/i.test(text))
    expect(found.map(({ path }) => path)).toEqual([])
  })

  it('law: the sound contracts know nothing of the flawed ones', () => {
    const found = sources.filter(
      ({ path, text }) => path.startsWith('src') && /import[^;]*(flawed|mocks)/.test(text),
    )
    expect(found.map(({ path }) => path)).toEqual([])
  })
})

function functionsWithoutNatSpec({ path, text }: { readonly path: string; readonly text: string }): string[] {
  const heads = text.matchAll(/([^\n]*)\n {4}function (\w+)\([^{;]*?\)[^{;]*?\b(?:external|public)\b/g)
  return [...heads]
    .filter(([, before]) => !before!.trim().startsWith('///'))
    .map(([, , name]) => `${path} ${name}`)
}
