import { headers, type MsgHdrs } from '@nats-io/transport-node'

/** Texts too large for one message, coming in pieces that may be mixed with those of others. */
export type Parcels = Map<string, Uint8Array[]>

const header = 'Cutwater-Piece'

export function create(): Parcels {
  return new Map()
}

/** The pieces of a parcel, each with the headers that say so. */
export function piecesOf(
  name: string,
  bytes: Uint8Array,
  size: number,
): readonly { readonly told: MsgHdrs; readonly data: Uint8Array }[] {
  const of = Math.max(1, Math.ceil(bytes.length / size))
  return Array.from({ length: of }, (_, nth) => {
    const told = headers()
    told.set(header, `${name} ${nth + 1}/${of}`)
    return { told, data: bytes.subarray(nth * size, (nth + 1) * size) }
  })
}

/** Takes a piece, and returns the parcel when it is whole. Pieces of one parcel come in order. */
export function take(parcels: Parcels, told: MsgHdrs | undefined, data: Uint8Array): Uint8Array | undefined {
  const match = /^(\S+) (\d+)\/(\d+)$/.exec(told?.get(header) ?? '')
  if (match === null) return undefined
  const [, name, nth, of] = match as unknown as [string, string, string, string]
  const pieces = parcels.get(name) ?? []
  if (pieces.length !== Number(nth) - 1) return undefined
  pieces.push(data)
  parcels.set(name, pieces)
  if (pieces.length < Number(of)) return undefined
  parcels.delete(name)
  return Buffer.concat(pieces)
}
