import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { day, hour } from '../../units/UnixTime.ts'
import { type Lint, lint, type Used } from './lint.ts'
import type { Setup } from './Setup.ts'
import { unsaid } from './Setup.ts'

const key = (operator: string, name = operator) => ({ name, operator })

const sound: Setup = {
  verifiers: ['a', 'b', 'c', 'd', 'e'].map((name) => key(name)),
  threshold: 3,
  owner: { name: 'the timelock', kind: 'timelock' },
  timelockSeconds: 2 * day,
  pauseSeconds: 6 * hour,
  limits: [{ token: 'USDC', usd: 1e6 }],
  implementations: [{ name: 'Home', verified: true }],
  coveredRoutes: ['Alpha→Beta'],
  optimistic: null,
  watchedTokens: ['USDC'],
}
const used: Used = { routes: ['Alpha→Beta'], tokens: [{ symbol: 'USDC', lockedUsd: 10e6 }], unmappedLegs: 0 }

describe('the linter', () => {
  it('has nothing to say of a sound setup', () => {
    expect(lint(sound, used)).toEqual([])
  })

  it('says what nobody has said, and calls it unknown, not wrong', () => {
    const found = lint(unsaid, used)
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['unknown']))
    expect(found.map(({ what }) => what)).toContain('nothing says who owns the contracts')
  })

  const faults: readonly (readonly [string, Partial<Setup>, Partial<Used>, Partial<Lint>])[] = [
    [
      'one signer',
      { threshold: 1 },
      {},
      { rule: 'oneSigner', severity: 'high', what: 'one signature moves money (1-of-5)' },
    ],
    [
      'one operator behind many keys',
      { verifiers: [key('a', 'a1'), key('a', 'a2'), key('b'), key('c')] },
      {},
      { rule: 'operatorHoldsMany', severity: 'high', what: 'a holds 2 of the 3 keys that move money' },
    ],
    [
      'a verifier twice',
      { verifiers: [key('a', '0xA1'), key('b', '0xa1'), key('c')] },
      {},
      { rule: 'duplicateVerifier', severity: 'high' },
    ],
    [
      'an owner that is the deployer',
      { owner: { name: '0x1', kind: 'deployer' } },
      {},
      { rule: 'ownerIsDeployer', what: 'the owner 0x1 is still the deployer' },
    ],
    ['no timelock', { timelockSeconds: 0 }, {}, { rule: 'noTimelock', severity: 'high' }],
    [
      'a short timelock',
      { timelockSeconds: hour },
      {},
      { rule: 'noTimelock', severity: 'medium', what: 'changes take effect after 1 h' },
    ],
    [
      'a pause without an end',
      { pauseSeconds: Number.POSITIVE_INFINITY },
      {},
      { rule: 'pauseNeverExpires', severity: 'medium' },
    ],
    [
      'a limit above what is locked',
      { limits: [{ token: 'USDC', usd: 10e6 }] },
      {},
      { rule: 'limitAboveLocked', severity: 'medium' },
    ],
    [
      'code that nobody can read',
      { implementations: [{ name: 'Home', verified: false }] },
      {},
      { rule: 'unverifiedImplementation', severity: 'high' },
    ],
    [
      'a route that nothing stands in',
      {},
      { routes: ['Alpha→Beta', 'Beta→Alpha'] },
      { rule: 'uncoveredRoute', what: 'Beta→Alpha is used and nothing stands in it' },
    ],
    [
      'a token that nobody watches',
      { watchedTokens: [] },
      {},
      { rule: 'unwatchedToken', what: 'nobody watches USDC' },
    ],
    [
      'a token without a price',
      { watchedTokens: null },
      { tokens: [{ symbol: 'MYT', lockedUsd: Number.NaN }] },
      { rule: 'unwatchedToken', what: 'MYT has no price, so no limit in dollars holds' },
    ],
    [
      'tokens that the mapping lacks',
      {},
      { unmappedLegs: 3 },
      { rule: 'unwatchedToken', what: '3 legs moved tokens that the mapping lacks' },
    ],
  ]
  test.each(faults)('names %s, and nothing else', (_, setup, use, expected) => {
    const found = lint({ ...sound, ...setup }, { ...used, ...use })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject(expected)
  })

  it('law: the gravest come first', () => {
    const parts = fc.subarray(faults.map(([, setup]) => setup))
    fc.assert(
      fc.property(parts, (some) => {
        const order = ['high', 'medium', 'low', 'unknown']
        const places = lint(Object.assign({}, unsaid, ...some), used).map(({ severity }) =>
          order.indexOf(severity),
        )
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }),
    )
  })
})
