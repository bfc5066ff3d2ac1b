import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// Uniswap v2 is GPL-3.0: its bytecode is read from the npm package for tests and the lab and is no part of
// this one. Pairs are spoken to through generated/IPair.ts.

/** The factory of Uniswap v2: constructor argument is the fee setter; `createPair` makes the pair of two tokens. */
export const abi = [
  {
    type: 'constructor',
    inputs: [{ name: 'feeToSetter', type: 'address' }],
    stateMutability: 'nonpayable',
  },
  {
    type: 'function',
    name: 'createPair',
    inputs: [
      { name: 'tokenA', type: 'address' },
      { name: 'tokenB', type: 'address' },
    ],
    outputs: [{ name: 'pair', type: 'address' }],
    stateMutability: 'nonpayable',
  },
  {
    type: 'function',
    name: 'getPair',
    inputs: [
      { name: 'tokenA', type: 'address' },
      { name: 'tokenB', type: 'address' },
    ],
    outputs: [{ name: 'pair', type: 'address' }],
    stateMutability: 'view',
  },
] as const

/** Creation bytecode of the factory as the npm package ships it. */
export function readBytecode(): `0x${string}` {
  const path = createRequire(import.meta.url).resolve('@uniswap/v2-core/build/UniswapV2Factory.json')
  const build = JSON.parse(readFileSync(path, 'utf8')) as {
    evm?: { bytecode: { object: string } }
    bytecode?: string
  }
  const object = build.evm?.bytecode.object ?? build.bytecode ?? ''
  return object.startsWith('0x') ? (object as `0x${string}`) : `0x${object}`
}
