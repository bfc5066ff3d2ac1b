import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Chain, Token } from '@cutwater/core/bridge/Bridge.ts'
import type { Kind } from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as z from 'zod'
import { chainId, someText, token } from '../config/bridgeSchemas.ts'
import { type Path, readYaml } from '../config/readYaml.ts'

/** What an operator says about a history beside its tables; every part has a default. */
export type BridgeFile = {
  readonly name: string
  readonly synthetic: boolean
  /** whether the record begins in the middle of the bridge's life; null: its ids tell */
  readonly midway: boolean | null
  readonly source: string
  /** null: the finality table lists them */
  readonly chains: readonly Chain[] | null
  /** null: the mapping table lists them */
  readonly tokens: readonly Token[] | null
  /** the four kinds by the text the events table has for them */
  readonly kinds: ReadonlyMap<string, Kind>
  /** the sets of rows to replay */
  readonly sets: readonly string[]
  /** other names of the tables; a table named here must exist */
  readonly files: Readonly<Partial<Record<Table, string | undefined>>>
  /** file and line of a path into the description, for errors */
  readonly place: (path: Path) => string
}

export type Table = 'events' | 'tokens' | 'finality' | 'prices' | 'labels' | 'measures'

export const fileName = 'bridge.yaml'
/** The set of a row that names none. */
export const mainSet = 'main'

/** Reads the description of the history in `dir`: `file`, else its `bridge.yaml`, else the defaults. */
export function read(dir: string, file?: string): BridgeFile {
  const found = file ?? [join(dir, fileName)].find((path) => existsSync(path))
  if (found === undefined) return defaults(dir)
  const { value, place } = readYaml(found, schema)
  requireOneOfEach(value.chains ?? [], place)
  const otherwise = defaults(dir)
  return {
    name: value.name,
    synthetic: value.synthetic ?? otherwise.synthetic,
    midway: value.midway ?? otherwise.midway,
    source: value.source ?? otherwise.source,
    chains: value.chains ?? otherwise.chains,
    tokens: value.tokens ?? otherwise.tokens,
    kinds: value.kinds ? new Map(Object.entries(value.kinds)) : otherwise.kinds,
    sets: value.sets ?? otherwise.sets,
    files: value.files ?? otherwise.files,
    place,
  }
}

const defaultKinds: ReadonlyMap<string, Kind> = new Map([
  ['deposit_locked', 'lock'],
  ['deposit_minted', 'mint'],
  ['withdrawal_burned', 'burn'],
  ['withdrawal_released', 'release'],
  ['lock', 'lock'],
  ['mint', 'mint'],
  ['burn', 'burn'],
  ['release', 'release'],
])

function defaults(dir: string): BridgeFile {
  return {
    name: basename(resolve(dir)),
    synthetic: false,
    midway: null,
    source: dir,
    chains: null,
    tokens: null,
    kinds: defaultKinds,
    sets: [mainSet],
    files: {},
    place: () => dir,
  }
}

const chain = z.strictObject({
  id: chainId,
  name: someText,
  finalitySeconds: z.int('a whole number').min(0, 'whole seconds, zero or more'),
})

const schema = z.strictObject({
  name: someText,
  synthetic: z.boolean().optional(),
  midway: z.boolean().optional(),
  source: z.string().optional(),
  chains: z.array(chain).min(1, 'at least one chain').optional(),
  kinds: z.record(z.string(), z.enum(['lock', 'mint', 'burn', 'release'])).optional(),
  sets: z.array(someText).min(1, 'at least one set, such as [main]').optional(),
  tokens: z.array(token).min(1, 'at least one token').optional(),
  files: z
    .strictObject({
      events: someText.optional(),
      tokens: someText.optional(),
      finality: someText.optional(),
      prices: someText.optional(),
      labels: someText.optional(),
      measures: someText.optional(),
    })
    .optional(),
})

function requireOneOfEach(chains: readonly { readonly id: number }[], place: BridgeFile['place']): void {
  const first = new Map<number, number>()
  chains.forEach(({ id }, at) => {
    const before = first.get(id)
    if (before !== undefined)
      throw new CutwaterError('CHAIN_DUPLICATE', `chains[${at}] has the id ${id} of chains[${before}]`, {
        where: place(['chains', at, 'id']),
        right: 'one entry per chain',
      })
    first.set(id, at)
  })
}
