/** One source text as two of the same length and lines: code without what is quoted, and comments alone. */
export type Source = {
  /** comments and the contents of strings, templates and regular expressions are blank */
  readonly code: string
  /** everything but comments is blank */
  readonly comments: string
}

/**
 * Tells code from comments and from quoted text in TypeScript and Solidity, by a scan, not a parser.
 *
 * Good enough for the house's own style: a regular expression is told from a division by what stands before it,
 * and an apostrophe in JSX text spoils the rest of its own line only.
 *
 * @example
 * readSource("a = 'b' // c").code // "a = ' '     "
 * readSource("a = 'b' // c").comments // '        // c'
 */
export function readSource(text: string): Source {
  let code = ''
  let comments = ''
  // Where each open template goes on after `${ … }`, as a depth of braces; `null` is a template being read.
  const templates: (number | null)[] = []
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const inTemplate = templates.at(-1) === null
    const token = inTemplate ? matchAt(templateText, text, at) : nextToken(text, at, code)
    at += token.length
    const isComment = !inTemplate && /^\/[/*]/.test(token)
    comments += isComment ? token : blank(token)
    if (isComment) code += blank(token)
    else code += inTemplate ? blankTemplate(token) : blankQuoted(token)

    if (inTemplate && token.endsWith('${')) templates[templates.length - 1] = depth++
    else if (inTemplate) templates.pop()
    else if (token === '`') templates.push(null)
    else if (token === '{') depth++
    else if (token === '}' && --depth === templates.at(-1)) templates[templates.length - 1] = null
  }
  return { code, comments }
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

const templateText = /(?:\\[\s\S]?|(?!\$\{)[^`\\])*(?:`|\$\{|$)/y
const comment = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y
const quoted = /'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/y
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y
const plain = /[^'"`/{}]+|[\s\S]/y

function nextToken(text: string, at: number, before: string): string {
  return (
    matchAt(comment, text, at) ||
    matchAt(quoted, text, at) ||
    (expectsValue(before) && matchAt(regularExpression, text, at)) ||
    matchAt(plain, text, at)
  )
}

/** Whether a slash here begins a regular expression: after a value it would divide. */
function expectsValue(before: string): boolean {
  const end = before.slice(-40).trimEnd()
  return end === '' || /[([{,;:=!&|?+*%~^>]$|\b(?:return|typeof|case|of|in|await)$/.test(end)
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function blank(token: string): string {
  return token.replace(/[^\n]/g, ' ')
}

function blankQuoted(token: string): string {
  return /^["'/]./.test(token) ? token[0] + blank(token.slice(1, -1)) + token.at(-1) : token
}

function blankTemplate(token: string): string {
  const end = token.endsWith('${') ? '${' : '`'
  return blank(token.slice(0, -end.length)) + end
}
