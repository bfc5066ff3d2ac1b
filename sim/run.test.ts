import { describe, expect, test } from 'vitest'
import { run } from './run.ts'

// Few things a seed, so that many seeds fit; `npm run sim -- --seeds 1..10000` plays them at length.
const steps = 1_500

// Not on time spent: only so that a busy machine is not taken for a hanging one.
const patience = { timeout: 600_000 }

describe('a whole bridge, its chains and its deciders, with whatever may go wrong', () => {
  test.each([0, 1, 2, 3])('keeps what must hold, fifty seeds, part %i', patience, async (nth) => {
    for (let seed = 50 * nth + 1; seed <= 50 * (nth + 1); seed++) {
      const { violations } = await run(seed, { steps })
      expect(violations, `npm run sim -- --seed ${seed} --steps ${steps}`).toEqual([])
    }
  })

  test('plays the same seed the same, to the last byte', patience, async () => {
    for (const seed of [3, 7, 20]) {
      const [one, two] = [
        await run(seed, { steps, isWhole: true }),
        await run(seed, { steps, isWhole: true }),
      ]
      expect(one.trace!.length).toBeGreaterThan(500)
      expect(two).toEqual(one)
    }
    expect((await run(3, { steps })).digest).not.toBe((await run(4, { steps })).digest)
  })

  test('meets every fault there is', patience, async () => {
    // By what the trace says of each; a fault that never strikes proves nothing.
    const signs = [
      /fails$/,
      /dies before/,
      /dies after/,
      /drops/,
      /freezes/,
      /is cut off/,
      /clock/,
      /JOURNAL_DISK_FULL/,
    ]
    const more = [
      /JOURNAL_UNREACHABLE/,
      /JOURNAL_FENCED/,
      /a thief sends/,
      /lull/,
      /SourceStale/,
      /SourceDisagreement/,
    ]
    const missing = new Set([...signs, ...more])
    for (let seed = 1; seed <= 100 && missing.size > 0; seed++) {
      const { trace } = await run(seed, { steps: 3_000, isWhole: true })
      for (const sign of missing) if (trace!.some((line) => sign.test(line))) missing.delete(sign)
    }
    expect([...missing]).toEqual([])
  })
})
