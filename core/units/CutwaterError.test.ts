import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CutwaterError } from './CutwaterError.ts'

describe('CutwaterError', () => {
  it('says where, what, what would be right, and the code, in this order', () => {
    const error = new CutwaterError('PORT_TAKEN', 'port 80 is taken', {
      where: 'cutwater.yaml:3',
      right: 'a free port',
    })
    expect(error.message).toBe('cutwater.yaml:3: port 80 is taken; expected a free port [PORT_TAKEN]')
  })

  it('leaves out what it was not told', () => {
    expect(new CutwaterError('PORT_TAKEN', 'port 80 is taken').message).toBe('port 80 is taken [PORT_TAKEN]')
    expect(new CutwaterError('X', 'x', { where: undefined, right: undefined }).message).toBe('x [X]')
  })

  it('is an Error with a name, a stack and its facts', () => {
    const error = new CutwaterError('X', 'x', { facts: { block: 7, final: false } })
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe('CutwaterError')
    expect(error.stack).toContain('CutwaterError.test.ts')
    expect(error.facts).toEqual({ block: 7, final: false })
    expect(new CutwaterError('X', 'x').facts).toEqual({})
  })

  it('carries its cause, and shows none where there is none', () => {
    const cause = new Error('refused')
    expect(new CutwaterError('X', 'x', { cause }).cause).toBe(cause)
    expect(Object.hasOwn(new CutwaterError('X', 'x'), 'cause')).toBe(false)
    expect(inspect(new CutwaterError('X', 'x'))).not.toContain('[cause]')
  })

  it('law: the message begins with where, holds what and ends with the code', () => {
    const word = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(word, word, word, word, (code, what, where, right) => {
        const { message } = new CutwaterError(code, what, { where, right })
        expect(message).toBe(`${where}: ${what}; expected ${right} [${code}]`)
      }),
    )
  })
})
