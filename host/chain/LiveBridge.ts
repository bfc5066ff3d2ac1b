import type { Bridge, Token } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { type Address, parseGwei } from 'viem'
import * as z from 'zod'
import { address, chainId, someText } from '../config/bridgeSchemas.ts'
import { type Path, pathText, readYaml } from '../config/readYaml.ts'
import * as SignatureRead from './SignatureRead.ts'
import { type StateRead, stateReads, stateSchema } from './StateRead.ts'
import * as WatchedEvent from './WatchedEvent.ts'

/** A bridge to be watched on its chains, as its operator describes it. */
export type LiveBridge = {
  readonly name: string
  readonly chains: readonly LiveChain[]
  readonly tokens: readonly Token[]
}

/** One chain of it: who is asked, what counts, and where the bridge is. */
export type LiveChain = {
  readonly id: ChainId
  readonly name: string
  readonly finality: Finality
  readonly startBlock: number
  readonly pollMilliseconds: number
  /** seconds without a new block after which the chain counts as standing still */
  readonly staleSeconds: number
  readonly timeoutMilliseconds: number
  /** the most blocks one question asks for */
  readonly rangeBlocks: number
  readonly rpcs: readonly Endpoint[]
  /** how many of `rpcs` must agree */
  readonly quorum: number
  /** false on chains whose headers carry no bloom, or one that leaves logs out */
  readonly blooms: boolean
  readonly contracts: readonly WatchedContract[]
  readonly guard: Address | null
  /** the treasury that is moved with the ladder, and the desk that raises cover: on one chain of the bridge */
  readonly treasury?: Address | undefined
  readonly coverDesk?: Address | undefined
  /** changes that come through it are announced ones */
  readonly timelock: Address | null
  /** whether calls are looked at before they are mined */
  readonly mempool: boolean
  /** contracts beside the bridge’s own whose calls may act on it: looked at before they are mined as well */
  readonly entrances: readonly Address[]
  /** what deeds may cost here; the actuator's own terms where it is null */
  readonly fees: { readonly priorityFeePerGas: bigint; readonly maxFeePerGas: bigint } | null
  /** what is read of each block beside its logs */
  readonly state: readonly StateRead[]
  /** whose signatures are read of what the bridge pays here */
  readonly signatures: readonly SignatureRead.SignatureRead[]
}

/** A block is final at a depth, or an age; `depth` is how far back that is at most, in blocks. */
export type Finality = { readonly depth: number; readonly seconds: number; readonly by: 'blocks' | 'seconds' }

export type Endpoint = { readonly http: string; readonly ws: string | null; readonly batch: number }

export type WatchedContract = {
  readonly address: Address
  readonly events: readonly WatchedEvent.WatchedEvent[]
}

/**
 * Reads the description of a live bridge.
 *
 * `${NAME}` in an RPC's URL stands for that environment variable, so that keys stay out of the file. Fails with
 * one clear error, its line and what would be right.
 */
export function read(file: string, environment: Environment = process.env): LiveBridge {
  const { value, place } = readYaml(file, z.strictObject(shape))
  return of(value, place, environment)
}

/** The same of a document that has been read already, maybe with more in it. */
export function of(value: Written, lineOf: Place, environment: Environment = process.env): LiveBridge {
  const place: Place = (path) => `${lineOf(path)}: ${pathText(path)}`
  requireOneOfEach(value.chains, place)
  const ids = value.chains.map(({ id }) => id)
  for (const [at, { chain }] of value.contracts.entries())
    requireChain(chain, ids, place, ['contracts', at, 'chain'])
  requireOneEntry(value.contracts, place)
  for (const [at, each] of value.tokens.entries()) requireTokenOnChains(each, ids, place, ['tokens', at])
  const contracts = value.contracts.map((written, at) => ({
    chain: written.chain,
    contract: contractOf(written, (path) => place(['contracts', at, ...path])),
  }))
  const tokens = value.tokens.map((written) => ({
    ...written,
    contracts: written.contracts.map(({ chain, address }) => ({ chain, address })),
  }))
  const state = stateReads(value, place)
  const chains = value.chains.map((written, at): LiveChain => {
    const here = (path: Path) => place(['chains', at, ...path])
    const rpcs = endpointsOf(written.rpcs, environment, here)
    requireMajority(written.quorum, rpcs.length, here(['quorum']))
    return {
      ...written,
      finality: finalityOf(written.finality, here(['finality'])),
      rpcs,
      guard: written.guard as Address | null,
      timelock: written.timelock as Address | null,
      treasury: written.treasury as Address | undefined,
      coverDesk: written.coverDesk as Address | undefined,
      entrances: written.entrances as Address[],
      contracts: contracts.flatMap((each) => (each.chain === written.id ? each.contract : [])),
      fees: feesOf(written.fees, here(['fees'])),
      state: state.flatMap((each) => (each.chain === written.id ? each.read : [])),
      signatures: signaturesOf(value.contracts, written, place),
    }
  })
  return { name: value.name, chains, tokens }
}

/** What the book needs to know of it. */
export function toBridge({ name, chains, tokens }: LiveBridge): Bridge {
  const own = chains.find(({ treasury, coverDesk }) => treasury !== undefined || coverDesk !== undefined)
  return {
    name,
    chains: chains.map((chain) => ({
      id: chain.id,
      name: chain.name,
      finalitySeconds: chain.finality.seconds,
    })),
    tokens,
    synthetic: false,
    ...(own !== undefined && { treasury: own.id }),
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

const wholeFrom = (least: number) => z.int('a whole number').min(least, `a whole number, ${least} or more`)

const argument = z.string().min(1, 'the name of an ABI argument')

const event = z.strictObject({
  abi: someText,
  kind: z.enum([...WatchedEvent.legKinds, ...WatchedEvent.changeKinds, 'attempt', 'limits']),
  only: z.record(z.string(), z.int('a whole number')).optional(),
  fields: z
    .strictObject({
      message: argument.optional(),
      peer: z.union([argument, chainId], 'the name of an ABI argument, or a chain id').optional(),
      tokenSource: argument.nullable().optional(),
      token: argument.nullable().optional(),
      sender: argument.nullable().optional(),
      beneficiary: argument.optional(),
      amount: argument.optional(),
    })
    .optional(),
})

const contract = z.strictObject({
  chain: chainId,
  address,
  events: z.array(event).min(1, 'at least one event'),
  signatures: z.array(SignatureRead.signatureSchema).default([]),
})

const gwei = z.number().positive('gwei per gas, more than 0')

const chain = z.strictObject({
  id: chainId,
  name: someText,
  finality: z.strictObject({
    blocks: wholeFrom(0).optional(),
    seconds: wholeFrom(0).optional(),
    blockSeconds: z.number().positive('the time between two blocks, seconds, more than 0'),
  }),
  startBlock: wholeFrom(0).default(0),
  pollMilliseconds: wholeFrom(1).default(1_000),
  staleSeconds: wholeFrom(1).default(60),
  timeoutMilliseconds: wholeFrom(1).default(10_000),
  rangeBlocks: wholeFrom(1).default(500),
  quorum: wholeFrom(1).default(1),
  rpcs: z
    .array(
      z.strictObject({
        http: someText,
        ws: someText.nullable().default(null),
        batch: wholeFrom(1).default(1),
      }),
    )
    .min(1, 'at least one RPC'),
  blooms: z.boolean().default(true),
  guard: address.nullable().default(null),
  treasury: address.optional(),
  coverDesk: address.optional(),
  timelock: address.nullable().default(null),
  mempool: z.boolean().default(false),
  entrances: z.array(address).default([]),
  fees: z.strictObject({ tipGwei: gwei, mostGwei: gwei }).nullable().default(null),
})

/** The keys of a bridge's description; a file may have others beside them. */
export const shape = {
  name: someText,
  chains: z.array(chain).min(1, 'at least one chain'),
  contracts: z.array(contract).min(1, 'at least one contract'),
  ...stateSchema,
}

type Written = z.output<z.ZodObject<typeof shape>>
type Place = (path: Path) => string

function contractOf(written: z.output<typeof contract>, place: Place): WatchedContract {
  const events = written.events.map((each, at) =>
    WatchedEvent.create(each, (part) => place(['events', at, ...part])),
  )
  events.forEach(({ topic, abi }, at) => {
    const before = events.findIndex((each) => each.topic === topic)
    if (before < at)
      throw new CutwaterError(
        'EVENT_DUPLICATE',
        `events[${at}] is ${abi.name} again, like events[${before}]`,
        {
          where: place(['events', at]),
          right: 'each event once',
        },
      )
  })
  return { address: written.address as Address, events }
}

function signaturesOf(
  contracts: Written['contracts'],
  { id, guard }: Pick<Written['chains'][number], 'id' | 'guard'>,
  place: Place,
): readonly SignatureRead.SignatureRead[] {
  return contracts.flatMap((written, at) =>
    written.chain !== id
      ? []
      : written.signatures.map((each, nth) =>
          SignatureRead.create(
            each,
            { contract: written.address as Address, guard: guard as Address | null },
            (path) => place(['contracts', at, 'signatures', nth, ...path]),
          ),
        ),
  )
}

function finalityOf(
  { blocks, seconds, blockSeconds }: z.output<typeof chain>['finality'],
  where: string,
): Finality {
  if ((blocks === undefined) === (seconds === undefined))
    throw new CutwaterError(
      'FINALITY_UNCLEAR',
      `finality has ${blocks === undefined ? 'neither blocks nor seconds' : 'both blocks and seconds'}`,
      { where, right: 'either blocks or seconds' },
    )
  return blocks === undefined
    ? { by: 'seconds', seconds: seconds!, depth: Math.ceil(seconds! / blockSeconds) }
    : { by: 'blocks', depth: blocks, seconds: Math.ceil(blocks * blockSeconds) }
}

function feesOf(written: z.output<typeof chain>['fees'], where: string): LiveChain['fees'] {
  if (written === null) return null
  const { tipGwei, mostGwei } = written
  if (tipGwei > mostGwei)
    throw new CutwaterError('FEES_INVALID', `the tip of ${tipGwei} gwei is more than ${mostGwei}, the most`, {
      where,
      right: 'a tipGwei that mostGwei has room for',
    })
  return { priorityFeePerGas: parseGwei(String(tipGwei)), maxFeePerGas: parseGwei(String(mostGwei)) }
}

function endpointsOf(
  written: z.output<typeof chain>['rpcs'],
  environment: Environment,
  place: Place,
): readonly Endpoint[] {
  const endpoints = written.map(({ http, ws, batch }, at) => ({
    http: urlOf(http, ['http:', 'https:'], environment, place(['rpcs', at, 'http'])),
    ws: ws === null ? null : urlOf(ws, ['ws:', 'wss:'], environment, place(['rpcs', at, 'ws'])),
    batch,
  }))
  endpoints.forEach(({ http }, at) => {
    // The same node twice would be a quorum of one that looks like two.
    const before = endpoints.findIndex((each) => each.http === http)
    if (before < at)
      throw new CutwaterError('RPC_DUPLICATE', `rpcs[${at}] is the same as rpcs[${before}]`, {
        where: place(['rpcs', at, 'http']),
        right: 'RPCs that do not depend on each other',
      })
  })
  return endpoints
}

/** A URL with what stands in the environment put in; no error says what that is. */
export function urlOf(
  written: string,
  protocols: readonly string[],
  environment: Environment,
  where: string,
): string {
  const text = written.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = environment[name]
    if (!value)
      throw new CutwaterError('ENVIRONMENT_MISSING', `the environment has no ${name}`, {
        where,
        right: `a value for ${name}`,
      })
    return value
  })
  const url = URL.parse(text)
  // The value may hold a key, so what is wrong is said without it.
  if (!url || !protocols.includes(url.protocol))
    throw new CutwaterError('URL_MALFORMED', 'this is not a URL of its kind', {
      where,
      right: `a URL that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`,
    })
  return url.href
}

function requireMajority(quorum: number, rpcs: number, where: string): void {
  if (quorum <= rpcs && quorum * 2 > rpcs) return
  const least = Math.floor(rpcs / 2) + 1
  throw new CutwaterError('QUORUM_INVALID', `quorum is ${quorum} of ${rpcs} RPCs`, {
    where,
    // With half or less, two camps could both be right.
    right: least === rpcs ? `${rpcs}` : `a majority, from ${least} to ${rpcs}`,
  })
}

function requireChain(id: ChainId, ids: readonly ChainId[], place: Place, path: Path): void {
  if (ids.includes(id)) return
  throw new CutwaterError('CHAIN_UNKNOWN', `chain ${id} is not among the chains`, {
    where: place(path),
    right: choice(String(id), ids.map(String)),
  })
}

function requireTokenOnChains(
  written: Written['tokens'][number],
  ids: readonly ChainId[],
  place: Place,
  path: Path,
): void {
  requireChain(written.home, ids, place, [...path, 'home'])
  for (const [at, { chain: id }] of written.contracts.entries())
    requireChain(id, ids, place, [...path, 'contracts', at, 'chain'])
}

function requireOneOfEach(chains: readonly { readonly id: number }[], place: Place): void {
  chains.forEach(({ id }, at) => {
    const before = chains.findIndex((each) => each.id === id)
    if (before < at)
      throw new CutwaterError('CHAIN_DUPLICATE', `chains[${at}] has the id ${id} of chains[${before}]`, {
        where: place(['chains', at, 'id']),
        right: 'one entry per chain',
      })
  })
}

function requireOneEntry(contracts: Written['contracts'], place: Place): void {
  contracts.forEach((each, at) => {
    const before = contracts.findIndex(
      (other) => other.chain === each.chain && other.address === each.address,
    )
    if (before < at)
      throw new CutwaterError('CONTRACT_DUPLICATE', `contracts[${at}] is contracts[${before}] again`, {
        where: place(['contracts', at, 'address']),
        right: 'one entry per contract, with all its events',
      })
  })
}
