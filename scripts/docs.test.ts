import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'
import { program } from '@cutwater/host/main.ts'
import { describe, expect, it } from 'vitest'
import { type Files, smallFiles } from '../host/history/smallFolder.fixture.ts'

// What the documents promise, checked: links, commands, flags, decisions, dependencies, examples. And what must not
// stand in any text: a path of a machine, the host of a registry.

type File = { readonly path: string; readonly text: string }

const files = listFiles()
const pages = files.filter(({ path }) => path.endsWith('.md'))
const guides = pages.filter(({ path }) => ['README.md', 'CONTRIBUTING.md', 'docs/runbooks.md'].includes(path))
const readme = pages.find(({ path }) => path === 'README.md')!.text
const helps = helpsOf(await program())
// An argument that looks like a command of a command is helped by the command itself, as by --help.
const help = (...names: string[]) => helps.get(names.join(' ')) ?? helps.get(names[0]!) ?? ''
const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)

describe('the documents', () => {
  it('link only to what is there', () => {
    expect(pages.flatMap((page) => brokenLinks(page, textOf))).toEqual([])
  })

  it('name only scripts and files that exist', () => {
    expect(guides.flatMap((page) => unknownScripts(page, scripts))).toEqual([])
    expect(guides.flatMap((page) => unknownFiles(page, existsSync))).toEqual([])
  })

  it('name only commands and flags of cutwater that exist', () => {
    expect(guides.flatMap((page) => unknownCommands(page, help))).toEqual([])
  })

  it('give a newcomer the two commands', () => {
    expect(readme).toContain('npm ci && npm start')
    expect(readme).toContain('npm ci && npm test')
  })

  it('are named rightly by comments in code', () => {
    const named = files.flatMap(({ text }) => text.match(/docs\/decisions\/[\w-]+\.md/g) ?? [])
    expect(named.filter((path) => !existsSync(path))).toEqual([])
  })

  it('carry no path of a machine and no host of a registry', () => {
    // This file plants some, below.
    const others = files.filter(({ path }) => path !== 'scripts/docs.test.ts')
    expect(others.flatMap((file) => leaks(file, [process.cwd(), homedir()], registryHost()))).toEqual([])
  })
})

describe('the decisions', () => {
  const decisions = pages.filter(({ path }) => path.startsWith('docs/decisions/'))

  it('are numbered from 0001 without a gap', () => {
    const numbers = decisions.map(({ path }) => Number(posix.basename(path).slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it('say context, choice, cost, and how we would notice it was wrong', () => {
    const parts = ['**Context.**', '**Choice', '**Cost', '**How we would notice it was wrong.**']
    expect(decisions.filter(({ text }) => !parts.every((part) => text.includes(part)))).toEqual([])
  })

  it('give a reason for every dependency, and for none that is gone', () => {
    const page = decisions.find(({ path }) => path.includes('dependencies'))!.text
    const explained = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!)
    const declared = files
      .filter(({ path }) => /^(?:[^/]+\/)?package\.json$/.test(path))
      .flatMap(({ text }) => dependenciesOf(text))
    expect(new Set(explained)).toEqual(new Set([...declared, 'node:sqlite']))
  })
})

describe('the README on a folder of history', () => {
  const described = columnsIn(readme)

  it('names columns that are enough, and each of which is needed', () => {
    expect(load(withColumns(smallFiles(), described)).observations).not.toEqual([])
    for (const [file, { required }] of described) {
      for (const column of required) {
        const others = required.filter((each) => each !== column)
        const less = new Map(described).set(file, { required: others, optional: [] })
        expect(() => load(withColumns(smallFiles(), less)), `${file} without ${column}`).toThrow(column)
      }
    }
  })

  it('shows a bridge.yaml that can be read', () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)![1]!
    const rows = smallFiles()
    const legs = String(rows['events.csv']).split('\n')[0]!
    const [at, address] = ['1650000000', `0x${'1'.repeat(40)}`]
    const leg = `${at},1,0x${'7'.repeat(64)},0,Deposited,5,${address},0x${'2'.repeat(40)},${address},${address},7,10,,`
    const prices = String(rows['prices.csv'])
    const { bridge, observations } = load({
      'bridge.yaml': yaml,
      'legs.csv': `${legs}\n${leg}\n`,
      'prices.csv': prices,
    })
    expect(bridge).toMatchObject({ name: 'My bridge', synthetic: false })
    expect(observations.find(({ kind }) => kind === 'lock')).toMatchObject({ chain: 1, amount: 7n })
  })
})

it('package-lock.json carries no address to download from', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string }>
  }
  expect(
    Object.values(packages).flatMap(({ resolved }) => (resolved?.includes(':') ? [resolved] : [])),
  ).toEqual([])
})

/** Links and images of a page that lead nowhere, headings included. */
function brokenLinks({ path, text }: File, read: (path: string) => string | undefined): readonly string[] {
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^(?:[a-z]+:|\/\/)/.test(target)) return []
    const [file = '', anchor] = target.split('#')
    const to = file === '' ? path : posix.join(posix.dirname(path), file)
    const found = read(to)
    if (found === undefined) return [`${path}: ${target} is not there`]
    const isHeading = anchor === undefined || headingsOf(found).includes(anchor)
    return isHeading ? [] : [`${path}: ${target} has no such heading`]
  })
}

function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function unknownScripts({ path, text }: File, known: readonly string[]): readonly string[] {
  const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(
    (match) => match[1] ?? match[2]!,
  )
  return named.filter((name) => !known.includes(name)).map((name) => `${path}: there is no script ${name}`)
}

/** Scripts of ours that a page tells its reader to run. */
function unknownFiles({ path, text }: File, exists: (path: string) => boolean): readonly string[] {
  const named = [...text.matchAll(/(?:\bnode |(?<=[\s`]))((?:scripts|bench|\.ci)\/[\w./-]*\w)/g)].map(
    (match) => match[1]!,
  )
  return named.filter((file) => !exists(file)).map((file) => `${path}: there is no file ${file}`)
}

/** Commands of cutwater, and flags on their lines, that its own help does not name. */
function unknownCommands({ path, text }: File, helpOf: (...args: string[]) => string): readonly string[] {
  return [...text.matchAll(/\bcutwater (-?[a-z][\w-]*)([^\n`#]*)/g)].flatMap(
    ([line, command = '', rest = '']) => {
      if (!new RegExp(`^  ${command}\\b`, 'm').test(helpOf())) return [`${path}: there is no command ${line}`]
      const flags = rest.match(/(?<= )--[a-z][\w-]*/g) ?? []
      // A command may have commands of its own.
      const [, inner = ''] = /^ ([a-z][\w-]*)/.exec(rest) ?? []
      const isCommand = inner !== '' && new RegExp(`^  ${inner}\\b`, 'm').test(helpOf(command))
      const known = isCommand ? helpOf(command, inner) : helpOf(command)
      return flags
        .filter((flag) => !new RegExp(`${flag}\\b`).test(known))
        .map((flag) => `${path}: ${command} has no ${flag}`)
    },
  )
}

/** Lines with a path that exists on one machine only, or a host that serves packages. */
function leaks({ path, text }: File, ours: readonly string[], host: string | undefined): readonly string[] {
  const places = ours.filter((place) => place.length > 5)
  const isLeak = (line: string) =>
    /(?<![\w.~-])\/(?:home|Users|root|work|mnt)\/\w/.test(line) ||
    /\b[A-Z]:\\\w/.test(line) ||
    /\bregistry\.[\w-]+\.[a-z]/.test(line) ||
    places.some((place) => line.includes(place)) ||
    (host !== undefined && line.includes(host))
  return text.split('\n').flatMap((line, at) => (isLeak(line) ? [`${path}:${at + 1}: ${line.trim()}`] : []))
}

/** The host this machine fetches packages from, as npm tells the scripts it runs. */
function registryHost(): string | undefined {
  const registry = process.env.npm_config_registry
  const host = registry && URL.canParse(registry) ? new URL(registry).hostname : undefined
  return host && !/^(?:localhost|127\.|\[?::1)/.test(host) ? host : undefined
}

type Program = Awaited<ReturnType<typeof program>>

/** What `--help` prints of the program and of each command in it, by its name: '', 'lab', 'lab run'. */
function helpsOf(command: Program, name = ''): ReadonlyMap<string, string> {
  const inner = command.commands.flatMap((each) => [...helpsOf(each, `${name} ${each.name()}`.trim())])
  return new Map([[name, command.helpInformation()], ...inner])
}

type Columns = { readonly required: readonly string[]; readonly optional: readonly string[] }

/** The README's table of files and columns. */
function columnsIn(text: string): ReadonlyMap<string, Columns> {
  const rows = [...text.matchAll(/^\| `(\w+\.csv)` \| ([^|]+) \|/gm)]
  const wordsOf = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1]!)
  return new Map(
    rows.map(([, file = '', cell = '']) => {
      const [required, optional] = cell.split('optional')
      return [file, { required: wordsOf(required), optional: wordsOf(optional) }]
    }),
  )
}

/** The same tables with no other columns than these; no cell of them is quoted. */
function withColumns(tables: Files, columns: ReadonlyMap<string, Columns>): Files {
  const cut = Object.entries(tables).map(([file, content]) => {
    const { required, optional } = columns.get(file)!
    const rows = String(content)
      .split('\n')
      .map((line) => line.split(','))
    const places = rows[0]!.flatMap((name, at) => ([...required, ...optional].includes(name) ? [at] : []))
    const keep = (row: readonly string[]) => places.map((at) => row[at]).join(',')
    return [file, rows.map((row) => (row.length > 1 ? keep(row) : '')).join('\n')]
  })
  return Object.fromEntries(cut)
}

function load(tables: Files) {
  const dir = mkdtempSync(join(tmpdir(), 'cutwater-docs-'))
  try {
    for (const [name, content] of Object.entries(tables)) writeFileSync(join(dir, name), content)
    return loadHistory(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function dependenciesOf(manifest: string): readonly string[] {
  const { dependencies, devDependencies } = JSON.parse(manifest)
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@cutwater/'))
}

function textOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  return path.endsWith('.md') ? readFileSync(path, 'utf8') : ''
}

/** Every text that git keeps or would keep. */
function listFiles(): readonly File[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'))
}

describe('the rules can fail', () => {
  const page = (...lines: string[]) => ({ path: 'docs/a.md', text: lines.join('\n') })

  it('a link that leads nowhere, and a heading that is not there', () => {
    const read = (path: string) => (path === 'docs/b.md' ? '# One two' : path === 'c.ts' ? '' : undefined)
    const good = page('[b](b.md) [c](../c.ts) [h](b.md#one-two) [w](https://a.b/c) `[x](x.md)`')
    expect(brokenLinks(good, read)).toEqual([])
    const bad = page('[b](c.md) ![h](b.md#two)')
    expect(brokenLinks(bad, read)).toEqual([
      'docs/a.md: c.md is not there',
      'docs/a.md: b.md#two has no such heading',
    ])
  })

  it('a script, a file, a command and a flag that do not exist', () => {
    expect(unknownScripts(page('npm ci && npm start', 'npm run tets'), ['start'])).toHaveLength(1)
    expect(unknownFiles(page('`npx node scripts/a.ts x`', '.ci/run'), (path) => path === '.ci/run')).toEqual([
      'docs/a.md: there is no file scripts/a.ts',
    ])
    const helpOf = (command?: string) =>
      command ? '  --seed <n>  seed' : 'Commands:\n  replay [options]  fold'
    const lines = page('cutwater replay --seed 1 # --not', 'cutwater replay x --sed', '`cutwater reply`')
    expect(unknownCommands(lines, helpOf)).toEqual([
      'docs/a.md: replay has no --sed',
      'docs/a.md: there is no command cutwater reply',
    ])
  })

  it.each(['/home/a', 'see /Users/a.', 'C:\\a', 'https://registry.a.b/c', '/some/place/x', 'my.host'])(
    'a leak: %s',
    (text) => {
      expect(leaks(page('fine', text), ['/some/place'], 'my.host')).toEqual([`docs/a.md:2: ${text}`])
    },
  )

  it.each([
    '#!/usr/bin/env bash',
    'a/home/b',
    'https://a.b/work/c',
    '../shared/data',
    'a registry. It',
    'registry.isKnown(id)',
  ])('no leak: %s', (text) => {
    expect(leaks(page(text), ['/some/place'], undefined)).toEqual([])
  })
})
