import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as enums from './enums.ts'

const declared = [
  { name: 'Level', source: 'guard/Guard.sol', numbers: enums.level },
  { name: 'Reason', source: 'guard/Guard.sol', numbers: enums.reason },
  { name: 'Direction', source: 'guard/Direction.sol', numbers: enums.direction },
  { name: 'Scope', source: 'guard/Pauses.sol', numbers: enums.scope },
  { name: 'Status', source: 'bridge/Escrow.sol', numbers: enums.status },
  { name: 'State', source: 'verifiers/OptimisticVerifier.sol', numbers: enums.proposalState },
  { name: 'ClaimState', source: 'bond/CoverVault.sol', numbers: enums.claimState },
  { name: 'Layer', source: 'govern/Treasury.sol', numbers: enums.layer },
]

describe('enums', () => {
  it.each(declared)('law: $name has the names and the order of $source', ({ name, source, numbers }) => {
    const text = readFileSync(new URL(`./src/${source}`, import.meta.url), 'utf8')
    const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(text)?.[1] ?? ''
    const names = body.split(',').map((one) => one.trim())
    const ours = Object.entries(numbers).sort(([, a], [, b]) => a - b)
    expect(ours.map(([one]) => one[0]!.toUpperCase() + one.slice(1))).toEqual(names)
    expect(ours.map(([, number]) => number)).toEqual(names.map((_, index) => index))
  })
})
