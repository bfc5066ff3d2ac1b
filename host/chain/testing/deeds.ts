import type { Deed } from '@cutwater/engine/ports/Actuator.ts'
import { accountOf } from './emitter.ts'

export const token = accountOf(0x70)

type PauseAct = Extract<Deed['act'], { kind: 'pause' }>

export function pause(id: string, change: Partial<PauseAct> = {}): Deed {
  const act = { kind: 'pause' as const, scope: 'bridge' as const, key: '', seconds: 3_600, ...change }
  return { id, chain: 31337, act, reason: 'a test' }
}

export function tighten(id: string, unproven: bigint | null, total: bigint | null): Deed {
  const act = {
    kind: 'tighten' as const,
    token,
    direction: 'in' as const,
    unproven: unproven === null ? null : { capacity: unproven, windowSeconds: 60 },
    total: total === null ? null : { capacity: total, windowSeconds: 60 },
  }
  return { id, chain: 31337, act, reason: 'a test' }
}

export function propose(id: string, unproven: bigint, total: bigint): Deed {
  const limit = (capacity: bigint) => ({ capacity, windowSeconds: 60 })
  const limits = { unproven: limit(unproven), total: limit(total) }
  const act = { kind: 'propose' as const, token, direction: 'in' as const, ...limits }
  return { id, chain: 31337, act, reason: 'a test' }
}

export function raise(id: string, level: 1 | 2 | 3): Deed {
  return { id, chain: 31337, act: { kind: 'raiseLevel', level }, reason: 'a test' }
}
