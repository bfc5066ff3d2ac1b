import { describe, expect, it } from 'vitest'
import * as Pauses from './Pauses.ts'

const scopes: readonly Pauses.Scope[] = [
  { kind: 'message', route: 1, message: '7' },
  { kind: 'lane', lane: 5 },
  { kind: 'route', route: 1 },
  { kind: 'bridge' },
]

describe('a scope', () => {
  it('has a name of its own', () => {
    expect(scopes.map(Pauses.key)).toEqual(['message:1:7', 'lane:5', 'route:1', 'bridge'])
  })

  it('covers lanes as wide as it is; a message is no lane', () => {
    const covered = (scope: Pauses.Scope) => [
      Pauses.covers(scope, 5, 1),
      Pauses.covers(scope, 4, 1),
      Pauses.covers(scope, 9, 2),
    ]
    expect(scopes.map(covered)).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ])
  })
})
