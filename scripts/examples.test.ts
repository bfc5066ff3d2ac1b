import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CutwaterError } from '../core/units/CutwaterError.ts'
import { lineOf, readSource } from './readSource.ts'

// Every `@example` in core and engine is run, and each value that stands in a comment behind an expression, or on
// the line below it, is compared:
//
//   Usd.format(1301) // '$13.01'
//   Rate.decay(3, 1) // ≈ 0.7937                equal to the digits that are written
//   Amount.parse('x', 6) // throws AMOUNT_MALFORMED
//   const state = Ratchet.start(0, 0)           set-up, as it has no value behind it
//
// Every file of core and engine is in reach by its own name: a noun as a namespace, a verb as the function, and a
// class by its name. The file's own exports are in reach as they are.

type Example = { readonly path: string; readonly line: number; readonly lines: readonly string[] }

/** A statement of an example, with the text of the value it should have, when one is written. */
type Statement = { readonly code: string; readonly line: number; readonly value: string | undefined }

const listing = ['ls-files', '--cached', '--others', '--exclude-standard', 'core', 'engine']
const files = execFileSync('git', listing, { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /(?<!\.(?:test|contract|fixture))\.ts$/.test(path) && existsSync(path))

const AsyncFunction = (async () => {}).constructor as FunctionConstructor

describe('every @example is true', () => {
  const examples = files.flatMap((path) => examplesOf(path, readFileSync(path, 'utf8')))
  it.each(examples.map((example) => [`${example.path}:${example.line}`, example] as const))(
    '%s',
    async (_, example) => {
      await run(example)
    },
  )
})

it('no @example is overlooked', () => {
  const overlooked = files.filter((path) => {
    const text = readFileSync(path, 'utf8')
    return examplesOf(path, text).length !== [...readSource(text).comments.matchAll(/@example/g)].length
  })
  expect(overlooked).toEqual([])
})

/** The examples of a file's doc comments, each with the line of its first line. */
function examplesOf(path: string, text: string): readonly Example[] {
  const { comments } = readSource(text)
  return [...comments.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/^\s*\*\s*@example[^\n]*\n([\s\S]*?)(?=^\s*\*\s*@\w|\s*\*\/)/gm)].map((match) => {
      const start = comment.index + match.index + match[0].length - match[1]!.length
      const lines = match[1]!.split('\n').map((line) => line.replace(/^\s*\*? ?/, ''))
      return {
        path,
        line: lineOf(text, start),
        lines: lines.map((line) => (line.startsWith('```') ? '' : line)),
      }
    }),
  )
}

/**
 * Cuts an example into statements: one ends where its value is written, or where what stands so far is complete
 * and the next line does not go on with it.
 */
function statementsOf({ lines, line }: Example): readonly Statement[] {
  const written = lines
    .map((text, at) => ({ text, line: line + at }))
    .filter(({ text }) => text.trim() !== '')
  const statements: Statement[] = []
  let code = ''
  let start = line
  for (let at = 0; at < written.length; at++) {
    const { text } = written[at]!
    const source = readSource(text)
    if (code === '') start = written[at]!.line
    code = `${code}\n${text.slice(0, source.code.trimEnd().length)}`.trim()
    let value = source.comments.trim() === '' ? undefined : valueIn(source.comments)
    while (value !== undefined && isLoneComment(written[at + 1]?.text))
      value += `\n${valueIn(written[++at]!.text)}`
    const next = written[at + 1]?.text ?? ''
    const goesOn = isLoneComment(next) || /^\s*[.?&|+*)\]}]/.test(next)
    if (code !== '' && (value !== undefined || (!goesOn && isComplete(code)))) {
      statements.push({ code, line: start, value })
      code = ''
    }
  }
  return code === '' ? statements : [...statements, { code, line: start, value: undefined }]
}

/** Runs an example as one function, so that its statements share their variables. */
async function run(example: Example): Promise<void> {
  const statements = statementsOf(example)
  const names = await namesFor(example.path, statements.map(({ code }) => code).join('\n'))
  const steps = statements.map(({ code, value, line }) => {
    if (value === undefined) return code
    return `await $compare('${example.path}:${line}', async () => (${code}), ${JSON.stringify(value)})`
  })
  try {
    // A block of its own lets an example name a variable as the file names an export.
    const body = new AsyncFunction(
      '$compare',
      ...Object.keys(names),
      `'use strict'\n{\n${steps.join('\n;')}\n}`,
    )
    await body(compare, ...Object.values(names))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.message.startsWith(`${example.path}:`)) throw error
    throw new Error(`${example.path}:${example.line}: does not run: ${error}`, { cause: error })
  }
}

async function compare(where: string, evaluate: () => Promise<unknown>, value: string): Promise<void> {
  const [throws, code] = /^throws\b\s*(\w*)$/.exec(value) ?? []
  if (throws !== undefined) {
    expect(await codeThrownBy(evaluate), where).toMatch(code ? new RegExp(`^${code}$`) : /./)
    return
  }
  const [almost] = /^≈\s*/.exec(value) ?? ['']
  const text = value.slice(almost.length)
  const expected = literal(where, almost ? closeTo(text) : text)
  expect(await evaluate().catch((error) => fail(where, error)), where).toEqual(expected)
}

async function codeThrownBy(evaluate: () => Promise<unknown>): Promise<string> {
  try {
    await evaluate()
  } catch (error) {
    return error instanceof CutwaterError ? error.code : String(error)
  }
  return ''
}

function literal(where: string, text: string): unknown {
  try {
    return new Function('near', `'use strict'\nreturn (${text}\n)`)((value: number, digits: number) =>
      expect.closeTo(value, digits),
    )
  } catch (error) {
    return fail(where, `the comment is not a value: ${error}`)
  }
}

/** Wraps each number of a literal so that it need only agree to the digits written. */
function closeTo(text: string): string {
  const number = /(?<![\w.$])-?\d[\d_]*(?:\.(?<digits>\d+))?(?:e(?<exponent>[+-]?\d+))?(?![\w.])/g
  let wrapped = ''
  let after = 0
  for (const match of readSource(text).code.matchAll(number)) {
    const { digits = '', exponent = '0' } = match.groups!
    wrapped += `${text.slice(after, match.index)}near(${match[0]}, ${digits.length - Number(exponent)})`
    after = match.index + match[0].length
  }
  return wrapped + text.slice(after)
}

function fail(where: string, what: unknown): never {
  throw new Error(`${where}: ${what}`, { cause: what })
}

function isLoneComment(line: string | undefined): boolean {
  return line?.trimStart().startsWith('//') === true
}

function valueIn(comment: string): string {
  return comment.replace(/^\s*\/\/\s*/, '').trimEnd()
}

function isComplete(code: string): boolean {
  try {
    return new AsyncFunction(code) !== undefined
  } catch {
    return false
  }
}

/** Imports what an example names: its own file's exports, and any file of core or engine by the file's name. */
async function namesFor(path: string, code: string): Promise<Record<string, unknown>> {
  const words = new Set(readSource(code).code.match(/(?<=\.{3}|[^.\w$]|^)[A-Za-z_$][\w$]*/g))
  const names: Record<string, unknown> = {}
  // The file itself comes last, to prevail over another of its name.
  for (const file of [...files.filter((each) => each !== path), path]) {
    const stem = basename(file, '.ts')
    if (file !== path && !words.has(stem)) continue
    const module = await import(pathToFileURL(resolve(file)).href)
    if (file === path) for (const name of Object.keys(module)) if (words.has(name)) names[name] = module[name]
    if (words.has(stem)) names[stem] = module[stem] ?? module
  }
  return names
}

describe('an @example that is not true fails', () => {
  const path = 'core/units/UnixTime.ts'
  const runLines = (...lines: string[]) => run({ path, line: 1, lines })

  it.each([
    [
      ['UnixTime.parse("1970-01-02") // 86401'],
      'core/units/UnixTime.ts:1: expected 86400 to deeply equal 86401',
    ],
    [['UnixTime.day', '', '// 1'], 'core/units/UnixTime.ts:1: expected 86400'],
    [['const a = 1', 'UnixTime.day // a day'], 'core/units/UnixTime.ts:2: the comment is not a value'],
    [['UnixTime.dya() // 1'], 'core/units/UnixTime.ts:1: TypeError: UnixTime.dya is not a function'],
    [['const a = b'], 'core/units/UnixTime.ts:1: does not run: ReferenceError: b is not defined'],
    [['const a = {'], 'core/units/UnixTime.ts:1: does not run: SyntaxError'],
    [['1 / 3 // ≈ 0.334'], 'core/units/UnixTime.ts:1: expected 0.333'],
    [['[1n] // [1]'], 'core/units/UnixTime.ts:1: expected [ 1n ] to deeply equal [ 1 ]'],
    [
      ['Rate.decay(-1, 1) // throws RATE_DECAY'],
      "core/units/UnixTime.ts:1: expected 'RATE_DECAY_INVALID' to match",
    ],
    [['Rate.decay(1, 1) // throws'], "core/units/UnixTime.ts:1: expected '' to match"],
  ])('%j', async (lines, message) => {
    await expect(runLines(...lines)).rejects.toThrow(message)
  })

  it.each([
    [['UnixTime.day // 86400']],
    [['// a remark', 'const day = 2 * UnixTime.day', '', 'day', '// 172800']],
    [['Layer.map((layer) => {', '  return layer', "}) // { near: 'near',", "// mid: 'mid', far: 'far' }"]],
    [['[1 / 3, { a: "0.5", b: [1e-7 / 3] }] // ≈ [0.333, { a: "0.5", b: [3.33e-8] }]']],
    [['Rate.decay(-1, 1) // throws RATE_DECAY_INVALID']],
    [['new CutwaterError("A", "b").message // "b [A]"']],
    [['Usd.format(', '  1300', '    + 1', ')', '// "$13.01"']],
    [['const later = Promise.resolve(undefined)', 'await later // undefined']],
  ])('but this one passes: %j', async (lines) => {
    await runLines(...lines)
  })

  it('is found in a doc comment, with its line', () => {
    const text = [
      'a()',
      '/**',
      ' * A sum.',
      ' *',
      ' * @example',
      ' * add(1,',
      ' *   2) // 3',
      ' * @param a b',
      ' */',
    ]
    const [example, ...others] = examplesOf('a.ts', text.join('\n'))
    expect(others).toEqual([])
    expect(statementsOf(example!)).toEqual([{ code: 'add(1,\n  2)', line: 6, value: '3' }])
  })
})
