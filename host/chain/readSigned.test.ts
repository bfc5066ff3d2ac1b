import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import {
  type Abi,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  type Hex,
  keccak256,
  parseAbi,
} from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Quorum from './quorum.ts'
import { readSigned } from './readSigned.ts'
import * as SignatureRead from './SignatureRead.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf } from './testing/emitter.ts'
import { fundedKey } from './testing/guard.ts'
import { liveChain } from './testing/liveChain.ts'

// An address without code: a call to it succeeds, and its calldata is there to read.
const contract = accountOf(0xe5c)
const guard = accountOf(0x9a)
const dead = 'http://127.0.0.1:9'

let anvil: Anvil
let signers: readonly PrivateKeyAccount[]
beforeAll(async () => {
  anvil = await startAnvil()
  const keys = await Promise.all([11, 12, 13, 14].map((seed) => fundedKey(anvil, seed)))
  signers = keys.map(({ account }) => account)
})
afterAll(() => anvil.stop())

const message: TypedData.Message = {
  sourceChain: 10n,
  sourceBridge: accountOf(3),
  nonce: 7n,
  tokenSource: accountOf(1),
  sender: accountOf(2),
  destinationChain: 31_337n,
  destinationBridge: contract,
  token: accountOf(4),
  beneficiary: accountOf(5),
  amount: 1_000n,
}

const tuple =
  '(uint256 sourceChain, address sourceBridge, uint256 nonce, address tokenSource, address sender, uint256 destinationChain, address destinationBridge, address token, address beneficiary, uint256 amount) message'
const attested = {
  set: 'watchers',
  calls: [
    `function release(${tuple}, bytes proof, bytes[] attestations)`,
    `function execute(${tuple}, bytes[] attestations)`,
  ],
  argument: 'attestations',
  signed: { attestation: 'message' },
}

type Written = Omit<Parameters<typeof SignatureRead.create>[0], 'signed' | 'by'> & { readonly signed: object }

const readOf = (written: Written): SignatureRead.SignatureRead =>
  SignatureRead.create(
    {
      ...written,
      signed: { prefixed: false, ...written.signed },
      by: signers.slice(0, 3).map(({ address }) => address.toLowerCase()),
    },
    { contract, guard },
    (path) => path.join('.'),
  )

/** Calls a contract, and reads who signed what was paid by the call. */
async function told(written: Written, data: Hex, to: Hex = contract, urls: readonly string[] = [anvil.url]) {
  const [from] = await anvil.call<Hex[]>('eth_accounts')
  const tx = await anvil.call<Hex>('eth_sendTransaction', [{ from, to, data, gas: '0x40000' }])
  await anvil.mine()
  const chain = liveChain(
    urls.map((url) => ({ url })),
    contract,
    { signatures: [readOf(written)] },
  )
  const said: string[] = []
  const block = { number: 1, observations: [legOf('release', tx), legOf('lock', '0xlock')] }
  const signed = await readSigned(Quorum.of(chain), chain, block, (_, what) => said.push(what))
  return { tx, signed, said }
}

const legOf = (kind: 'release' | 'lock', tx: string): Observation => ({
  kind,
  at: 1_000,
  chain: 31_337,
  peer: 10,
  tx,
  index: 4,
  block: 1,
  message: '7',
  tokenSource: null,
  token: accountOf(4),
  sender: null,
  beneficiary: accountOf(5),
  amount: 1_000n,
})

const attestations = (by: readonly PrivateKeyAccount[], of = message) =>
  Promise.all(by.map((signer) => signer.signTypedData(TypedData.forAttestation(of, guard))))

const { abi } = Escrow
const release = (signatures: readonly Hex[]) =>
  encodeFunctionData({ abi, functionName: 'release', args: [message, '0x', signatures] })

const names = (...nth: readonly number[]) => nth.map((each) => signers[each]!.address.toLowerCase())

describe('who signed what was paid', () => {
  test('is read of the call that paid it: its own leg, in the order of the set, and of no out leg', async () => {
    const { tx, signed } = await told(attested, release(await attestations([signers[2]!, signers[0]!])))
    expect(signed).toEqual([
      { kind: 'signed', at: 1_000, chain: 31_337, tx, index: 4, block: 1, set: 'watchers', by: names(0, 2) },
    ])
  })

  test('is read of a hold that is carried out as well', async () => {
    const args = [message, await attestations([signers[1]!])] as const
    const { signed } = await told(attested, encodeFunctionData({ abi, functionName: 'execute', args }))
    expect(signed).toMatchObject([{ by: names(1) }])
  })

  test('counts nobody outside the set, no other message, no repetition and nothing that is no signature', async () => {
    const all = [
      ...(await attestations([signers[3]!, signers[0]!, signers[0]!])),
      ...(await attestations([signers[1]!], { ...message, amount: 2_000n })),
      '0x1234' as const,
      `0x${'00'.repeat(65)}` as const,
    ]
    expect((await told(attested, release(all))).signed).toMatchObject([{ by: names(0) }])
  })

  test('is not known of a call of another contract, nor of another function', async () => {
    const data = release(await attestations([signers[0]!]))
    expect((await told(attested, data, accountOf(0xbad))).signed).toEqual([])
    expect((await told(attested, '0x12345678')).signed).toEqual([])
    expect((await told(attested, '0x')).signed).toEqual([])
  })

  test('is left out and said where no quorum tells the call', async () => {
    const data = release(await attestations([signers[0]!]))
    const { signed, said } = await told(attested, data, contract, [anvil.url, dead])
    expect(signed).toEqual([])
    expect(said).toEqual([expect.stringMatching(/^who signed in block 1 of Local was not read/)])
  })

  const hashed = 'function pay(bytes32 id, address to, uint256 amount, bytes signatures)'
  const [id, to, amount] = [keccak256('0x01'), accountOf(6), 5n] as const
  const types = [{ type: 'bytes32' }, { type: 'address' }, { type: 'uint256' }]
  test.each([
    ['a hash itself', { hash: 'id' }, id, false],
    ['a hash as wallets sign it', { hash: 'id', prefixed: true }, id, true],
    [
      'encoded arguments',
      { encoded: ['id', 'to', 'amount'] },
      keccak256(encodeAbiParameters(types, [id, to, amount])),
      false,
    ],
  ] as const)('is found over %s, in signatures one after the other', async (_, signed, hash, isPrefixed) => {
    const sign = (signer: PrivateKeyAccount) =>
      isPrefixed ? signer.signMessage({ message: { raw: hash } }) : signer.sign({ hash })
    const signatures = encodePacked(['bytes', 'bytes'], [await sign(signers[2]!), await sign(signers[1]!)])
    const data = encodeFunctionData({
      abi: parseAbi([hashed]) as Abi,
      functionName: 'pay',
      args: [id, to, amount, signatures],
    })
    const written = { set: 'validators', calls: [hashed], argument: 'signatures', signed }
    expect((await told(written, data)).signed).toMatchObject([{ set: 'validators', by: names(1, 2) }])
  })
})
