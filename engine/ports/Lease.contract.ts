import { expect, test } from 'vitest'
import type { Lease } from './Lease.ts'

export type Contender = {
  readonly lease: Lease
  /** from now on nothing that it says or asks is heard, as if its process were gone */
  readonly die: () => void
}

/** What every lease keeps; `open` makes what some contend for, and returns one that joins them. */
export function leaseContract(
  name: string,
  open: () => Promise<(holder: string) => Promise<Contender>>,
): void {
  test(`${name}: one holds it, and another has it as soon as it is released, with a greater token`, async () => {
    const join = await open()
    const [one, two] = [await join('one'), await join('two')]
    const first = (await one.lease.acquire())!
    await first.confirm()
    let isOurs = false
    const waiting = two.lease.acquire().then((tenure) => {
      isOurs = true
      return tenure!
    })
    for (let beats = 0; beats < 3; beats++) await first.confirm()
    expect(isOurs).toBe(false)
    await first.release()
    await first.release()
    const second = await waiting
    expect(second.token).toBeGreaterThan(first.token)
    await expect(first.confirm()).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await second.confirm()
    await second.release()
  })

  test(`${name}: of many who come at once, one gets it, and then one after the other`, async () => {
    const join = await open()
    const names = ['a', 'b', 'c', 'd']
    let holding = 0
    const tokens: number[] = []
    await Promise.all(
      names.map(async (each) => {
        const tenure = (await (await join(each)).lease.acquire())!
        holding += 1
        expect(holding).toBe(1)
        tokens.push(tenure.token)
        await tenure.confirm()
        holding -= 1
        await tenure.release()
      }),
    )
    expect(tokens).toEqual([...tokens].sort((a, b) => a - b))
    expect(new Set(tokens).size).toBe(names.length)
  })

  test(`${name}: a holder who is not heard of is followed, and learns that he lost it`, async () => {
    const join = await open()
    const [one, two] = [await join('one'), await join('two')]
    const first = (await one.lease.acquire())!
    one.die()
    const second = (await two.lease.acquire())!
    expect(second.token).toBeGreaterThan(first.token)
    expect(await first.lost).toMatchObject({ code: 'LEASE_LOST' })
    await expect(first.confirm()).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await second.confirm()
    await second.release()
  })

  test(`${name}: waiting can be called off`, async () => {
    const join = await open()
    const [one, two] = [await join('one'), await join('two')]
    const first = (await one.lease.acquire())!
    expect(await two.lease.acquire(Promise.resolve())).toBeUndefined()
    await first.confirm()
    await first.release()
  })
}
