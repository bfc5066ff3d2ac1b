import { expect, test } from 'vitest'
import type { Bridge } from './Bridge.ts'
import { chainName, tokenName } from './names.ts'

const bridge: Bridge = {
  name: 'Harbour',
  synthetic: true,
  chains: [{ id: 7, name: 'North', finalitySeconds: 12 }],
  tokens: [
    {
      symbol: 'GOLD',
      decimals: 6,
      home: 7,
      priceId: null,
      contracts: [{ chain: 7, address: '0xc0de' }],
    },
  ],
}

test('a chain is called as it is described, and by its number where it is not', () => {
  expect([chainName(bridge, 7), chainName(bridge, 8)]).toEqual(['North', 'chain 8'])
})

test('a token has its symbol on the chains where it has a contract, however the contract is written', () => {
  const names = [
    [7, '0xc0de'] as const,
    [7, '0xC0DE'] as const,
    [8, '0xc0de'] as const,
    [7, '0xbeef'] as const,
  ]
  expect(names.map(([chain, contract]) => tokenName(bridge, chain, contract))).toEqual([
    'GOLD',
    'GOLD',
    '0xc0de',
    '0xbeef',
  ])
})
