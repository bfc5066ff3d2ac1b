import { day } from '../../units/UnixTime.ts'
import type { Setup } from './Setup.ts'

/** Something about a bridge's setup that the record of incidents says not to do. */
export type Lint = {
  readonly rule: Rule
  /** `unknown` where nobody has said: it may be sound */
  readonly severity: 'high' | 'medium' | 'low' | 'unknown'
  readonly what: string
  readonly right: string
}

export type Rule =
  | 'oneSigner'
  | 'operatorHoldsMany'
  | 'duplicateVerifier'
  | 'ownerIsDeployer'
  | 'noTimelock'
  | 'pauseNeverExpires'
  | 'limitAboveLocked'
  | 'unverifiedImplementation'
  | 'uncoveredRoute'
  | 'unwatchedToken'

/** What the linter knows besides the setup: the bridge as it is used. */
export type Used = {
  /** routes that legs have taken, as people name them */
  readonly routes: readonly string[]
  readonly tokens: readonly UsedToken[]
  /** how many legs moved a token that the mapping lacks */
  readonly unmappedLegs: number
}

export type UsedToken = {
  readonly symbol: string
  /** dollars locked at home; NaN where no price is known */
  readonly lockedUsd: number
}

/** Shorter than this nobody has time to look: the window that governors usually have is two days. */
export const shortTimelock = 2 * day

/**
 * Everything that is wrong with a setup, gravest first, and what nobody has said of it.
 *
 * @example
 * lint({ ...Setup.unsaid, threshold: 1 }, { routes: [], tokens: [], unmappedLegs: 0 })[0].rule // 'oneSigner'
 */
export function lint(setup: Setup, used: Used): readonly Lint[] {
  const found = [
    ...oneSigner(setup),
    ...operators(setup),
    ...duplicates(setup),
    ...owner(setup),
    ...timelock(setup),
    ...pause(setup),
    ...limits(setup, used),
    ...implementations(setup),
    ...routes(setup, used),
    ...tokens(setup, used),
  ]
  return found.sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity))
}

const gravity: readonly Lint['severity'][] = ['high', 'medium', 'low', 'unknown']

function oneSigner({ threshold, verifiers }: Setup): readonly Lint[] {
  const right =
    'a quorum of independent operators: most of the public record fell at one key, or at keys of one firm'
  if (threshold === null) return [unknown('oneSigner', 'how many signers move money', right)]
  if (threshold > 1) return []
  const of = verifiers === null ? '' : `-of-${verifiers.length}`
  return [
    { rule: 'oneSigner', severity: 'high', what: `one signature moves money (${threshold}${of})`, right },
  ]
}

function operators({ verifiers, threshold }: Setup): readonly Lint[] {
  const right = 'a key each: Ronin lost five of nine keys, of which one firm held four'
  if (verifiers === null || threshold === null)
    return [unknown('operatorHoldsMany', 'who holds which key', right)]
  const keys = new Map<string, number>()
  for (const { operator } of verifiers) keys.set(operator, (keys.get(operator) ?? 0) + 1)
  return [...keys].flatMap(([operator, count]): Lint[] => {
    if (count < 2) return []
    const severity = 2 * count >= threshold ? 'high' : 'medium'
    return [
      {
        rule: 'operatorHoldsMany',
        severity,
        what: `${operator} holds ${count} of the ${threshold} keys that move money`,
        right,
      },
    ]
  })
}

function duplicates({ verifiers }: Setup): readonly Lint[] {
  const names = verifiers?.map(({ name }) => name.toLowerCase()) ?? []
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) < at))]
  return twice.map((name) => ({
    rule: 'duplicateVerifier',
    severity: 'high',
    what: `${name} is a verifier more than once, so the quorum is smaller than it looks`,
    right: 'each verifier once',
  }))
}

function owner({ owner }: Setup): readonly Lint[] {
  const right = 'a timelock, or a multisig behind one'
  if (owner === null) return [unknown('ownerIsDeployer', 'who owns the contracts', right)]
  if (owner.kind === 'deployer' || owner.kind === 'key') {
    const who = owner.kind === 'deployer' ? 'still the deployer' : 'a single key'
    return [{ rule: 'ownerIsDeployer', severity: 'high', what: `the owner ${owner.name} is ${who}`, right }]
  }
  return []
}

function timelock({ timelockSeconds }: Setup): readonly Lint[] {
  const right = `${shortTimelock / day} days or more for whatever loosens; tightening needs none`
  if (timelockSeconds === null) return [unknown('noTimelock', 'how long a change waits', right)]
  if (timelockSeconds >= shortTimelock) return []
  const what =
    timelockSeconds === 0
      ? 'changes take effect at once'
      : `changes take effect after ${hours(timelockSeconds)}`
  return [{ rule: 'noTimelock', severity: timelockSeconds === 0 ? 'high' : 'medium', what, right }]
}

function pause({ pauseSeconds }: Setup): readonly Lint[] {
  const right = 'a pause that ends by itself, and that a gap keeps renewed'
  if (pauseSeconds === null) return [unknown('pauseNeverExpires', 'when a pause ends', right)]
  if (Number.isFinite(pauseSeconds)) return []
  return [
    {
      rule: 'pauseNeverExpires',
      severity: 'medium',
      what: 'a pause never ends by itself, so one stolen pauser can hold all value',
      right,
    },
  ]
}

function limits({ limits: set }: Setup, { tokens: held }: Used): readonly Lint[] {
  const right = 'a limit well below what is locked'
  if (set === null) return [unknown('limitAboveLocked', 'which limits stand', right)]
  return set.flatMap(({ token, usd }): Lint[] => {
    const locked = held.find(({ symbol }) => symbol === token)?.lockedUsd
    if (locked === undefined || Number.isNaN(locked) || usd < locked) return []
    return [
      {
        rule: 'limitAboveLocked',
        severity: 'medium',
        what: `the limit of ${token}, $${whole(usd)}, is not below the $${whole(locked)} that are locked`,
        right,
      },
    ]
  })
}

function implementations({ implementations: set }: Setup): readonly Lint[] {
  const right = 'source code that anybody can read and compile'
  if (set === null)
    return [unknown('unverifiedImplementation', 'whether the running code is verified', right)]
  return set.flatMap(({ name, verified }): Lint[] =>
    verified
      ? []
      : [
          {
            rule: 'unverifiedImplementation',
            severity: 'high',
            what: `${name} runs code that nobody can read`,
            right,
          },
        ],
  )
}

function routes({ coveredRoutes }: Setup, { routes: taken }: Used): readonly Lint[] {
  const right = 'a guard, or at least a limit, on every route that is used'
  if (coveredRoutes === null)
    return taken.length === 0
      ? []
      : [
          unknown(
            'uncoveredRoute',
            `whether ${list(taken)} ${taken.length === 1 ? 'is' : 'are'} guarded`,
            right,
          ),
        ]
  return taken
    .filter((route) => !coveredRoutes.includes(route))
    .map((route) => ({
      rule: 'uncoveredRoute',
      severity: 'high',
      what: `${route} is used and nothing stands in it`,
      right,
    }))
}

function tokens({ watchedTokens }: Setup, { tokens: held, unmappedLegs }: Used): readonly Lint[] {
  const right = 'a price and somebody who watches it, or its route closed'
  const unpriced = held.filter(({ lockedUsd }) => Number.isNaN(lockedUsd)).map(({ symbol }) => symbol)
  const unwatched = held
    .map(({ symbol }) => symbol)
    .filter((symbol) => watchedTokens !== null && !watchedTokens.includes(symbol))
  const found: Lint[] = unwatched.map((symbol) => ({
    rule: 'unwatchedToken',
    severity: 'medium',
    what: `nobody watches ${symbol}`,
    right,
  }))
  if (unpriced.length > 0) {
    found.push({
      rule: 'unwatchedToken',
      severity: 'medium',
      what: `${list(unpriced)} ${unpriced.length === 1 ? 'has' : 'have'} no price, so no limit in dollars holds`,
      right,
    })
  }
  if (unmappedLegs > 0) {
    found.push({
      rule: 'unwatchedToken',
      severity: 'medium',
      what: `${unmappedLegs} legs moved tokens that the mapping lacks`,
      right,
    })
  }
  return found
}

function unknown(rule: Rule, what: string, right: string): Lint {
  return { rule, severity: 'unknown', what: `nothing says ${what}`, right }
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function whole(usd: number): string {
  return Math.round(usd).toLocaleString('en-US')
}

function hours(seconds: number): string {
  return `${(seconds / 3_600).toFixed(seconds % 3_600 === 0 ? 0 : 1)} h`
}
