import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// What comes from outside: exact, checked by its hash, under a licence that lets others use Cutwater, and running
// nothing at installation but what is named in the decision on dependencies.

type Package = {
  readonly link?: boolean
  readonly version?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Package>>
}
const page = readFileSync('docs/decisions/0011-dependencies.md', 'utf8')
const outside = Object.entries(packages).flatMap(([path, held]) => {
  const [, name] = /.*node_modules\/(.+)$/.exec(path) ?? []
  return name === undefined || held.link ? [] : [{ name, ...held }]
})

/** Licences that ask for no more than to be named; MPL-2.0 covers its own files alone. */
const permissive = new Set([
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT OR Apache-2.0'],
  ...['MPL-2.0', 'Unlicense'],
])

/** Said in another way than npm reads: MIT, by the package's own description. */
const saidElsewhere = new Map([['memorystream', 'MIT']])

/** Bytecode of a pool for tests; nothing of it is in what runs. */
const onlyInTests = new Set(['@uniswap/v2-core'])

test('every package has one version and the hash of its contents', () => {
  expect(outside.length).toBeGreaterThan(100)
  const loose = outside.filter(({ version, integrity }) => !isExact(version) || !isHash(integrity))
  expect(loose.map(({ name }) => name)).toEqual([])
})

test('licences are permissive, but for what only tests use', () => {
  const strict = outside.filter(
    ({ name, license }) => !permissive.has(license ?? saidElsewhere.get(name) ?? ''),
  )
  expect(strict.map(({ name, license, dev }) => ({ name, license, dev }))).toEqual(
    [...onlyInTests].map((name) => ({ name, license: 'GPL-3.0-or-later', dev: true })),
  )
})

test('what runs a script when it is installed is named, and nothing else does', () => {
  const list = /\*\*Scripts at installation\.\*\*([\s\S]*?)\n\n/.exec(page)![1]!
  const named = [...list.matchAll(/`([^`]+)`/g)].map((match) => match[1]!)
  const running = outside.filter(({ hasInstallScript }) => hasInstallScript)
  expect(running.map(({ name }) => name).sort()).toEqual(named.sort())
})

test('the rules can fail', () => {
  expect(['1.2.3', '1.2.3-rc.1', '^1.2.3', undefined].map(isExact)).toEqual([true, true, false, false])
  expect([`sha512-${'a'.repeat(86)}==`, 'sha1-abc', undefined].map(isHash)).toEqual([true, false, false])
  expect(permissive.has('AGPL-3.0-only')).toBe(false)
})

function isExact(version: string | undefined): boolean {
  return /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version ?? '')
}

function isHash(integrity: string | undefined): boolean {
  return /^sha512-[\w+/]{86}==$/.test(integrity ?? '')
}
