import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** One thing that an acting watch needs, looked at before it is needed. */
export type Check = {
  readonly name: string
  /** the node, chain, file or channel it was looked at */
  readonly where: string
  /** `warning` works today and fails on a bad day; `error` does not work */
  readonly state: State
  readonly what: string
  /** what would be right; null where all is well */
  readonly right: string | null
}

export type State = 'ok' | 'warning' | 'error'

export function ok(name: string, where: string, what: string): Check {
  return { name, where, state: 'ok', what, right: null }
}

export function warning(name: string, where: string, what: string, right: string): Check {
  return { name, where, state: 'warning', what, right }
}

export function error(name: string, where: string, what: string, right: string): Check {
  return { name, where, state: 'error', what, right }
}

/**
 * A failure as what was found; `right` stands in where the failure itself does not say what would be.
 *
 * @example
 * failed('journal', 'a.db', new Error('no space'), 'a disk with room').what // 'no space'
 */
export function failed(name: string, where: string, cause: unknown, right: string): Check {
  if (cause instanceof CutwaterError) return error(name, where, cause.what, cause.right ?? right)
  return error(name, where, cause instanceof Error ? cause.message : String(cause), right)
}

/**
 * The worst of all states.
 *
 * @example
 * worst([ok('clock', 'here', 'in step'), warning('disk', 'here', 'little room', 'more')]) // 'warning'
 */
export function worst(checks: readonly Check[]): State {
  if (checks.some(({ state }) => state === 'error')) return 'error'
  return checks.some(({ state }) => state === 'warning') ? 'warning' : 'ok'
}
