import { dirname, resolve } from 'node:path'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import type { Address } from 'viem'
import * as z from 'zod'
import type { PriceOracle } from '../chain/chainlinkPrices.ts'
import * as Reading from '../chain/feeds/Reading.ts'
import * as LiveBridge from '../chain/LiveBridge.ts'
import type { KeySource } from '../chain/Wallet.ts'
import { address, chainId, someText } from '../config/bridgeSchemas.ts'
import { type Path, pathText, readYaml } from '../config/readYaml.ts'
import * as JournalAddress from '../journal/JournalAddress.ts'
import * as NatsAddress from '../nats/NatsAddress.ts'
import * as NotifyConfig from '../notify/NotifyConfig.ts'

/** What `cutwater watch` is told: the bridge, how it is judged, what may be done about it, and who is told. */
export type WatchFile = {
  readonly bridge: LiveBridge.LiveBridge
  /** whether `startBlock` lies in the middle of the bridge's life */
  readonly midway: boolean
  readonly policy: Policy.BridgePolicy
  readonly journal: string
  /** how long a decider who is not heard of holds up another, where several share the journal */
  readonly leaseSeconds: number
  readonly act: boolean
  readonly key: KeySource | null
  readonly prices: ReadonlyMap<string, number>
  readonly oracles: readonly (PriceOracle & { readonly chain: number })[]
  /** a folder of readings, as beside a history */
  readonly feeds: string | null
  /** what is read of contracts for feeds */
  readonly readings: readonly Reading.Reading[]
  readonly notify: NotifyConfig.NotifyConfig
  /** file and line of a path into the description, for errors */
  readonly place: (path: Path) => string
}

/** Reads the description of a watch; its paths are those beside the file. One clear error, with its line. */
export function read(file: string, environment: LiveBridge.Environment = process.env): WatchFile {
  const { value, place } = readYaml(file, schema)
  const where = (path: Path) => `${place(path)}: ${pathText(path)}`
  const beside = (path: string) => resolve(dirname(file), path)
  const bridge = LiveBridge.of(value, place, environment)
  requirePriced(bridge, Object.keys(value.prices), (id) => where(['prices', id]))
  for (const [at, { priceId, chain }] of value.oracles.entries()) {
    requirePriced(bridge, [priceId], () => where(['oracles', at, 'priceId']))
    requireChain(bridge, chain, where(['oracles', at, 'chain']))
    if (priceId in value.prices) throw priceTwice(priceId, where(['oracles', at, 'priceId']))
  }
  const key =
    value.key === null ? null : keyOf(value.key, beside, environment, (part) => where(['key', ...part]))
  if (value.lease !== null && !NatsAddress.isOne(value.journal)) throw leaseUnused(where(['lease']))
  if (value.act) requireMeans(bridge, key, where(['act']))
  return {
    bridge,
    midway: value.midway,
    policy: Policy.of(value.policy, { posture: value.posture, level: value.level }),
    journal: JournalAddress.whole(value.journal, beside, where(['journal'])),
    leaseSeconds: value.lease?.seconds ?? defaultLeaseSeconds,
    act: value.act,
    key,
    prices: new Map(Object.entries(value.prices)),
    oracles: value.oracles.map((each) => ({ ...each, contract: each.contract as Address })),
    feeds: value.feeds === null ? null : beside(value.feeds),
    readings: Reading.of(value.readings, bridge, (part) => where(['readings', ...part])),
    notify: value.notify.map((each) =>
      each.path === undefined ? each : { ...each, path: beside(each.path) },
    ),
    place,
  }
}

/** Acting takes a key, and a guard to act on. */
export function requireMeans(
  { chains }: LiveBridge.LiveBridge,
  key: KeySource | null,
  where: string,
): asserts key is KeySource {
  if (key === null) throw keyMissing(where)
  if (chains.every(({ guard }) => guard === null)) throw guardMissing(where)
}

const environmentName = z
  .string('the name of an environment variable')
  .min(1, 'the name of an environment variable')

const schema = z.strictObject({
  ...LiveBridge.shape,
  midway: z.boolean().default(false),
  policy: z.enum(Policy.names).default('adaptive'),
  posture: z.enum(Posture.names).default('balanced'),
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)], 'a level from 0 to 3').default(1),
  journal: someText.default('bridge.db'),
  lease: z
    .strictObject({
      seconds: z
        .int('a whole number')
        .min(2, 'a whole number from 2 to 600')
        .max(600, 'a whole number from 2 to 600'),
    })
    .nullable()
    .default(null),
  act: z.boolean().default(false),
  key: z
    .strictObject({
      environment: environmentName.optional(),
      keystore: someText.optional(),
      passwordEnvironment: environmentName.optional(),
      signer: someText.optional(),
      address: address.optional(),
    })
    .nullable()
    .default(null),
  prices: z.record(z.string(), z.number().positive('dollars per whole token, more than 0')).default({}),
  oracles: z
    .array(
      z.strictObject({
        priceId: someText,
        chain: chainId,
        contract: address,
        maxAgeSeconds: z.int('a whole number').min(1, 'a whole number, 1 or more').default(93_600),
      }),
    )
    .default([]),
  feeds: someText.nullable().default(null),
  readings: Reading.schema,
  notify: NotifyConfig.schema,
})

/** Short beside what a theft takes, long beside a pause of the machine or an election among servers. */
const defaultLeaseSeconds = 15

type Place = (part: Path) => string

function keyOf(
  {
    environment,
    keystore,
    passwordEnvironment,
    signer,
    address,
  }: NonNullable<z.output<typeof schema>['key']>,
  beside: (path: string) => string,
  variables: LiveBridge.Environment,
  place: Place,
): KeySource {
  if ([environment, keystore, signer].filter((each) => each !== undefined).length !== 1)
    throw keyUnclear(place([]))
  if (keystore === undefined && passwordEnvironment !== undefined)
    throw passwordUnused(place(['passwordEnvironment']))
  if ((signer === undefined) !== (address === undefined)) throw addressUnclear(place([]))
  if (environment !== undefined)
    return { kind: 'environment', name: nameOf(environment, place(['environment'])) }
  if (signer !== undefined) {
    const url = LiveBridge.urlOf(signer, ['http:', 'https:'], variables, place(['signer']))
    return { kind: 'signer', url, address: address as Address }
  }
  if (passwordEnvironment === undefined) throw passwordMissing(place([]))
  const passwordName = nameOf(passwordEnvironment, place(['passwordEnvironment']))
  return { kind: 'keystore', file: beside(keystore!), passwordName }
}

// What is written here in place of a name may be the secret itself, so no error repeats it.
function nameOf(text: string, where: string): string {
  if (/^(?:0x)?[0-9a-fA-F]{64}$/.test(text)) throw keyInFile(where)
  if (/^[A-Za-z_]\w*$/.test(text)) return text
  throw new CutwaterError('ENVIRONMENT_NAME_MALFORMED', 'this does not name an environment variable', {
    where,
    right: 'letters, digits and _, such as GUARDIAN_KEY',
  })
}

function requirePriced(
  { tokens }: LiveBridge.LiveBridge,
  ids: readonly string[],
  where: (id: string) => string,
): void {
  const known = [...new Set(tokens.flatMap(({ priceId }) => priceId ?? []))]
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown === undefined) return
  throw new CutwaterError('PRICE_UNUSED', `no token has the priceId ${JSON.stringify(unknown)}`, {
    where: where(unknown),
    right: choice(unknown, known) || 'a token with that priceId',
  })
}

function requireChain({ chains }: LiveBridge.LiveBridge, chain: number, where: string): void {
  if (chains.some(({ id }) => id === chain)) return
  throw new CutwaterError('CHAIN_UNKNOWN', `chain ${chain} is not among the chains`, {
    where,
    right: choice(
      String(chain),
      chains.map(({ id }) => String(id)),
    ),
  })
}

function priceTwice(priceId: string, where: string): CutwaterError {
  return new CutwaterError('PRICE_DUPLICATE', `${priceId} has a price under prices already`, {
    where,
    right: 'either a price or an oracle',
  })
}

function leaseUnused(where: string): CutwaterError {
  return new CutwaterError('LEASE_UNUSED', 'a journal in a file has one decider in any case', {
    where,
    right: 'no lease, or a journal that several may share: nats://host:port/name',
  })
}

function keyMissing(where: string): CutwaterError {
  return new CutwaterError('KEY_MISSING', 'there is no key to act with', {
    where,
    right: 'key: with the name of an environment variable or a keystore, or a dry run',
  })
}

function guardMissing(where: string): CutwaterError {
  return new CutwaterError('GUARD_MISSING', 'no chain has a guard to act on', {
    where,
    right: 'the address of the guard contract as guard: of a chain, or a dry run',
  })
}

function keyUnclear(where: string): CutwaterError {
  return new CutwaterError('KEY_UNCLEAR', 'the key has several places, or none', {
    where,
    right: 'one of environment, keystore and signer',
  })
}

function passwordUnused(where: string): CutwaterError {
  return new CutwaterError('KEY_UNCLEAR', 'only a keystore needs a password', {
    where,
    right: 'no passwordEnvironment, or a keystore',
  })
}

function addressUnclear(where: string): CutwaterError {
  return new CutwaterError('KEY_UNCLEAR', 'a signer and the address of its key belong together', {
    where,
    right: 'signer: with the URL and address: with the account, or neither',
  })
}

function passwordMissing(where: string): CutwaterError {
  return new CutwaterError('KEY_UNCLEAR', 'the keystore has no password', {
    where,
    right: 'passwordEnvironment: and the name of the environment variable that holds it',
  })
}

function keyInFile(where: string): CutwaterError {
  return new CutwaterError(
    'SECRET_IN_FILE',
    'this looks like the key itself, and whoever reads the file has it',
    {
      where,
      right: 'the name of an environment variable; and a new key in place of this one',
    },
  )
}
