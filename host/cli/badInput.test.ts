import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { saveHistory } from '../history/saveHistory.ts'
import { cutwater, filesOf, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'

let folder: string
let dir: string
let broken: string
let stranger: string

beforeAll(() => {
  folder = newFolder()
  dir = join(folder, 'small')
  saveHistory(smallHistory(), dir)
  broken = join(folder, 'broken')
  copyBroken(dir, broken)
  stranger = join(folder, 'stranger.db')
  writeFileSync(stranger, 'a letter to somebody else')
})
afterAll(() => removeFolder(folder))

// The folders above stay as they are; what a command writes would be written here.
let out: string
beforeEach(() => {
  out = newFolder()
  return () => removeFolder(out)
})

type Case = { readonly title: string; readonly args: () => readonly string[]; readonly says: RegExp }

const time = /expected a UTC time, such as 2022-08-01T21:32:31Z, 2022-08-01 or 1659389551/

const cases: readonly Case[] = [
  {
    title: 'an unknown command',
    args: () => ['frobnicate'],
    says: /unknown command 'frobnicate'.*cutwater --help/,
  },
  { title: 'a misspelt command', args: () => ['repaly'], says: /unknown command 'repaly'.*replay/ },
  { title: 'an unknown flag', args: () => ['replay', '--frob'], says: /unknown option '--frob'/ },
  {
    title: 'a misspelt flag',
    args: () => ['replay', dir, '--polcy', 'none'],
    says: /'--polcy'.*--policy/,
  },
  { title: 'an unknown flag of start', args: () => ['start', '--twice'], says: /'--twice'/ },
  { title: 'a second folder', args: () => ['replay', dir, dir], says: /too many arguments/ },
  { title: 'a flag without its value', args: () => ['replay', '--policy'], says: /--policy.*missing/ },
  {
    title: 'a misspelt policy: the nearest name',
    args: () => ['replay', dir, '--policy', 'none,adaptve'],
    says: /there is no policy "adaptve"; expected "adaptive"/,
  },
  {
    title: 'a policy like no other: all names',
    args: () => ['replay', dir, '--policy', 'x'],
    says: /"none", "rigid", "near-only", "mid-only", "far-only", "static", "adaptive"/,
  },
  {
    title: 'a policy over two lines, in one line',
    args: () => ['replay', dir, '--policy', 'no\nne'],
    says: /there is no policy "no ne"/,
  },
  {
    title: 'a misspelt posture: the nearest name',
    args: () => ['replay', dir, '--posture', 'stewart'],
    says: /--posture: "stewart" does not fit; expected "steward"/,
  },
  {
    title: 'a level there is not',
    args: () => ['replay', dir, '--level', '4'],
    says: /--level: "4" does not fit; expected 0, 1, 2 or 3/,
  },
  { title: 'a word for --at', args: () => ['replay', dir, '--at', 'yesterday'], says: time },
  {
    title: 'a report of a moment',
    args: () => ['replay', dir, '--at', '2024-01-20', '--report', 'moment.html'],
    says: /'--at <time>' cannot be used with option '--report <file>'/,
  },
  {
    title: 'a stretch to count up to a moment',
    args: () => ['replay', dir, '--at', '2024-01-20', '--from', '2024-01-10'],
    says: /'--at <time>' cannot be used with option '--from <time>'/,
  },
  { title: 'no calendar’s day for --to', args: () => ['replay', dir, '--to', '2022-02-30'], says: time },
  { title: 'milliseconds for --from', args: () => ['replay', dir, '--from', '1659389551123'], says: time },
  {
    title: 'another time zone for --from',
    args: () => ['replay', dir, '--from', '2022-08-01T21:00:00+02:00'],
    says: time,
  },
  {
    title: 'a --from after --to',
    args: () => ['replay', dir, '--from', '2024-02-02', '--to', '2024-02-01'],
    says: /--from: "2024-02-02" does not fit; expected a time that is not after --to 2024-02-01/,
  },
  {
    title: 'a branch without a time',
    args: () => ['replay', dir, '--branch', 'none'],
    says: /--branch: .*policy@time/,
  },
  {
    title: 'a branch to a misspelt policy',
    args: () => ['replay', dir, '--branch', 'statc@2024-01-20'],
    says: /there is no policy "statc"; expected "static"/,
  },
  {
    title: 'a branch at no time',
    args: () => ['replay', dir, '--branch', 'static@noon'],
    says: /--branch: "noon".*UTC time/,
  },
  {
    title: 'a seed that is no number',
    args: () => ['replay', '--synthetic', '--seed', 'lucky'],
    says: /--seed: "lucky" does not fit; expected a whole number/,
  },
  {
    title: 'a folder there is not',
    args: () => ['replay', join(folder, 'nowhere')],
    says: /nowhere: there is no such folder; expected a folder with events\.csv/,
  },
  {
    title: 'a file for a folder',
    args: () => ['replay', join(dir, 'events.csv')],
    says: /events\.csv: this is a file; expected a folder/,
  },
  {
    title: 'a broken table: file, line and what would be right',
    args: () => ['replay', broken],
    says: /broken\/events\.csv:7: amount is "12x"; expected raw token units in digits only/,
  },
  {
    title: 'a description there is not',
    args: () => ['replay', dir, '--bridge', join(folder, 'none.yaml')],
    says: /none\.yaml: /,
  },
]

describe('what is wrong is said in one line, with exit code 2, and nothing is written', () => {
  test.each(cases)('$title', async ({ args, says }) => {
    const before = filesOf(folder)
    // A moment has no report: that is a mistake of its own.
    const targets = /replay/.test(args()[0]!)
      ? [
          ...(args().includes('--at') ? [] : ['--report', join(out, 'report.html')]),
          '--journal',
          join(out, 'journal.db'),
        ]
      : []
    for (const flags of [[], targets, [...targets, '--json']]) {
      const [command, ...rest] = args()
      const ended = await cutwater(command!, ...flags, ...rest)
      expect(ended.out).toBe('')
      expect(ended.code).toBe(2)
      expect(ended.err).toMatch(/^cutwater: [^\n]+ \[[A-Z_]+\]\n$/)
      expect(ended.err).toMatch(says)
    }
    expect(filesOf(out)).toEqual([])
    expect(filesOf(folder)).toEqual(before)
  })
})

describe('files that cannot be', () => {
  test('a journal that is somebody else’s file is left as it is', async () => {
    await expectRefused(['replay', dir, '--journal', stranger], /stranger\.db: .*\[JOURNAL_FOREIGN\]/)
    expect(readFileSync(stranger, 'utf8')).toBe('a letter to somebody else')
    expect(filesOf(folder)).not.toContain('stranger.db-wal')
  })

  test('a journal that is not there, and nothing to begin one with', async () => {
    const journal = join(out, 'missing.db')
    await expectRefused(['replay', '--journal', journal], /missing\.db: there is no such journal/)
    await expectRefused(['replay', '--journal', journal, '--at', '2024-01-20'], /\[JOURNAL_MISSING\]/)
    expect(filesOf(out)).toEqual([])
  })

  test('a journal in a folder that is not there', async () => {
    await expectRefused(['replay', dir, '--journal', join(out, 'a', 'b.db')], /in a folder that exists/)
    expect(filesOf(out)).toEqual([])
  })

  test('a journal of another history keeps its own', async () => {
    const journal = join(out, 'kept.db')
    const other = join(folder, 'other')
    saveHistory(smallHistory(6), other)
    await cutwater('replay', dir, '--journal', journal, '--policy', 'none')
    const kept = (await cutwater('replay', '--journal', journal, '--policy', 'none', '--json')).out
    await expectRefused(['replay', other, '--journal', journal], /\[JOURNAL_HISTORY_DIFFERS\]/)
    expect((await cutwater('replay', '--journal', journal, '--policy', 'none', '--json')).out).toBe(kept)
  })

  test('a report where a folder stands', async () => {
    mkdirSync(join(out, 'report.html'))
    const flags = ['--policy', 'none', '--report', join(out, 'report.html')]
    await expectRefused(['replay', dir, ...flags], /report\.html: the report cannot be written/)
  })

  test('data that are named in the environment and are not there', async () => {
    vi.stubEnv('CUTWATER_DATA', join(out, 'nowhere'))
    await expectRefused(['replay'], /CUTWATER_DATA=.*nowhere: there is no such folder; .* \[DATA_MISSING\]/)
    vi.unstubAllEnvs()
  })

  test('data that are named in the environment and broken', async () => {
    vi.stubEnv('CUTWATER_DATA', out)
    copyBroken(dir, join(out, 'broken'))
    await expectRefused(['replay'], /broken\/events\.csv:7: /)
    vi.unstubAllEnvs()
  })
})

async function expectRefused(args: readonly string[], says: RegExp): Promise<void> {
  const ended = await cutwater(...args)
  expect(ended.err).toMatch(says)
  expect(ended.err).toMatch(/^cutwater: [^\n]+ \[[A-Z_]+\]\n$/)
  expect(ended).toMatchObject({ out: '', code: 2 })
}

/** A copy of a folder of tables whose seventh line of events has no number for an amount. */
function copyBroken(from: string, to: string): void {
  mkdirSync(to)
  for (const file of filesOf(from)) copyFileSync(join(from, file), join(to, file))
  const events = join(to, 'events.csv')
  const lines = readFileSync(events, 'utf8').split('\n')
  const column = lines[0]!.split(',').indexOf('amount')
  lines[6] = lines[6]!
    .split(',')
    .map((cell, at) => (at === column ? '12x' : cell))
    .join(',')
  writeFileSync(events, lines.join('\n'))
}
