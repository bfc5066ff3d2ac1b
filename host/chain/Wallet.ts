import { createDecipheriv, pbkdf2, scrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { bytesToHex, concat, type Hex, hexToBytes, keccak256, type PrivateKeyAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import * as z from 'zod'
import { remoteSigner, type Signer } from './remoteSigner.ts'

/** A key that signs transactions; the key itself cannot be read from it. */
export type Wallet = Pick<PrivateKeyAccount, 'address' | 'signTransaction'>

/** A key that is at hand here, and signs messages too. */
export type LocalWallet = Wallet & Pick<PrivateKeyAccount, 'signTypedData'>

/** Where a key comes from: an environment variable, or a keystore file whose password is in one. */
export type LocalKey =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'keystore'; readonly file: string; readonly passwordName: string }

/** The same, or a signer on another machine that has it. */
export type KeySource = LocalKey | ({ readonly kind: 'signer' } & Signer)

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Opens a wallet. No error says anything of what a key, a password or a file holds: `KEY_*`, `KEYSTORE_*`, `SIGNER_*`.
 */
export async function open(source: KeySource, environment: Environment = process.env): Promise<Wallet> {
  return source.kind === 'signer' ? await remoteSigner(source) : await openLocal(source, environment)
}

/** Opens a wallet whose key is here. */
export async function openLocal(
  source: LocalKey,
  environment: Environment = process.env,
): Promise<LocalWallet> {
  if (source.kind === 'environment')
    return walletOf(variable(environment, source.name), `environment variable ${source.name}`)
  const password = variable(environment, source.passwordName)
  return walletOf(bytesToHex(await decrypt(source.file, password)), source.file)
}

function variable(environment: Environment, name: string): string {
  const value = environment[name]?.trim()
  if (value) return value
  throw new CutwaterError('KEY_MISSING', `the environment has no ${name}`, { right: `a value for ${name}` })
}

function walletOf(key: string, where: string): LocalWallet {
  const hex = key.startsWith('0x') ? key : `0x${key}`
  if (!/^0x[0-9a-fA-F]{64}$/.test(hex)) throw malformedKey(where)
  try {
    return privateKeyToAccount(hex as Hex)
  } catch {
    // The library's error would hold the key.
    throw malformedKey(where)
  }
}

// Version 3 of the keystore: https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage
const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/i)
const keystore = z.object({
  version: z.literal(3),
  crypto: z.object({
    cipher: z.literal('aes-128-ctr'),
    cipherparams: z.object({ iv: hex }),
    ciphertext: hex,
    mac: hex,
    kdf: z.string(),
    kdfparams: z.unknown(),
  }),
})
const scryptParams = z.object({ dklen: z.literal(32), n: z.int(), r: z.int(), p: z.int(), salt: hex })
const pbkdf2Params = z.object({
  dklen: z.literal(32),
  c: z.int(),
  prf: z.literal('hmac-sha256'),
  salt: hex,
})

async function decrypt(file: string, password: string): Promise<Uint8Array> {
  const parsed = keystore.safeParse(parseJson(file))
  if (!parsed.success) throw malformedKeystore(file)
  const { crypto } = parsed.data
  const derived = await derive(file, crypto.kdf, crypto.kdfparams, password)
  const ciphertext = hexToBytes(`0x${crypto.ciphertext}`)
  if (keccak256(concat([derived.subarray(16, 32), ciphertext])) !== `0x${crypto.mac.toLowerCase()}`)
    throw new CutwaterError('KEYSTORE_PASSWORD_WRONG', 'the password does not open the keystore', {
      where: file,
      right: 'the password it was made with',
    })
  const decipher = createDecipheriv(
    'aes-128-ctr',
    derived.subarray(0, 16),
    hexToBytes(`0x${crypto.cipherparams.iv}`),
  )
  return Uint8Array.from([...decipher.update(ciphertext), ...decipher.final()])
}

async function derive(file: string, kdf: string, params: unknown, password: string): Promise<Uint8Array> {
  const byScrypt = scryptParams.safeParse(params)
  if (kdf === 'scrypt' && byScrypt.success) {
    const { n, r, p, salt } = byScrypt.data
    // Node's default limit is below what common keystores need: 128·N·r bytes.
    const options = { N: n, r, p, maxmem: 256 * n * r }
    return (await scryptAsync(password, hexToBytes(`0x${salt}`), 32, options)) as Uint8Array
  }
  const byPbkdf2 = pbkdf2Params.safeParse(params)
  if (kdf !== 'pbkdf2' || !byPbkdf2.success) throw malformedKeystore(file)
  const { c, salt } = byPbkdf2.data
  return promisify(pbkdf2)(password, hexToBytes(`0x${salt}`), c, 32, 'sha256')
}

const scryptAsync = promisify(
  scrypt as (
    password: string,
    salt: Uint8Array,
    length: number,
    options: object,
    done: (error: Error | null, key: Buffer) => void,
  ) => void,
)

function parseJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new CutwaterError('KEYSTORE_UNREADABLE', `the keystore cannot be read (${code})`, {
      where: file,
      right: 'a keystore file this user may read',
    })
  }
  try {
    return JSON.parse(text)
  } catch {
    throw malformedKeystore(file)
  }
}

function malformedKey(where: string): CutwaterError {
  return new CutwaterError('KEY_MALFORMED', 'this is no private key', {
    where,
    right: '64 hexadecimal digits, with or without 0x',
  })
}

function malformedKeystore(file: string): CutwaterError {
  return new CutwaterError('KEYSTORE_MALFORMED', 'this is no keystore', {
    where: file,
    right: 'JSON of version 3, encrypted with aes-128-ctr by scrypt or pbkdf2',
  })
}
