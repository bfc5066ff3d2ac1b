import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveHistory } from '../history/saveHistory.ts'
import { cutwater, jsonOf, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'
import * as DrillRecord from './DrillRecord.ts'

let folder: string
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => removeFolder(folder))

const drilled = (name: string, lostUsd: number, getsThrough = false) =>
  ({ name, lostUsd, shortfallUsd: lostUsd / 4, getsThrough }) as never
const drill = (at: number, ...attacks: readonly never[]): DrillRecord.DrillRecord => ({
  bridge: 'small',
  at,
  seed: 1,
  level: 3,
  copied: [
    { part: 'limits', state: 'copied', says: '' },
    { part: 'cover', state: 'not named', says: '' },
  ],
  drilled: attacks,
})

test('the newest drill by a moment is told, with its age; one that came later is not', () => {
  const file = join(folder, 'a.drills.jsonl')
  expect(DrillRecord.last(file, 500)).toBeNull()
  DrillRecord.add(file, drill(100, drilled('replay', 4), drilled('zero-root', 8, true)))
  DrillRecord.add(file, drill(300, drilled('replay', 4)))
  expect(DrillRecord.last(file, 99)).toBeNull()
  expect(DrillRecord.last(file, 299)).toEqual({
    at: 100,
    ageSeconds: 199,
    attacks: 2,
    through: ['zero-root'],
    worst: { name: 'zero-root', lostUsd: 8, paidUsd: 6, shortfallUsd: 2 },
    notCopied: ['cover'],
  })
  expect(DrillRecord.last(file, 300)).toMatchObject({ at: 300, ageSeconds: 0 })
})

test('half a line of a writer that was killed is no drill, and the next one takes its place', () => {
  const file = join(folder, 'b.drills.jsonl')
  DrillRecord.add(file, drill(100, drilled('replay', 4)))
  appendFileSync(file, '{"bridge":"small","at":2')
  expect(DrillRecord.last(file, 500)).toMatchObject({ at: 100 })
  DrillRecord.add(file, drill(200, drilled('replay', 4)))
  expect(DrillRecord.last(file, 500)).toMatchObject({ at: 200 })
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
})

test('a line that is no drill is one clear error with its place, and so is a record that is not there', async () => {
  const file = join(folder, 'c.drills.jsonl')
  writeFileSync(file, '{"at":1}\n')
  expect(() => DrillRecord.last(file, 500)).toThrow(/c\.drills\.jsonl:1.*\[DRILLS_MALFORMED\]/)
  expect(() => DrillRecord.add(folder, drill(1, drilled('replay', 4)))).toThrow(/\[DRILLS_UNWRITABLE\]/)
  const { err, code } = await cutwater('assess', '--synthetic', '--drills', join(folder, 'none.jsonl'))
  expect({ err, code }).toMatchObject({ err: expect.stringMatching(/--drills.*\[FLAG_INVALID\]/), code: 2 })
})

test('the board shows the last drill and its age, and what got through is among the next things to do', async () => {
  const small = join(folder, 'small')
  saveHistory(smallHistory(), small)
  const none = await cutwater('assess', small)
  expect(none.out).toMatch(/Last drill\n {2}There is none/)
  const { at } = JSON.parse(await jsonOf('assess', small))
  DrillRecord.add(join(small, 'bridge.drills.jsonl'), drill(at - 7_200, drilled('zero-root', 800, true)))
  const page = join(folder, 'board.html')
  const { out } = await cutwater('assess', small, '--at', String(at), '--report', page)
  expect(out).toMatch(/Last drill\n.*2 hours old\n {2}1 of 1 attacks got through: zero-root/)
  expect(readFileSync(page, 'utf8')).toMatch(/2 hours old/)
  const { drill: told, actions } = JSON.parse(await jsonOf('assess', small, '--at', String(at)))
  expect(told).toMatchObject({ ageSeconds: 7_200, through: ['zero-root'] })
  expect(actions.map(({ what }: { what: string }) => what).join()).toMatch(/tighten what has been loosened/)
})
