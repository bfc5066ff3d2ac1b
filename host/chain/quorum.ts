import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Rpc from './Rpc.ts'

/** Nodes of one chain, and how many of them must agree. */
export type Quorum = { readonly rpcs: readonly Rpc.Rpc[]; readonly quorum: number }

/** The nodes of a chain, each asked one thing at a time. */
export function of({ rpcs, quorum, timeoutMilliseconds }: LiveChain): Quorum {
  return { rpcs: rpcs.map(({ http }) => Rpc.create({ http, batch: 1 }, { timeoutMilliseconds })), quorum }
}

/**
 * The answer that a quorum of nodes gives, as soon as they do; `RPC_NO_QUORUM` as soon as they no longer can.
 *
 * @param keyOf the same for two answers exactly when they are the same
 */
export function agree<Told>(
  { rpcs, quorum }: Quorum,
  ask: (rpc: Rpc.Rpc) => Promise<Told>,
  keyOf: (told: Told) => string = String,
): Promise<Told> {
  const camps = new Map<string, number>()
  const reasons: string[] = []
  let left = rpcs.length
  return new Promise((resolve, reject) => {
    const count = (key: string | null, told?: Told) => {
      left -= 1
      if (key !== null) {
        camps.set(key, (camps.get(key) ?? 0) + 1)
        if (camps.get(key)! >= quorum) return resolve(told as Told)
      }
      if (Math.max(0, ...camps.values()) + left < quorum) reject(noQuorum(camps.size, reasons))
    }
    for (const rpc of rpcs) {
      ask(rpc).then(
        (told) => count(keyOf(told), told),
        (error: Error) => {
          reasons.push(error.message)
          count(null)
        },
      )
    }
  })
}

/** The first answers, as many as make a quorum, for what no two nodes say alike at any moment. */
export function first<Told>(
  { rpcs, quorum }: Quorum,
  ask: (rpc: Rpc.Rpc) => Promise<Told>,
): Promise<readonly Told[]> {
  const told: Told[] = []
  const reasons: string[] = []
  return new Promise((resolve, reject) => {
    for (const rpc of rpcs) {
      ask(rpc).then(
        (value) => {
          if (told.push(value) === quorum) resolve([...told])
        },
        (error: Error) => {
          if (reasons.push(error.message) > rpcs.length - quorum) reject(noQuorum(0, reasons))
        },
      )
    }
  })
}

function noQuorum(camps: number, reasons: readonly string[]): CutwaterError {
  const what = [camps > 1 ? `nodes give ${camps} different answers` : 'too few nodes answer', ...reasons]
  return new CutwaterError('RPC_NO_QUORUM', what.join('; '))
}
