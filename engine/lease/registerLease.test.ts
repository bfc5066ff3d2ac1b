import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leaseContract } from '../ports/Lease.contract.ts'
import { registerContract } from '../ports/Register.contract.ts'
import type { Register } from '../ports/Register.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { leasedActuator } from './leasedActuator.ts'
import { memoryRegister } from './memoryRegister.ts'
import { registerLease } from './registerLease.ts'

registerContract('memoryRegister', async () => memoryRegister())

leaseContract('a lease in memory', async () => {
  const register = memoryRegister()
  return async (holder) => {
    const own = mortal(register)
    const clock = { now: () => 0, sleep: (milliseconds: number) => sleep(milliseconds) }
    const elapsed = () => performance.now()
    return { lease: registerLease({ register: own, clock, elapsed, holder, seconds: 0.4 }), die: own.die }
  }
})

describe('in a time of its own', () => {
  const seconds = 8

  test('a holder who died is followed within two periods, whenever he died', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40_000), fc.nat(2_000), async (deathAt, secondFrom) => {
        const time = createTime()
        const register = memoryRegister()
        const one = mortal(register)
        const first = (await registerLease({
          ...time.clocks,
          register: one,
          holder: 'one',
          seconds,
        }).acquire())!
        let followedAt = -1
        time.at(secondFrom, () => {
          const lease = registerLease({ ...time.clocks, register, holder: 'two', seconds })
          void lease.acquire().then((tenure) => {
            followedAt = time.now()
            expect(tenure!.token).toBeGreaterThan(first.token)
          })
        })
        time.at(deathAt, one.die)
        await time.runTo(deathAt + 2_000 * seconds + 2_000)
        expect(followedAt).toBeGreaterThan(deathAt)
        expect(followedAt).toBeLessThanOrEqual(Math.max(deathAt, secondFrom) + 2_000 * seconds)
        // He has known it for as long as another may have had it.
        await expect(first.confirm()).rejects.toMatchObject({ code: 'LEASE_LOST' })
      }),
      { numRuns: 30 },
    )
  })

  test('an answer that was lost is taken for what it was: our own', async () => {
    const time = createTime()
    const register = memoryRegister()
    let isDeaf = false
    const deaf: Register = {
      read: register.read,
      write: async (text, after) => {
        const revision = await register.write(text, after)
        if (isDeaf) throw new Error('no answer')
        return revision
      },
    }
    const tenure = (await registerLease({
      ...time.clocks,
      register: deaf,
      holder: 'one',
      seconds,
    }).acquire())!
    time.at(1_000, () => {
      isDeaf = true
    })
    time.at(3_000, () => {
      isDeaf = false
    })
    await time.runTo(60_000)
    await tenure.confirm()
    await tenure.release()
  })

  test('a holder whom nobody answers for a period gives up by himself', async () => {
    const time = createTime()
    const own = mortal(memoryRegister())
    const tenure = (await registerLease({ ...time.clocks, register: own, holder: 'one', seconds }).acquire())!
    let lostAt = -1
    void tenure.lost.then(() => {
      lostAt = time.now()
    })
    time.at(20_000, own.die)
    await time.runTo(60_000)
    expect(lostAt).toBeGreaterThan(20_000)
    expect(lostAt).toBeLessThanOrEqual(20_000 + 1_250 * seconds)
  })
})

test('a deed is not tried once the lease is lost, and that is no failure of the deed', async () => {
  const register = memoryRegister()
  const clock = { now: () => 0, sleep: (milliseconds: number) => sleep(milliseconds) }
  const lease = registerLease({
    register,
    clock,
    elapsed: () => performance.now(),
    holder: 'one',
    seconds: 60,
  })
  const tenure = (await lease.acquire())!
  const inner = fakeActuator()
  const leased = leasedActuator(inner, tenure)
  const deed = (id: string) =>
    ({ id, chain: 1, act: { kind: 'raiseLevel', level: 1 }, reason: 'a test' }) as const
  expect(await leased.execute(deed('a'))).toMatchObject({ kind: 'confirmed' })
  const { revision } = (await register.read())!
  await register.write(JSON.stringify({ holder: 'two' }), revision)
  await expect(leased.execute(deed('b'))).rejects.toMatchObject({ code: 'LEASE_LOST' })
  expect(inner.asked.map(({ id }) => id)).toEqual(['a'])
})

/** A register that stops answering one of its users. */
function mortal(register: Register): Register & { readonly die: () => void } {
  let isDead = false
  const unlessDead = <T>(act: () => Promise<T>): Promise<T> =>
    isDead ? Promise.reject(new Error('no answer')) : act()
  return {
    read: () => unlessDead(register.read),
    write: (text, after) => unlessDead(() => register.write(text, after)),
    die: () => {
      isDead = true
    },
  }
}

/** A time that passes only when told, for many who sleep in it. */
function createTime() {
  let now = 0
  let wakes: { readonly at: number; readonly wake: () => void }[] = []
  const at = (when: number, wake: () => void) => void wakes.push({ at: when, wake })
  const settle = async () => {
    for (let turns = 0; turns < 20; turns++) await Promise.resolve()
  }
  return {
    at,
    now: () => now,
    clocks: {
      clock: {
        now: () => Math.floor(now / 1_000),
        sleep: (milliseconds: number) => new Promise<void>((resolve) => at(now + milliseconds, resolve)),
      },
      elapsed: () => now,
    },
    async runTo(end: number) {
      for (;;) {
        await settle()
        const next = wakes.reduce<number>((least, each) => Math.min(least, each.at), end + 1)
        if (next > end) break
        now = next
        const due = wakes.filter((each) => each.at <= now)
        wakes = wakes.filter((each) => each.at > now)
        for (const { wake } of due) wake()
      }
      now = end
    },
  }
}
