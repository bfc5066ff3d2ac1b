import { id } from '@cutwater/core/bridge/Observation.ts'
import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FeedSource } from './FeedSource.ts'

export type Opened = {
  readonly source: FeedSource
  /** a time at which there is something to read */
  readonly at: UnixTime
  /** from now on nothing can be read */
  breakDown(): Promise<void>
  /** the stable code of the error then */
  readonly downCode: string
  readonly dispose: () => Promise<void>
}

/** What every source of readings keeps, whatever it reads. */
export function feedSourceContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps the feed contract`, () => {
    let opened: Opened
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.dispose())

    test('has a name that can be printed and journaled', () => {
      expect(opened.source.name).toMatch(/^[\w .:-]+$/)
    })

    test('gives readings of known feeds, in their units, known when asked and so no later than that', async () => {
      const { source, at } = opened
      const measures = await source.read(at)
      expect(measures).not.toEqual([])
      for (const measure of measures) {
        expect(measure).toMatchObject({ kind: 'measure', at })
        expect(Object.keys(feeds)).toContain(measure.name)
        expect(measure.unit).toBe(feeds[measure.name as keyof typeof feeds].unit)
        expect(measure.asOf).toBeLessThanOrEqual(at)
        expect(measure.source).not.toBe('')
      }
    })

    test('gives each reading once', async () => {
      const ids = (await opened.source.read(opened.at)).map(id)
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('asked again, gives the same identities for the same time', async () => {
      const { source, at } = opened
      const first = (await source.read(at)).map(id)
      expect((await source.read(at)).map(id)).toEqual(first)
    })

    test('fails as a whole where nothing can be read, with its code', async () => {
      await opened.breakDown()
      await expect(opened.source.read(opened.at)).rejects.toMatchObject({ code: opened.downCode })
    })
  })
}
