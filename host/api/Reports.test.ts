import { expect, test } from 'vitest'
import * as Reports from './Reports.ts'

const commands = { claims: ['claims', '--json'], plan: ['plan', '--json'], simulate: ['simulate', '--json'] }

/** Reports whose commands end when they are told to. */
function slow() {
  const ends: { readonly args: readonly string[]; end(text: string): void }[] = []
  const run = (args: readonly string[]) => new Promise<string>((resolve) => ends.push({ args, end: resolve }))
  return { ends, reports: Reports.create(commands, run, () => 7) }
}

test('all are made one after the other, whatever became of the one before', async () => {
  const { ends, reports } = slow()
  const all = Reports.makeAll(reports, () => false)
  for (const [nth, text] of ['{}', 'no JSON', '[]'].entries()) {
    await expect.poll(() => ends.length).toBe(nth + 1)
    ends[nth]!.end(text)
  }
  await all
  expect(ends.map(({ args }) => args[0])).toEqual(['claims', 'plan', 'simulate'])
  await expect
    .poll(() => [...reports.made.values()].map(({ status }) => status))
    .toEqual(['done', 'failed', 'done'])
})

test('one that somebody asked for is waited for and not made again, and none is begun once it is over', async () => {
  const { ends, reports } = slow()
  let isOver = false
  Reports.begin(reports, 'plan')
  const all = Reports.makeAll(reports, () => isOver)
  expect(() => Reports.begin(reports, 'claims')).toThrow('another report is being made')
  ends[0]!.end('{}')
  await expect.poll(() => ends.length).toBe(2)
  isOver = true
  ends[1]!.end('{}')
  await all
  expect([...reports.made.keys()]).toEqual(['plan', 'claims'])
})
