import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lineOf, readSource } from './readSource.ts'

// The style of the house as a test. What is said here is the rule; where a rule must be broken, the line or the
// one above it says why: `// tidy-ok: reason`. The arrows and the length of files have no such way out.

type File = { readonly path: string; readonly text: string }
type Rule = (file: File) => readonly string[]

type Arrows = {
  /** what may be imported, by place; `*` is everything */
  readonly imports: readonly string[]
  /** what may be imported by `import type` only */
  readonly types?: readonly string[]
}

// A place is a workspace, a folder of core, host or web, or a file at the root of host or web. Its own files are always
// within reach; a place that is not listed may not exist.
const arrows: Readonly<Record<string, Arrows>> = {
  'core/units': { imports: [] },
  'core/ladder': { imports: ['core/units'] },
  'core/signals': { imports: ['core/units'] },
  'core/finance': { imports: ['core/units'] },
  'core/bridge': { imports: ['core/units', 'core/ladder', 'core/signals', 'core/finance'] },
  'core/options': { imports: ['core/units', 'core/ladder', 'core/signals', 'core/finance'] },
  'core/simulation': { imports: ['core'] },
  engine: { imports: ['core'] },
  'host/config': { imports: ['core'] },
  'host/tables': { imports: ['core', 'host/config'] },
  'host/history': { imports: ['core', 'engine', 'host/config', 'host/tables'] },
  'host/nats': { imports: ['core', 'engine'] },
  'host/journal': { imports: ['core', 'engine', 'host/nats'] },
  'host/market': { imports: ['core', 'engine', 'host/config', 'host/tables'] },
  'host/report': { imports: ['core', 'engine', 'web/charts'] },
  'host/chain': { imports: ['core', 'engine', 'contracts', 'host/config'] },
  'host/notify': { imports: ['core', 'engine'] },
  'host/api': { imports: ['core', 'engine'] },
  'host/simulate': { imports: ['core', 'engine', 'host/nats'] },
  'host/cli': { imports: ['core', 'engine', 'host', 'lab', 'contracts', 'web/charts', 'web/build.ts'] },
  'host/main.ts': { imports: ['core', 'engine', 'host'] },
  'host/bin': { imports: ['host/main.ts', 'host/cli'] },
  lab: { imports: ['core', 'engine', 'contracts'] },
  'web/charts': { imports: ['core'] },
  'web/client': { imports: ['core'], types: ['host/api'] },
  'web/parts': { imports: ['core', 'web/charts', 'web/client'], types: ['host/api'] },
  'web/pages': { imports: ['core', 'web/charts', 'web/client', 'web/parts'], types: ['engine', 'host/api'] },
  'web/build.ts': { imports: [] },
  sim: { imports: ['core', 'engine', 'host/chain'] },
  web: { imports: ['core', 'web'], types: ['host/api'] },
  contracts: { imports: [] },
  bench: { imports: ['*'] },
  examples: { imports: ['*'] },
  scripts: { imports: ['*'] },
  '.': { imports: ['*'] },
}

const bannedInCoreAndEngine: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/g, 'Date.now: time is an argument'],
  [/\bnew Date\(/g, 'new Date(: use core/units/UnixTime.ts'],
  [/\bMath\.random\b/g, 'Math.random: use core/simulation/Rng.ts'],
  [/\bas any\b/g, 'as any: say the type, or unknown'],
  [/:\s*any\b/g, ': any: say the type, or unknown'],
  [/\benum\s/g, 'enum: use a union of literals'],
  [/\bexport default\b/g, 'export default: export by name'],
]

const lineLimit = 500

describe('the house is tidy', () => {
  const files = listFiles()
  const manifests = new Map(
    files
      .filter(({ path }) => /^(?:[^/]+\/)?package\.json$/.test(path))
      .map(({ path, text }) => [posix.dirname(path), dependenciesOf(text)]),
  )

  it('imports only along the arrows', () => check(files, arrowsBroken))
  it('imports only packages that its workspace declares', () => check(files, undeclared(manifests)))
  it('keeps clocks, chance, any, enum and default exports out of core and engine', () => check(files, banned))
  it(`has no hand-written file over ${lineLimit} lines`, () => check(files, tooLong))
  it('names files in PascalCase or camelCase, and none index', () => check(files, misnamed))
  it('leaves nothing to do in a comment', () => check(files, leftovers))
  it('skips no test without a reason, and singles none out', () => check(files, skipped))
  it('gives a reason wherever it asks for an exception', () => check(files, escapesWithoutReason))
})

function arrowsBroken({ path, text }: File): readonly string[] {
  const from = placeOf(path)
  const allowed = arrows[from]
  if (!allowed) return [`${path}:1: ${from} is not in the list of places (scripts/tidy.test.ts)`]
  return importsOf(text).flatMap(({ specifier, line, isType }) => {
    const target = targetOf(path, specifier)
    if (target === undefined) return []
    const to = placeOf(target)
    const isAllowed =
      to === from || reaches(allowed.imports, to) || (isType && reaches(allowed.types ?? [], to))
    const isByName = !specifier.startsWith('.') || workspaceOf(target) === workspaceOf(path)
    if (isAllowed && (isByName || reaches(allowed.imports, '*'))) return []
    if (isAllowed) return [`${path}:${line}: ${specifier} leaves its workspace; import @cutwater/${target}`]
    return [`${path}:${line}: ${from} may not import ${to} (${specifier}); it may import ${show(allowed)}`]
  })
}

function undeclared(manifests: ReadonlyMap<string, ReadonlySet<string>>): Rule {
  return ({ path, text }) => {
    // The root's own tools serve every test; npm links every workspace at the root, where scripts live.
    const isTool = /\.(?:test|contract|fixture|config)\.tsx?$/.test(path)
    const workspace = manifests.has(workspaceOf(path)) ? workspaceOf(path) : '.'
    return importsOf(text).flatMap(({ specifier, line }) => {
      const name = packageOf(specifier)
      if (name === undefined || name === `@cutwater/${workspace}`) return []
      if (manifests.get(workspace)?.has(name) || (isTool && manifests.get('.')?.has(name))) return []
      if (workspace === '.' && name.startsWith('@cutwater/')) return []
      return [`${path}:${line}: ${name} is not in ${posix.join(workspace, 'package.json')}`]
    })
  }
}

function banned({ path, text }: File): readonly string[] {
  if (!/^(?:core|engine)\//.test(path)) return []
  return bannedInCoreAndEngine.flatMap(([pattern, what]) =>
    linesWith(pattern, path, text).map((at) => `${at}: ${what}`),
  )
}

function tooLong({ path, text }: File): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > lineLimit
    ? [`${path}:${lineLimit + 1}: ${lines} lines, at most ${lineLimit}; split it by noun`]
    : []
}

function misnamed({ path }: File): readonly string[] {
  const [stem = '', ...suffixes] = posix.basename(path).split('.')
  if (stem === 'index') return [`${path}:1: a barrel; import the files themselves`]
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(stem) && suffixes.every((suffix) => /^[a-z0-9]+$/.test(suffix))) return []
  return [`${path}:1: name it as a noun, PascalCase.ts, or as a verb, camelCase.ts`]
}

function leftovers({ path, text }: File): readonly string[] {
  const { comments } = readSource(text)
  const found = [...comments.matchAll(/\b(?:TODO|FIXME)\b/g)]
  return found.map((match) => `${path}:${lineOf(text, match.index)}: ${match[0]}: do it, or write an issue`)
}

function skipped({ path, text }: File): readonly string[] {
  if (!/\.test\.tsx?$/.test(path)) return []
  return [
    ...linesWith(/\b(?:it|test|describe)(?:\.\w+)*\.skip\(/g, path, text).map(
      (at) => `${at}: skipped without a reason`,
    ),
    ...linesWith(/\b(?:it|test|describe)(?:\.\w+)*\.only\(/g, path, text).map(
      (at) => `${at}: only this one would run`,
    ),
  ]
}

function escapesWithoutReason({ path, text }: File): readonly string[] {
  const { comments } = readSource(text)
  const found = [...comments.matchAll(/tidy-ok(?!: *\S)/g)]
  return found.map((match) => `${path}:${lineOf(text, match.index)}: write the reason, // tidy-ok: reason`)
}

type Import = { readonly specifier: string; readonly line: number; readonly isType: boolean }

/** What a file imports, statically or by `import()`, without a parser. */
function importsOf(text: string): readonly Import[] {
  const { code } = readSource(text)
  const patterns = [
    /\b(?:import|export)\s+(?<type>type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s*as\s+[\w$]+)?)?\s*from\s*['"]/g,
    /(?<type>typeof\s+)?\bimport\s*\(\s*['"`]/g,
    /\bimport\s*['"]/g,
  ]
  return patterns
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map((match) => {
      const start = match.index + match[0].length
      const specifier = /^[^'"`\n]*/.exec(text.slice(start))![0]
      return { specifier, line: lineOf(text, start), isType: match.groups?.type !== undefined }
    })
}

/** Lines where code matches and neither the line nor the one above asks for an exception, as `path:line`. */
function linesWith(pattern: RegExp, path: string, text: string): readonly string[] {
  const { code, comments } = readSource(text)
  const remarks = comments.split('\n')
  const isExcused = (line: number) =>
    [remarks[line - 1], remarks[line - 2]].some((remark) => remark?.includes('tidy-ok:'))
  const lines = [...code.matchAll(pattern)].map((match) => lineOf(code, match.index))
  return lines.filter((line) => !isExcused(line)).map((line) => `${path}:${line}`)
}

/** The file of this repository that an import means; undefined for any other package. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier)
  return /^@cutwater\/(.+)$/.exec(specifier)?.[1]
}

/** The package an import names; undefined for a file and for what Node brings. */
function packageOf(specifier: string): string | undefined {
  if (/^(?:\.|node:|virtual:)/.test(specifier)) return undefined
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0]
}

function placeOf(path: string): string {
  const [workspace = '', second, ...rest] = path.split('/')
  if (second === undefined) return '.'
  const hasRooms = ['core', 'host', 'web'].includes(workspace)
  return hasRooms && (rest.length > 0 || arrows[`${workspace}/${second}`])
    ? `${workspace}/${second}`
    : workspace
}

function workspaceOf(path: string): string {
  return path.includes('/') ? path.split('/')[0]! : '.'
}

function reaches(allowed: readonly string[], place: string): boolean {
  return allowed.some((each) => each === '*' || each === place || place.startsWith(`${each}/`))
}

function show({ imports, types = [] }: Arrows): string {
  return [...imports, ...types.map((place) => `types of ${place}`)].join(', ') || 'nothing of ours'
}

function dependenciesOf(manifest: string): ReadonlySet<string> {
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(manifest)
  return new Set(Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }))
}

/** Everything git keeps or would keep, of the kinds these rules read; generated and borrowed code is not ours. */
function listFiles(): readonly File[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  return listed
    .split('\n')
    .filter((path) => /\.(?:tsx?|m?js|sol)$|(?:^|\/)package\.json$/.test(path))
    .filter((path) => !/(?:^|\/)generated\/|^contracts\/lib\//.test(path) && existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

function check(files: readonly File[], rule: Rule): void {
  expect(files.filter(({ path }) => !path.endsWith('.json')).flatMap(rule)).toEqual([])
}

describe('the rules can fail', () => {
  const problems = (rule: Rule, path: string, ...lines: string[]) => rule({ path, text: lines.join('\n') })

  it.each([
    ['core/units/A.ts', "import { b } from '../ladder/B.ts'"],
    ['core/ladder/A.ts', "import * as B from '../signals/B.ts'"],
    ['core/ladder/A.ts', "export * from '../bridge/B.ts'"],
    ['core/signals/A.ts', "import type { B } from '../ladder/B.ts'"],
    ['core/bridge/findings/A.ts', "import { b } from '../../options/B.ts'"],
    ['core/options/A.ts', "type B = typeof import('../bridge/B.ts')"],
    ['core/bridge/A.ts', "import { b } from '../simulation/B.ts'"],
    ['core/simulation/A.test.ts', "import { b } from '@cutwater/engine/b.ts'"],
    ['engine/a.ts', "import '@cutwater/host/main.ts'"],
    ['engine/a.ts', "import { b } from '@cutwater/contracts/generated/b.ts'"],
    ['host/api/A.ts', "const b = await import('../journal/B.ts')"],
    ['host/report/A.ts', "import { b } from '../api/B.ts'"],
    ['host/chain/A.ts', "import { b } from '@cutwater/lab/b.ts'"],
    ['host/main.ts', "import { b } from '@cutwater/lab/b.ts'"],
    ['lab/a.ts', "import { b } from '@cutwater/host/chain/b.ts'"],
    ['web/a.tsx', "import { type B } from '@cutwater/host/api/B.ts'"],
    ['web/charts/a.ts', "import type { B } from '@cutwater/host/api/B.ts'"],
    ['web/parts/A.tsx', "import { B } from '../pages/B.tsx'"],
    ['host/report/a.ts', "import { b } from '@cutwater/web/client/b.ts'"],
    ['web/a.tsx', "import type { B } from '@cutwater/host/journal/B.ts'"],
    ['contracts/a.ts', "import { b } from '@cutwater/core/b.ts'"],
    ['engine/a.ts', "import { b } from '../core/units/B.ts'"],
    ['core/newRoom/A.ts', ''],
    ['core/A.ts', ''],
  ])('%s: %s', (path, line) => {
    expect(problems(arrowsBroken, path, line)).toEqual([expect.stringContaining(`${path}:1: `)])
  })

  it.each([
    ['core/bridge/findings/A.ts', "import { b } from '../../ladder/B.ts'"],
    ['core/simulation/A.ts', "import type { B } from '../options/deep/B.ts'"],
    ['engine/ports/A.ts', "import { b } from '../replay/b.ts'"],
    ['host/cli/a.ts', "import { b } from '@cutwater/lab/b.ts'"],
    ['host/bin/cutwater.js', "const { main } = await import('../main.ts')"],
    ['web/a.tsx', "import type { B } from '@cutwater/host/api/B.ts'"],
    ['web/a.tsx', "import { B } from './pages/B.tsx'"],
    ['host/report/a.ts', "import { b } from '@cutwater/web/charts/b.ts'"],
    ['bench/a.ts', "import { b } from '../host/journal/B.ts'"],
    ['core/units/A.ts', "// import { b } from '../ladder/B.ts'"],
    ['core/units/A.ts', "const text = `import { b } from '../ladder/B.ts'`"],
    ['core/units/A.ts', "import fc from 'fast-check'"],
  ])('but lets pass %s: %s', (path, line) => {
    expect(problems(arrowsBroken, path, line)).toEqual([])
  })

  it('an arrow is named with its line and what would be right', () => {
    const lines = ['/** why */', 'import {', '  b,', '  type C,', "} from '../signals/B.ts'"]
    expect(problems(arrowsBroken, 'core/ladder/A.ts', ...lines)).toEqual([
      'core/ladder/A.ts:5: core/ladder may not import core/signals (../signals/B.ts); it may import core/units',
    ])
  })

  it('a package that is not declared', () => {
    const rule = undeclared(
      new Map([
        ['.', new Set(['vitest'])],
        ['host', new Set(['viem', '@cutwater/core'])],
      ]),
    )
    const lines = [
      "import 'viem/chains'",
      "import '@cutwater/engine/a.ts'",
      "import 'vitest'",
      "import 'node:fs'",
    ]
    expect(problems(rule, 'host/a.ts', ...lines)).toEqual([
      'host/a.ts:2: @cutwater/engine is not in host/package.json',
      'host/a.ts:3: vitest is not in host/package.json',
    ])
    expect(problems(rule, 'host/a.test.ts', "import 'vitest'", "import '@cutwater/host/b.ts'")).toEqual([])
    expect(problems(rule, 'scripts/a.ts', "import '@cutwater/core/b.ts'", "import 'viem'")).toHaveLength(1)
  })

  it.each([
    'const a = Date.now()',
    `const a = \`\${new Date()}\``,
    'const a = Math.random()',
    'const a = b as any',
    'function f(a: any) {}',
    'export enum A { B }',
    'export default a',
    "const a = '' // tidy-fine: no\nDate.now()",
  ])('in core and engine: %s', (text) => {
    expect(problems(banned, 'core/a.ts', text)).toHaveLength(1)
    expect(problems(banned, 'engine/a.test.ts', text)).toHaveLength(1)
    expect(problems(banned, 'host/a.ts', text)).toEqual([])
  })

  it.each([
    '// Date.now() is not here',
    "const a = 'new Date('",
    'const a = / as any/',
    'Date.now() // tidy-ok: measured, not folded',
    '// tidy-ok: as above\nDate.now()',
    'const anyone = { enumerable: anyway }',
  ])('but lets pass in core: %s', (text) => {
    expect(problems(banned, 'core/a.ts', text)).toEqual([])
  })

  it('a file of 501 lines, and not one of 500', () => {
    expect(problems(tooLong, 'web/a.tsx', 'a\n'.repeat(501))).toHaveLength(1)
    expect(problems(tooLong, 'web/a.tsx', 'a\n'.repeat(500))).toEqual([])
  })

  it('names of files', () => {
    const wrong = [
      'core/a-b.ts',
      'core/a_b.test.ts',
      'host/index.ts',
      'web/index.tsx',
      'core/2d.ts',
      'core/a.Test.ts',
    ]
    const right = ['core/units/Usd.ts', 'core/tilt.test.ts', 'contracts/test/Guard.t.sol', 'vitest.config.ts']
    expect(wrong.filter((path) => problems(misnamed, path).length === 0)).toEqual([])
    expect(right.filter((path) => problems(misnamed, path).length > 0)).toEqual([])
  })

  it('leftovers in comments, not in code', () => {
    expect(problems(leftovers, 'a.sol', 'uint a; // TODO b')).toHaveLength(1)
    expect(problems(leftovers, 'a.ts', '/*', ' * FIXME', ' */')).toEqual([
      'a.ts:2: FIXME: do it, or write an issue',
    ])
    expect(problems(leftovers, 'a.ts', "const TODO = 'TODO'")).toEqual([])
  })

  it('skipped and singled-out tests', () => {
    for (const line of ["it.skip('a')", "describe.concurrent.skip('a')", "test.only('a')"]) {
      expect(problems(skipped, 'core/a.test.ts', line), line).toHaveLength(1)
    }
    for (const line of ["it.skipIf(b)('a')", "it.skip('a') // tidy-ok: needs chromium", 'rows.skip(1)']) {
      expect(problems(skipped, 'core/a.test.ts', line), line).toEqual([])
    }
  })

  it('an exception without a reason', () => {
    expect(problems(escapesWithoutReason, 'a.ts', 'a() // tidy-ok', 'b() // tidy-ok: ')).toHaveLength(2)
    expect(problems(escapesWithoutReason, 'a.ts', 'a() // tidy-ok: why')).toEqual([])
  })
})
