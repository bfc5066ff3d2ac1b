/**
 * The one error of the house: what happened, where, and what would be right.
 *
 * `code` is stable and part of the contract; `what` happened; `where` is a path, line, chain or block; `facts` are the values
 * a log should keep.
 *
 * @example
 * new CutwaterError('CSV_NUMBER_MALFORMED', 'amount is "12x"', { where: 'events.csv:7', right: 'a whole number, such as 13000000' }).message
 * // 'events.csv:7: amount is "12x"; expected a whole number, such as 13000000 [CSV_NUMBER_MALFORMED]'
 */
export class CutwaterError extends Error {
  readonly code: string
  readonly what: string
  readonly where: string | undefined
  readonly right: string | undefined
  readonly facts: Facts

  constructor(code: string, what: string, options: Options = {}) {
    const { where, right, facts = {}, cause } = options
    const message = `${where ? `${where}: ` : ''}${what}${right ? `; expected ${right}` : ''} [${code}]`
    // An error given `cause: undefined` would own the property and print it on every line of a log.
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CutwaterError'
    this.code = code
    this.what = what
    this.where = where
    this.right = right
    this.facts = facts
  }
}

export type Facts = Readonly<Record<string, string | number | boolean | null>>

export type Options = {
  readonly where?: string | undefined
  readonly right?: string | undefined
  readonly facts?: Facts | undefined
  readonly cause?: unknown
}
