import { expect, test } from 'vitest'
import type { Register } from './Register.ts'

/** What every register keeps, whatever it is kept in; each call opens one of its own. */
export function registerContract(name: string, open: () => Promise<Register>): void {
  test(`${name}: nothing at first, then what was written last`, async () => {
    const register = await open()
    expect(await register.read()).toBeUndefined()
    const first = await register.write('one', 0)
    expect(await register.read()).toEqual({ text: 'one', revision: first })
    const second = await register.write('zwei 🌊', first!)
    expect(second).toBeGreaterThan(first!)
    expect(await register.read()).toEqual({ text: 'zwei 🌊', revision: second })
  })

  test(`${name}: a writer who does not know the newest changes nothing`, async () => {
    const register = await open()
    const first = (await register.write('one', 0))!
    expect(await register.write('late', 0)).toBeUndefined()
    await register.write('two', first)
    expect(await register.write('late', first)).toBeUndefined()
    expect((await register.read())!.text).toBe('two')
  })

  test(`${name}: of many who write at once, one does`, async () => {
    const register = await open()
    for (let round = 0; round < 5; round++) {
      const after = (await register.read())?.revision ?? 0
      const writes = Array.from({ length: 8 }, (_, nth) => register.write(`${round}.${nth}`, after))
      const revisions = (await Promise.all(writes)).filter((revision) => revision !== undefined)
      expect(revisions).toHaveLength(1)
      expect((await register.read())!.revision).toBe(revisions[0])
    }
  })
}
