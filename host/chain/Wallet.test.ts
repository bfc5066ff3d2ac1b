import { createCipheriv, randomBytes, scryptSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { concat, keccak256 } from 'viem'
import { afterAll, describe, expect, test } from 'vitest'
import * as Wallet from './Wallet.ts'

const folder = mkdtempSync(join(tmpdir(), 'cutwater-wallet-'))
afterAll(() => rmSync(folder, { recursive: true }))

// The test vectors of the keystore's own page, "Web3 Secret Storage Definition": key, password and both files.
const key = '7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
const address = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b'
const pbkdf2File = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
}
const password = 'testpassword'

describe('a wallet opens', () => {
  test.each([key, `0x${key}`, ` 0x${key}\n`])('from the environment', async (value) => {
    const wallet = await Wallet.open({ kind: 'environment', name: 'GUARDIAN' }, { GUARDIAN: value })
    expect(wallet.address).toBe(address)
  })

  test('from a keystore by pbkdf2', async () => {
    expect((await openFile(JSON.stringify(pbkdf2File))).address).toBe(address)
  })

  test('from a keystore by scrypt, larger than Node allows unasked', async () => {
    expect((await openFile(JSON.stringify(keystoreOf(key, password, 65_536)))).address).toBe(address)
  })
})

describe('one clear error, without a secret', () => {
  test.each([
    ['no variable', { kind: 'environment', name: 'NONE' }, {}, 'KEY_MISSING'],
    ['a short key', { kind: 'environment', name: 'K' }, { K: key.slice(1) }, 'KEY_MALFORMED'],
    [
      'a key with a letter wrong',
      { kind: 'environment', name: 'K' },
      { K: key.replace('7', 'x') },
      'KEY_MALFORMED',
    ],
    ['a key beyond the curve', { kind: 'environment', name: 'K' }, { K: 'f'.repeat(64) }, 'KEY_MALFORMED'],
    ['zero', { kind: 'environment', name: 'K' }, { K: '0'.repeat(64) }, 'KEY_MALFORMED'],
    [
      'no file',
      { kind: 'keystore', file: join(folder, 'none'), passwordName: 'P' },
      { P: password },
      'KEYSTORE_UNREADABLE',
    ],
    ['no password', { kind: 'keystore', file: join(folder, 'none'), passwordName: 'P' }, {}, 'KEY_MISSING'],
  ] as const)('%s', async (_, source, environment, code) => {
    expect(await failureOf(Wallet.open(source, environment))).toMatchObject({ code })
  })

  test.each([
    ['another password', JSON.stringify(pbkdf2File), 'wrong', 'KEYSTORE_PASSWORD_WRONG'],
    ['a file that is not JSON', key, password, 'KEYSTORE_MALFORMED'],
    ['another version', JSON.stringify({ ...pbkdf2File, version: 1 }), password, 'KEYSTORE_MALFORMED'],
    [
      'another derivation',
      JSON.stringify(pbkdf2File).replace('"pbkdf2"', '"argon2"'),
      password,
      'KEYSTORE_MALFORMED',
    ],
  ])('%s', async (_, text, given, code) => {
    expect(await failureOf(openFile(text, given))).toMatchObject({ code })
  })
})

test('a wallet shows nobody its key', async () => {
  const wallet = await Wallet.open({ kind: 'environment', name: 'K' }, { K: key })
  const shown = [inspect(wallet, { depth: 9, showHidden: true }), JSON.stringify(wallet), String(wallet)]
  for (const text of shown) expect(text).not.toContain(key)
})

function openFile(text: string, given = password): Promise<Wallet.Wallet> {
  const file = join(folder, 'key.json')
  writeFileSync(file, text)
  return Wallet.open({ kind: 'keystore', file, passwordName: 'P' }, { P: given })
}

async function failureOf(opening: Promise<unknown>): Promise<Error> {
  const error = await opening.then(
    () => new Error('it opened'),
    (reason: Error) => reason,
  )
  const shown = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`
  for (const secret of [key.slice(1, 20), 'testpassword']) expect(shown).not.toContain(secret)
  return error
}

function keystoreOf(secret: string, given: string, n: number): object {
  const [salt, iv] = [randomBytes(32), randomBytes(16)]
  const derived = scryptSync(given, salt, 32, { N: n, r: 8, p: 1, maxmem: 256 * n * 8 })
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv)
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(secret, 'hex')), cipher.final()])
  return {
    version: 3,
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
      kdf: 'scrypt',
      kdfparams: { dklen: 32, n, r: 8, p: 1, salt: salt.toString('hex') },
      mac: keccak256(concat([derived.subarray(16, 32), ciphertext])).slice(2),
    },
  }
}
