import { describe, expect, it } from 'vitest'
import { lineOf, readSource } from './readSource.ts'

describe('readSource', () => {
  it('blanks comments and what is quoted, and keeps every character in its place', () => {
    const text = `const a = 'x // y' // why 'so'\n/* const */ b = "it's" /* 1\n2 */ + c\n`
    const { code, comments } = readSource(text)
    expect(code).toBe(`const a = '      '            \n            b = "    "     \n     + c\n`)
    expect(comments).toBe(`                   // why 'so'\n/* const */            /* 1\n2 */    \n`)
  })

  it('keeps the code inside a template, whatever is nested in it', () => {
    const text = `a = \`x \${f({ b: \`}\${c}\` })} // y\` + d // e\ng`
    const { code, comments } = readSource(text)
    expect(code).toBe(`a = \`  \${f({ b: \` \${c}\` })}     \` + d     \ng`)
    expect(comments.trim()).toBe('// e')
  })

  it('tells a regular expression from a division', () => {
    expect(readSource(`a = /['"]/.test(b) // 'c'`).code.trim()).toBe('a = /    /.test(b)')
    expect(readSource(`[/\\/[/]'/g, 1] // c`).code.trim()).toBe('[/       g, 1]')
    expect(readSource(`a = b / c / d // 'e'`).code.trim()).toBe('a = b / c / d')
    expect(readSource(`return /'/.test(f()) / 'x'.length`).code).toBe(`return / /.test(f()) / ' '.length`)
  })

  it('lets an apostrophe in JSX text spoil no other line', () => {
    expect(readSource(`<p>don't</p>\n// note`).comments.trim()).toBe('// note')
  })

  it('has code and comments of the same length as the text, also where it ends too soon', () => {
    for (const text of ["'", '`', '`${', '/*', '//', '/', '`a${`b', '`\\', '"\\', '}', '{']) {
      const { code, comments } = readSource(text)
      expect([code.length, comments.length], text).toEqual([text.length, text.length])
    }
  })

  it('counts lines from 1', () => {
    expect([0, 1, 2, 4].map((offset) => lineOf('a\nb\nc', offset))).toEqual([1, 1, 2, 3])
  })
})
