import type { Chain } from '@cutwater/core/bridge/Bridge.ts'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'
import * as BridgeFile from './BridgeFile.ts'

/** An events table as it was read: every row by its event's id, and what is to be replayed in order. */
export type Events = {
  readonly file: string
  readonly replayed: readonly BridgeEvent.BridgeEvent[]
  readonly rows: ReadonlyMap<string, EventRow>
}

export type EventRow = {
  readonly event: BridgeEvent.BridgeEvent
  readonly line: number
  readonly isReplayed: boolean
}

export type Described = {
  readonly chains: readonly Chain[]
  readonly kinds: ReadonlyMap<string, BridgeEvent.Kind>
  readonly sets: readonly string[]
}

/** Reads the legs of all transfers; rows of other sets are checked like all others and left out of the replay. */
export function readEvents(file: string, described: Described, onProgress?: Csv.OnProgress): Events {
  const rows = new Map<string, EventRow>()
  const sets = new Set<string>()
  const read = eventReader(described)
  Csv.forEachOfSomeRows(
    file,
    columns,
    (row) => {
      const event = read(row)
      const id = BridgeEvent.id(event)
      const before = rows.get(id)
      if (before) throw duplicateError(Cell.place(row), id, before.line)
      const set = Cell.text(row, 'set') || BridgeFile.mainSet
      sets.add(set)
      rows.set(id, { event, line: row.line, isReplayed: described.sets.includes(set) })
    },
    onProgress,
  )
  const absent = described.sets.find((set) => !sets.has(set))
  if (absent !== undefined) throw absentSetError(file, absent, sets)
  const replayed: BridgeEvent.BridgeEvent[] = []
  for (const { event, isReplayed } of rows.values()) if (isReplayed) replayed.push(event)
  return { file, replayed: replayed.sort(BridgeEvent.compare), rows }
}

const columns = {
  required: [
    'timestamp',
    'chain_id',
    'tx_hash',
    'event_index',
    'kind',
    'message_id',
    'token_src',
    'token_dst',
    'sender',
    'beneficiary',
    'amount',
    'peer_chain_id',
  ],
  optional: ['block', 'set'],
} as const satisfies Csv.Columns<string, string>

type EventColumn = (typeof columns.required)[number] | (typeof columns.optional)[number]
type Row = Csv.Row<EventColumn>

function eventReader({ chains, kinds }: Described): (row: Row) => BridgeEvent.BridgeEvent {
  const chainIds = new Map(chains.map(({ id }) => [String(id), id]))
  const address = addressReader()
  const addressOrNull = (row: Row, column: EventColumn, none: readonly string[]) =>
    none.includes(Cell.text(row, column)) ? null : address(row, column)
  return (row) => {
    const chain = Cell.oneOf(row, 'chain_id', chainIds, 'CHAIN_UNKNOWN')
    return {
      kind: Cell.oneOf(row, 'kind', kinds, 'KIND_UNKNOWN'),
      at: Cell.timestamp(row, 'timestamp'),
      chain,
      peer: peerOf(row, chain, chains, chainIds),
      tx: Cell.hash(row, 'tx_hash'),
      index: Cell.wholeNumber(row, 'event_index'),
      block: Cell.text(row, 'block') === '' ? null : Cell.wholeNumber(row, 'block'),
      message: message(row),
      tokenSource: addressOrNull(row, 'token_src', ['', unknown]),
      token: addressOrNull(row, 'token_dst', [unknown]),
      sender: addressOrNull(row, 'sender', ['', unknown]),
      beneficiary: address(row, 'beneficiary'),
      amount: Cell.amount(row, 'amount'),
    }
  }
}

/** Checks every distinct address once and hands out one string for it: most addresses come back many times. */
function addressReader(): (row: Row, column: EventColumn) => string {
  const known = new Map<string, string>()
  return (row, column) => {
    const cell = Cell.text(row, column)
    const before = known.get(cell)
    if (before !== undefined) return before
    const address = Cell.address(row, column)
    const shared = known.get(address) ?? address
    known.set(address, shared)
    known.set(cell, shared)
    return shared
  }
}

// How a Python exporter writes a value it does not have.
const unknown = 'None'

// A log does not always name the other chain; where a bridge has two there is no doubt which it is.
function peerOf(
  row: Row,
  chain: number,
  chains: readonly Chain[],
  chainIds: ReadonlyMap<string, number>,
): number {
  if (Cell.text(row, 'peer_chain_id') === '' && chains.length === 2)
    return chains[0]!.id === chain ? chains[1]!.id : chains[0]!.id
  const peer = Cell.oneOf(row, 'peer_chain_id', chainIds, 'CHAIN_UNKNOWN')
  if (peer === chain) throw peerError(row, peer, chains)
  return peer
}

function message(row: Row): string {
  const cell = Cell.someText(row, 'message_id')
  return /^0x[0-9a-f]+$/i.test(cell) ? cell.toLowerCase() : cell
}

function peerError(row: Row, peer: number, chains: readonly Chain[]): CutwaterError {
  const others = chains.filter(({ id }) => id !== peer).map(({ id }) => String(id))
  return new CutwaterError('PEER_IS_CHAIN', `peer_chain_id is ${peer}, the chain of the event itself`, {
    where: Cell.place(row),
    right: choice('', others),
  })
}

function duplicateError(where: string, id: string, before: number): CutwaterError {
  return new CutwaterError('EVENT_DUPLICATE', `the event ${id} already stands in line ${before}`, {
    where,
    right: 'one row per chain_id, tx_hash and event_index',
  })
}

function absentSetError(file: string, set: string, sets: Iterable<string>): CutwaterError {
  return new CutwaterError('SET_UNKNOWN', `no row belongs to the set ${JSON.stringify(set)}`, {
    where: file,
    right: choice(set, sets),
  })
}
