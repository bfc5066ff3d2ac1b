import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cutwater, newFolder, removeFolder } from './cutwater.fixture.ts'

const example = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'bridge.yaml'), 'utf8')

let folder: string
let file: string
beforeEach(() => {
  folder = newFolder()
  file = join(folder, 'bridge.yaml')
})
afterEach(() => {
  vi.unstubAllEnvs()
  removeFolder(folder)
})

/** What is written in place of what, the error's code, the path it names, and what it says would be right. */
type Case = readonly [title: string, from: string, to: string, code: string, path: string, says: RegExp]

const hexKey = '5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a'
const usd = "heldBy: '0x959922be3caee4b8cd9a407cc3ac1c251c2007b1' }\n      - { chain: 31337002"

const cases: readonly Case[] = [
  ['a misspelt key', 'policy: adaptive', 'polcy: adaptive', 'YAML_KEY_UNKNOWN', 'polcy', /expected "policy"/],
  [
    'a misspelt key of a chain',
    'startBlock: 4',
    'startBlok: 4',
    'YAML_KEY_UNKNOWN',
    'chains[0].startBlok',
    /expected "startBlock"/,
  ],
  [
    'a misspelt key of a node',
    "ws: 'ws://127.0.0.1:8545'",
    "wss: 'ws://127.0.0.1:8545'",
    'YAML_KEY_UNKNOWN',
    'chains[0].rpcs[0].wss',
    /expected "ws"/,
  ],
  [
    'a misspelt key of fees',
    'tipGwei: 500',
    'tipGwie: 500',
    'YAML_KEY_UNKNOWN',
    'chains[0].fees.tipGwie',
    /expected "tipGwei"/,
  ],
  [
    'a misspelt key of a key',
    'environment: GUARDIAN_KEY',
    'enviroment: GUARDIAN_KEY',
    'YAML_KEY_UNKNOWN',
    'key.enviroment',
    /expected "environment"/,
  ],
  [
    'a misspelt key of a token',
    usd,
    usd.replace('heldBy', 'heldby'),
    'YAML_KEY_UNKNOWN',
    'tokens[0].contracts[0].heldby',
    /expected "heldBy"/,
  ],
  [
    'a misspelt policy',
    'policy: adaptive',
    'policy: adaptve',
    'YAML_VALUE_INVALID',
    'policy',
    /expected "adaptive"/,
  ],
  [
    'a misspelt posture',
    'posture: balanced',
    'posture: stewart',
    'YAML_VALUE_INVALID',
    'posture',
    /expected "steward"/,
  ],
  [
    'a level there is not',
    'level: 3',
    'level: 4',
    'YAML_VALUE_INVALID',
    'level',
    /expected a level from 0 to 3/,
  ],
  ['acting as text', 'act: false', 'act: sometimes', 'YAML_TYPE_WRONG', 'act', /expected true or false/],
  ['no name', 'name: lab\n', '', 'YAML_KEY_MISSING', 'name', /name is missing; expected text/],
  [
    'a kind there is not',
    'kind: release',
    'kind: relase',
    'YAML_VALUE_INVALID',
    'contracts[0].events[3].kind',
    /expected "release"/,
  ],
  [
    'an event that is none',
    "abi: 'event VerifierSet(address verifier)'",
    "abi: 'VerifierSet'",
    'ABI_MALFORMED',
    'contracts[0].events[4].abi',
    /expected an event, such as/,
  ],
  [
    'a field of no argument',
    'message: nonce',
    'message: nounce',
    'ABI_ARGUMENT_UNKNOWN',
    'contracts[0].events[0].fields.message',
    /expected "nonce"/,
  ],
  [
    'a field of the wrong type',
    'peer: destinationChain',
    'peer: token',
    'ABI_ARGUMENT_UNFIT',
    'contracts[0].events[0].fields.peer',
    /expected an argument of type uint/,
  ],
  [
    'a contract on a chain that is not there',
    '- chain: 31337002',
    '- chain: 31337003',
    'CHAIN_UNKNOWN',
    'contracts[3].chain',
    /expected "31337001"/,
  ],
  [
    'an address without quotes',
    "guard: '0x9a9f2ccfde556a7e9ff0848998aa4a0cfd8863ae'",
    'guard: 0x9a9f2ccfde556a7e9ff0848998aa4a0cfd8863ae',
    'YAML_TYPE_WRONG',
    'chains[0].guard',
    /expected text; put it in quotes/,
  ],
  [
    'an address cut short',
    "guard: '0x9a9f2ccfde556a7e9ff0848998aa4a0cfd8863ae'",
    "guard: '0x9a9f'",
    'YAML_VALUE_INVALID',
    'chains[0].guard',
    /expected 0x and 40 hexadecimal digits/,
  ],
  [
    'a quorum of none',
    'quorum: 1',
    'quorum: 2',
    'QUORUM_INVALID',
    'chains[0].quorum',
    /quorum is 2 of 1 RPCs; expected 1/,
  ],
  [
    'a URL that is none',
    "http: 'http://127.0.0.1:8545'",
    "http: '127.0.0.1:8545'",
    'URL_MALFORMED',
    'chains[0].rpcs[0].http',
    /expected a URL that begins with http:/,
  ],
  [
    'a variable that is not set',
    "http: 'http://127.0.0.1:8545'",
    `http: 'https://node.example/\${NO_SUCH_NODE_KEY}'`,
    'ENVIRONMENT_MISSING',
    'chains[0].rpcs[0].http',
    /expected a value for NO_SUCH_NODE_KEY/,
  ],
  [
    'finality twice',
    'finality: { blocks: 2,',
    'finality: { blocks: 2, seconds: 24,',
    'FINALITY_UNCLEAR',
    'chains[0].finality',
    /expected either blocks or seconds/,
  ],
  [
    'a tip above the most',
    'tipGwei: 500, mostGwei: 2000',
    'tipGwei: 500, mostGwei: 20',
    'FEES_INVALID',
    'chains[0].fees',
    /expected a tipGwei that mostGwei has room for/,
  ],
  [
    'the same chain twice',
    'id: 31337002',
    'id: 31337001',
    'CHAIN_DUPLICATE',
    'chains[1].id',
    /expected one entry per chain/,
  ],
  [
    'a token at home on no chain',
    'home: 31337001',
    'home: 31337009',
    'CHAIN_UNKNOWN',
    'tokens[0].home',
    /expected "3133700[12]"/,
  ],
  [
    'a token issued at home',
    usd,
    usd.replace(/heldBy: '\w+'/, 'issued: true'),
    'TOKEN_ISSUED_AT_HOME',
    'tokens[0].contracts[0].issued',
    /expected heldBy:/,
  ],
  [
    'a token held abroad',
    'issued: true',
    "heldBy: '0x959922be3caee4b8cd9a407cc3ac1c251c2007b1'",
    'TOKEN_HELD_ELSEWHERE',
    'tokens[0].contracts[1].heldBy',
    /expected issued: true/,
  ],
  [
    'an address of no journal',
    'journal: lab-bridge.db',
    'journal: redis://here/pier',
    'JOURNAL_ADDRESS_MALFORMED',
    'journal',
    /or nats:/,
  ],
  ['a lease of a file', 'journal: lab-bridge.db', 'lease: { seconds: 9 }', 'LEASE_UNUSED', 'lease', /nats:/],
  [
    'a password in an address',
    'journal: lab-bridge.db',
    'journal: nats://me:hush@here/pier',
    'SECRET_IN_FILE',
    'journal',
    /CUTWATER_NATS_CREDS/,
  ],
  ['a price of no token', '  ETH: 2000', '  ETHER: 2000', 'PRICE_UNUSED', 'prices.ETHER', /expected "ETH"/],
  [
    'a price of nothing',
    '  ETH: 2000',
    '  ETH: 0',
    'YAML_VALUE_INVALID',
    'prices.ETH',
    /expected dollars per whole token/,
  ],
  [
    'a price from two sides',
    'prices:\n',
    "oracles: [{ priceId: ETH, chain: 31337001, contract: '0x959922be3caee4b8cd9a407cc3ac1c251c2007b1' }]\nprices:\n",
    'PRICE_DUPLICATE',
    'oracles[0].priceId',
    /expected either a price or an oracle/,
  ],
  [
    'an oracle on a chain that is not there',
    'prices:\n  USD: 1\n',
    "oracles: [{ priceId: USD, chain: 1, contract: '0x959922be3caee4b8cd9a407cc3ac1c251c2007b1' }]\nprices:\n",
    'CHAIN_UNKNOWN',
    'oracles[0].chain',
    /expected .*31337001/,
  ],
  [
    'a quote of no token',
    'prices:\n',
    "quotes: [{ chain: 31337001, token: USDT, source: pool, contract: '0x959922be3caee4b8cd9a407cc3ac1c251c2007b1', decimals: 6 }]\nprices:\n",
    'TOKEN_UNKNOWN',
    'quotes[0].token',
    /expected "USD"/,
  ],
  [
    'an oracle without a call',
    'prices:\n',
    "quotes: [{ chain: 31337001, token: USD, source: oracle, contract: '0x959922be3caee4b8cd9a407cc3ac1c251c2007b1', decimals: 6 }]\nprices:\n",
    'QUOTE_CALL_MISSING',
    'quotes[0]',
    /expected call: and a function/,
  ],
  [
    'signatures in an argument there is not',
    'argument: attestations',
    'argument: signatures',
    'ABI_ARGUMENT_UNKNOWN',
    'contracts[0].signatures[0].argument',
    /release has no argument signatures; expected .*attestations/,
  ],
  [
    'signatures in an argument that holds none',
    'argument: attestations',
    'argument: message',
    'ABI_ARGUMENT_UNFIT',
    'contracts[0].signatures[0].argument',
    /message of release is tuple; expected an argument of type bytes\[\] or bytes/,
  ],
  [
    'two things that are signed',
    'signed: { attestation: message }',
    'signed: { attestation: message, hash: proof }',
    'SIGNATURES_UNCLEAR',
    'contracts[0].signatures[0].signed',
    /expected one of attestation:, hash: and encoded:/,
  ],
  [
    'a signed hash that is none',
    'signed: { attestation: message }',
    'signed: { hash: proof }',
    'ABI_ARGUMENT_UNFIT',
    'contracts[0].signatures[0].signed',
    /proof of release is bytes; expected an argument of type bytes32/,
  ],
  [
    'a message that lacks a field',
    'release((uint256 sourceChain, ',
    'release((uint256 source, ',
    'ABI_ARGUMENT_UNFIT',
    'contracts[0].signatures[0].calls[0]',
    /no message: it has no sourceChain; expected a tuple with sourceChain/,
  ],
  [
    'a set of one signer',
    "'0xbcd4042de499d14e55001ccbb24a551f3b954096', '0x71be63f3384f5fb98995898a86b02fb2426c5788'",
    '',
    'YAML_VALUE_INVALID',
    'contracts[0].signatures[0].by',
    /expected two signers or more/,
  ],
  [
    'the key itself',
    'environment: GUARDIAN_KEY',
    `environment: '0x${hexKey}'`,
    'SECRET_IN_FILE',
    'key.environment',
    /expected the name of an environment variable; and a new key/,
  ],
  [
    'a key from nowhere',
    'key: { environment: GUARDIAN_KEY }',
    'key: {}',
    'KEY_UNCLEAR',
    'key',
    /expected one of environment, keystore and signer/,
  ],
  [
    'a signer without the address of its key',
    'key: { environment: GUARDIAN_KEY }',
    "key: { signer: 'http://127.0.0.1:9000' }",
    'KEY_UNCLEAR',
    'key',
    /expected signer: with the URL and address:/,
  ],
  [
    'a keystore without a password',
    'key: { environment: GUARDIAN_KEY }',
    'key: { keystore: guardian.json }',
    'KEY_UNCLEAR',
    'key',
    /expected passwordEnvironment:/,
  ],
  ['acting without a key', 'act: false', 'act: true', 'KEY_MISSING', 'act', /expected key: with the name/],
  [
    'a notifier there is not',
    'type: file',
    'type: fil',
    'YAML_VALUE_INVALID',
    'notify[0].type',
    /expected "file"/,
  ],
  [
    'a notifier without its URL',
    '{ type: file, path: lab-alerts.jsonl }',
    '{ type: slack }',
    'NOTIFY_KEY_MISSING',
    'notify[0].url',
    /expected the URL that takes alerts/,
  ],
  [
    'a list in place of keys',
    'prices:\n  USD: 1\n  ETH: 2000\n  SLV: 5',
    'prices: [1, 2000, 5]',
    'YAML_TYPE_WRONG',
    'prices',
    /expected keys with values/,
  ],
]

describe('one clear error, and nothing begun', () => {
  test.each(cases)('%s', async (title, from, to, code, path, says) => {
    expect(example).toContain(from)
    const text = example.replace(from, () => to)
    // Who acts has a key, unless that is what is missing.
    writeFileSync(file, title === 'acting without a key' ? text.replace(/^key:.*$/m, '') : text)
    const { out, err, code: exit } = await cutwater('watch', file)
    expect(exit).toBe(2)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain(`[${code}]`)
    expect(err).toContain(path)
    expect(err).toMatch(says)
    // What is missing stands nowhere; its place is the first key.
    const line = code === 'YAML_KEY_MISSING' ? 5 : lineOf(text)
    expect(err).toContain(`bridge.yaml:${line}: `)
    expect(out).toBe('')
    expect(out + err).not.toContain(hexKey)
    expect(readdirSync(folder)).toEqual(['bridge.yaml'])
  })

  test('a file that is not there', async () => {
    const { err, code } = await cutwater('watch', join(folder, 'bridges.yaml'))
    expect(code).toBe(2)
    expect(err).toMatch(/there is no such file/)
  })

  test.each([
    [
      '--act and --dry-run',
      ['--act', '--dry-run'],
      /--act: "--dry-run" does not fit; expected one of the two/,
    ],
    ['a pulse that is no number', ['--every', 'often'], /--every: "often" does not fit/],
    ['a flag there is not', ['--akt'], /unknown option '--akt'/],
  ])('%s', async (_, flags, says) => {
    writeFileSync(file, example)
    const { err, code } = await cutwater('watch', file, ...flags)
    expect(code).toBe(2)
    expect(err).toMatch(says)
    expect(readdirSync(folder)).toEqual(['bridge.yaml'])
  })

  test('a key that is not in the environment', async () => {
    vi.stubEnv('GUARDIAN_KEY', '')
    writeFileSync(file, example)
    const { err, code } = await cutwater('watch', file, '--act')
    expect(code).toBe(2)
    expect(err).toMatch(/the environment has no GUARDIAN_KEY; expected a value for GUARDIAN_KEY/)
    expect(readdirSync(folder)).toEqual(['bridge.yaml'])
  })
})

/** The line in which a text differs from the example. */
function lineOf(text: string): number {
  let at = 0
  while (text[at] === example[at]) at += 1
  return text.slice(0, at).split('\n').length
}
