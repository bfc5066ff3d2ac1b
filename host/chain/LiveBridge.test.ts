import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import * as LiveBridge from './LiveBridge.ts'
import { lockedAbi } from './testing/emitter.ts'

const folder = mkdtempSync(join(tmpdir(), 'cutwater-live-'))
const file = join(folder, 'bridge.yaml')
afterAll(() => rmSync(folder, { recursive: true }))

const good = `name: Test bridge
chains:
  - id: 1
    name: Home
    finality: { blocks: 64, blockSeconds: 12 }
    startBlock: 100
    quorum: 2
    rpcs:
      - { http: 'http://127.0.0.1:8545', ws: 'ws://127.0.0.1:8545' }
      - { http: 'https://home.example/v3/\${HOME_KEY}', batch: 20 }
      - { http: 'https://third.example' }
    guard: '0x00000000000000000000000000000000000000A1'
  - id: 20
    name: Away
    finality: { seconds: 1800, blockSeconds: 2 }
    rpcs: [{ http: 'http://127.0.0.1:9545' }]
contracts:
  - chain: 1
    address: '0x00000000000000000000000000000000000000AA'
    events:
      - abi: '${lockedAbi}'
        kind: lock
        fields: { message: nonce, peer: destinationChain }
      - abi: event VerifierSet(address verifier)
        kind: ConfigChanged
  - chain: 20
    address: '0x00000000000000000000000000000000000000bb'
    events:
      - abi: event Paid(bytes32 id, address token, address to, uint256 value)
        kind: mint
        fields: { message: id, peer: 1, beneficiary: to, amount: value }
tokens:
  - symbol: USDC
    decimals: 6
    home: 1
    contracts:
      - { chain: 1, address: '0x00000000000000000000000000000000000000c1' }
      - { chain: 20, address: '0x00000000000000000000000000000000000000c2' }
`

test('a good file is read whole, with its defaults', () => {
  const bridge = readText(good, { HOME_KEY: 'secret' })
  expect(bridge.chains[0]).toMatchObject({
    id: 1,
    finality: { by: 'blocks', depth: 64, seconds: 768 },
    startBlock: 100,
    pollMilliseconds: 1_000,
    staleSeconds: 60,
    quorum: 2,
    guard: '0x00000000000000000000000000000000000000a1',
    timelock: null,
    blooms: true,
  })
  expect(bridge.chains[0]!.rpcs).toEqual([
    { http: 'http://127.0.0.1:8545/', ws: 'ws://127.0.0.1:8545/', batch: 1 },
    { http: 'https://home.example/v3/secret', ws: null, batch: 20 },
    { http: 'https://third.example/', ws: null, batch: 1 },
  ])
  expect(bridge.chains[1]!.finality).toEqual({ by: 'seconds', depth: 900, seconds: 1_800 })
  const [lock, change] = bridge.chains[0]!.contracts[0]!.events
  expect(lock).toMatchObject({
    kind: 'lock',
    // As it stands in the compiled escrow.
    topic: '0x410004eede84feea3435601d74dfcd02011d78be2a2f76359c400e41954572ef',
    fields: {
      message: 'nonce',
      peer: 'destinationChain',
      tokenSource: 'tokenSource',
      token: 'token',
      sender: 'sender',
      beneficiary: 'beneficiary',
      amount: 'amount',
    },
  })
  expect(change).toMatchObject({ kind: 'ConfigChanged' })
  expect(bridge.chains[1]!.contracts[0]!.events[0]).toMatchObject({
    fields: { message: 'id', peer: 1, tokenSource: null, token: 'token', sender: null, beneficiary: 'to' },
  })
})

test('the book gets names, finality in seconds and tokens', () => {
  expect(LiveBridge.toBridge(readText(good, { HOME_KEY: 'x' }))).toMatchObject({
    name: 'Test bridge',
    chains: [
      { id: 1, name: 'Home', finalitySeconds: 768 },
      { id: 20, name: 'Away', finalitySeconds: 1_800 },
    ],
    tokens: [{ symbol: 'USDC', priceId: null }],
    synthetic: false,
  })
})

describe('one clear error', () => {
  test.each([
    [
      'a misspelt key',
      'startBlock: 100',
      'startBlok: 100',
      'YAML_KEY_UNKNOWN',
      /:6: chains\[0\]\.startBlok is not a known key; expected "startBlock"/,
    ],
    [
      'a misspelt key of a node',
      'batch: 20',
      'bach: 20',
      'YAML_KEY_UNKNOWN',
      /chains\[0\]\.rpcs\[1\]\.bach .* expected "batch"/,
    ],
    [
      'a misspelt field',
      'peer: destinationChain',
      'per: destinationChain',
      'YAML_KEY_UNKNOWN',
      /events\[0\]\.fields\.per .* expected "peer"/,
    ],
    [
      'a misspelt kind',
      'kind: lock',
      'kind: lokc',
      'YAML_VALUE_INVALID',
      /events\[0\]\.kind is "lokc"; expected "lock"/,
    ],
    [
      'a misspelt argument',
      'peer: destinationChain',
      'peer: destinatonChain',
      'ABI_ARGUMENT_UNKNOWN',
      /:23: contracts\[0\]\.events\[0\]\.fields\.peer: peer is destinatonChain, which Locked does not have; expected "destinationChain"/,
    ],
    [
      'an argument of another type',
      'amount: value',
      'amount: to',
      'ABI_ARGUMENT_UNFIT',
      /:31: contracts\[1\].*: amount is to of Paid, which is address; expected an argument of type uint/,
    ],
    [
      'a field without an argument',
      ', amount: value',
      '',
      'FIELD_MISSING',
      /Paid has no argument named amount; expected amount: .* one of id, token, to, value/,
    ],
    [
      'an indexed text',
      'event Paid(bytes32 id',
      'event Paid(string indexed id',
      'ABI_ARGUMENT_UNFIT',
      /a log keeps only its hash/,
    ],
    [
      'a broken ABI',
      'event Paid(bytes32 id',
      'event Paid(byte32 id',
      'ABI_MALFORMED',
      /:29: .*: "event Paid\(byte32.*is no ABI item.*such as: event/,
    ],
    [
      'a function',
      'event VerifierSet(address verifier)',
      'function set(address verifier)',
      'ABI_NOT_EVENT',
      /is no event/,
    ],
    [
      'fields of a change',
      'kind: ConfigChanged',
      'kind: ConfigChanged\n        fields: { message: verifier }',
      'FIELD_UNUSED',
      /ConfigChanged has no fields/,
    ],
    [
      'an event twice',
      'event VerifierSet(address verifier)\n        kind: ConfigChanged',
      `'${lockedAbi}'\n        kind: burn\n        fields: { message: nonce, peer: destinationChain }`,
      'EVENT_DUPLICATE',
      /events\[1\] is Locked again/,
    ],
    [
      'a contract on no chain',
      'contracts:\n  - chain: 1',
      'contracts:\n  - chain: 2',
      'CHAIN_UNKNOWN',
      /chain 2 is not among the chains; expected one of "1", "20"/,
    ],
    ['a token on no chain', 'home: 1', 'home: 7', 'CHAIN_UNKNOWN', /chain 7/],
    ['a chain twice', 'id: 20', 'id: 1', 'CHAIN_DUPLICATE', /chains\[1\] has the id 1/],
    [
      'a node twice',
      'https://third.example',
      'http://127.0.0.1:8545',
      'RPC_DUPLICATE',
      /:11: .*: rpcs\[2\] is the same as rpcs\[0\]/,
    ],
    [
      'a quorum of a minority',
      'quorum: 2',
      'quorum: 1',
      'QUORUM_INVALID',
      /:7: chains\[0\]\.quorum: quorum is 1 of 3 RPCs; expected a majority, from 2 to 3/,
    ],
    ['a quorum beyond all', 'quorum: 2', 'quorum: 4', 'QUORUM_INVALID', /from 2 to 3/],
    [
      'finality both ways',
      'blocks: 64,',
      'blocks: 64, seconds: 9,',
      'FINALITY_UNCLEAR',
      /both blocks and seconds/,
    ],
    ['finality neither way', 'blocks: 64,', '', 'FINALITY_UNCLEAR', /neither blocks nor seconds/],
    [
      'an address too short',
      "guard: '0x00000000000000000000000000000000000000A1'",
      "guard: '0xA1'",
      'YAML_VALUE_INVALID',
      /guard is "0xA1"; expected 0x and 40/,
    ],
    [
      'no nodes',
      "rpcs: [{ http: 'http://127.0.0.1:9545' }]",
      'rpcs: []',
      'YAML_VALUE_INVALID',
      /at least one RPC/,
    ],
    [
      'a websocket that is none',
      'ws://127.0.0.1:8545',
      'http://127.0.0.1:8546',
      'URL_MALFORMED',
      /rpcs|expected a URL that begins with ws/,
    ],
  ])('%s', (_, from, to, code, says) => {
    expect(good).toContain(from)
    const thrown = errorOf(() => readText(good.replace(from, to), { HOME_KEY: 'x' }))
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(says) })
  })

  test('a key that is not in the environment', () => {
    expect(errorOf(() => readText(good, {}))).toMatchObject({
      code: 'ENVIRONMENT_MISSING',
      message: expect.stringMatching(/:10: chains\[0\]\.rpcs\[1\]\.http: the environment has no HOME_KEY/),
    })
  })

  test('a malformed URL is not repeated: it may hold a key', () => {
    const thrown = errorOf(() =>
      readText(good.replace('https://home', 'https:// home'), { HOME_KEY: 'hush' }),
    )
    expect(thrown).toMatchObject({ code: 'URL_MALFORMED' })
    expect(thrown.message).not.toContain('hush')
  })
})

function readText(text: string, environment: LiveBridge.Environment): LiveBridge.LiveBridge {
  writeFileSync(file, text)
  return LiveBridge.read(file, environment)
}

function errorOf(act: () => unknown): Error {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}
