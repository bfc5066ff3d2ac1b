import * as CoverDesk from '@cutwater/contracts/generated/CoverDesk.ts'
import { abi } from '@cutwater/contracts/generated/Guard.ts'
import * as Treasury from '@cutwater/contracts/generated/Treasury.ts'
import { toFunctionSelector } from 'viem'
import { expect, test } from 'vitest'
import { requireAllowed, type Unsigned } from './requireAllowed.ts'
import { liveChain } from './testing/liveChain.ts'

const guard = `0x${'Ab'.repeat(20)}` as const
const chain = liveChain([], guard, { guard })
const caps = { gas: 300_000n, maxFeePerGas: 100n }
const selectorOf = (name: string) =>
  toFunctionSelector(abi.find((item) => item.type === 'function' && item.name === name) as never)
const pause: Unsigned = {
  chainId: chain.id,
  to: guard,
  data: `${selectorOf('pause')}00`,
  gas: 300_000n,
  maxFeePerGas: 100n,
}
const refused = expect.objectContaining({ code: 'TRANSACTION_REFUSED' })

test('a tightening call to the guard is signed', () => {
  for (const name of ['pause', 'tightenLimits', 'raiseLevel'])
    expect(() => requireAllowed({ ...pause, data: selectorOf(name) }, chain, caps)).not.toThrow()
})

test('no other function of the guard is', () => {
  const others = abi.flatMap((item) => (item.type === 'function' ? item.name : []))
  const loosening = others.filter((name) => !['pause', 'tightenLimits', 'raiseLevel'].includes(name))
  expect(loosening).toEqual(expect.arrayContaining(['unpause', 'setLimits', 'grantRole']))
  for (const name of loosening)
    expect(() => requireAllowed({ ...pause, data: selectorOf(name) }, chain, caps), name).toThrow(refused)
})

test('of a treasury and a desk only the move itself is, and only where the chain names them', () => {
  const [treasury, coverDesk] = [`0x${'22'.repeat(20)}`, `0x${'33'.repeat(20)}`] as const
  const rich = { ...chain, treasury, coverDesk }
  for (const [to, own, ours] of [
    [treasury, Treasury.abi, 'tilt'],
    [coverDesk, CoverDesk.abi, 'raise'],
  ] as const)
    for (const item of own) {
      if (item.type !== 'function') continue
      const call = { ...pause, to, data: toFunctionSelector(item) }
      const ask = () => requireAllowed(call, rich, caps)
      if (item.name === ours) expect(ask).not.toThrow()
      else expect(ask, item.name).toThrow(refused)
      expect(() => requireAllowed(call, chain, caps)).toThrow(refused)
    }
})

test.each<[string, Partial<Unsigned>]>([
  ['another chain', { chainId: 1 }],
  ['another contract', { to: `0x${'11'.repeat(20)}` }],
  ['a plain transfer', { data: '0x' }],
  ['value', { value: 1n }],
  ['more gas', { gas: 300_001n }],
  ['a higher fee', { maxFeePerGas: 101n }],
])('%s is refused', (_, changes) => {
  expect(() => requireAllowed({ ...pause, ...changes }, chain, caps)).toThrow(refused)
})

test('where there is no guard nothing is', () => {
  expect(() => requireAllowed(pause, { ...chain, guard: null }, caps)).toThrow(refused)
})
