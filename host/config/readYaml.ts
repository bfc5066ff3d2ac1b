import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml'
import * as z from 'zod'
import { readBytes } from './readBytes.ts'

export type Yaml<Value> = {
  readonly value: Value
  /** file and line of a path into the document */
  readonly place: (path: Path) => string
}

export type Path = readonly PropertyKey[]

/**
 * Reads a YAML file that must fit `schema`.
 *
 * Fails on the first thing that is wrong, with `FILE_*` or `YAML_*`, its line, its path and, where a key or a
 * word is unknown, the nearest known one.
 */
export function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): Yaml<z.output<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(readBytes(file).toString('utf8'), {
    lineCounter: lines,
    prettyErrors: false,
  })
  if (document.errors[0]) throw syntaxError(file, lines, document.errors[0])
  const input = plain(file, document)
  const place = (path: Path) => `${file}:${lineOf(document, lines, path)}`
  const result = schema.safeParse(input)
  if (!result.success) throw fitError(schema, input, result.error.issues, place)
  return { value: result.data, place }
}

/**
 * A path as a person writes it.
 *
 * @example
 * pathText(['chains', 0, 'id']) // 'chains[0].id'
 */
export function pathText(path: Path): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
  return steps.join('').replace(/^\./, '')
}

function plain(file: string, document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CutwaterError('YAML_SYNTAX', reason, { where: file, right: 'plain YAML', cause })
  }
}

/** The line of a path: of its key where it has one, of its parent where the path leads nowhere. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      : undefined
    node = pair
      ? pair.value
      : isNode(node) && 'get' in node
        ? (node.get as Get).call(node, step, true)
        : undefined
    offset = (pair ? startOf(pair.key) : startOf(node)) ?? offset
  }
  return lines.linePos(offset).line
}

type Get = (key: unknown, keepScalar: boolean) => unknown

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

/** The keys the schema knows at a path. */
function knownKeys(schema: unknown, path: Path): string[] {
  const bare = unwrapped(schema)
  const [step, ...rest] = path
  if (bare instanceof z.ZodObject)
    return step === undefined ? Object.keys(bare.shape) : knownKeys(bare.shape[String(step)], rest)
  if (bare instanceof z.ZodArray) return knownKeys(bare.element, rest)
  if (bare instanceof z.ZodUnion)
    return [...new Set(bare.options.flatMap((option) => knownKeys(option, path)))]
  return []
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return unwrapped(schema.unwrap())
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step], input)
}

type Issue = z.ZodError['issues'][number]

function fitError(
  schema: z.ZodType,
  input: unknown,
  issues: readonly Issue[],
  place: Yaml<unknown>['place'],
) {
  // A misspelt key is often also a missing one; saying which word is wrong is the shorter way.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0]!]
    const right = choice(issue.keys[0]!, knownKeys(schema, issue.path))
    return new CutwaterError('YAML_KEY_UNKNOWN', `${pathText(path)} is not a known key`, {
      where: place(path),
      right,
    })
  }
  const found = valueAt(input, issue.path)
  const name = issue.path.length > 0 ? pathText(issue.path) : 'the document'
  const where = place(issue.path)
  if (found === undefined)
    return new CutwaterError('YAML_KEY_MISSING', `${name} is missing`, { where, right: wanted(issue, found) })
  const code = issue.code === 'invalid_type' ? 'YAML_TYPE_WRONG' : 'YAML_VALUE_INVALID'
  return new CutwaterError(code, `${name} is ${described(found)}`, { where, right: wanted(issue, found) })
}

function wanted(issue: Issue, found: unknown): string {
  if (issue.code === 'invalid_value') return choice(String(found), issue.values.map(String))
  const right = typeNames[/^Invalid input: expected (\w+)/.exec(issue.message)?.[1] ?? ''] ?? issue.message
  // An unquoted 0x… is a number to YAML, and a rounded one.
  const isNumberForText =
    issue.code === 'invalid_type' && issue.expected === 'string' && typeof found === 'number'
  return isNumberForText ? `${right}; put it in quotes` : right
}

// A schema's own messages say what would be right; these stand in for zod's.
const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
}

function described(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'keys with values'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

function syntaxError(file: string, lines: LineCounter, error: YAMLError): CutwaterError {
  const code = error.code === 'DUPLICATE_KEY' ? 'YAML_KEY_DUPLICATE' : 'YAML_SYNTAX'
  return new CutwaterError(code, error.message.replace(/\s+/g, ' '), {
    where: `${file}:${lines.linePos(error.pos[0]).line}`,
    right: code === 'YAML_SYNTAX' ? 'valid YAML' : 'each key once',
    cause: error,
  })
}
