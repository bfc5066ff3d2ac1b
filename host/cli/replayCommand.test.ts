import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { day, format } from '@cutwater/core/units/UnixTime.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import type * as Moment from '@cutwater/engine/replay/Moment.ts'
import { expectReplayJson } from '@cutwater/engine/replay/ReplayResult.fixture.ts'
import type { PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { replay } from '@cutwater/engine/replay/replay.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadHistory } from '../history/loadHistory.ts'
import { saveHistory } from '../history/saveHistory.ts'
import { cutwater, jsonOf, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'

let folder: string
let dir: string
let history: History
let whole: ReplayResult
let attackAt: number

beforeAll(() => {
  folder = newFolder()
  dir = join(folder, 'small')
  saveHistory(smallHistory(), dir)
  history = loadHistory(dir)
  whole = JSON.parse(JSON.stringify(replay(history)))
  attackAt = whole.firstAttackFinding!.at
})
afterAll(() => removeFolder(folder))

describe('--json', () => {
  test('prints the replay in one line and nothing else, to the byte what the engine says', async () => {
    const { out, err, code } = await cutwater('replay', dir, '--json')
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out.endsWith('\n')).toBe(true)
    expect(out.slice(0, -1)).not.toContain('\n')
    expect(out === `${JSON.stringify(replay(history))}\n`).toBe(true)
    expectReplayJson(JSON.parse(out))
  })

  test('prints nothing else beside a report and a journal either', async () => {
    const report = join(folder, 'new folder', 'report.html')
    const journal = join(folder, 'beside.db')
    const out = await jsonOf('replay', dir, '--policy', 'adaptive', '--report', report, '--journal', journal)
    expect(JSON.parse(out).policies).toEqual(rowsOf('adaptive'))
    const page = readFileSync(report, 'utf8')
    expect(page).toMatch(/^<!doctype html>/i)
    expect(page).toMatch(/SYNTHETIC/i)
    expect(page).toContain('</html>')
  })
})

describe('for people', () => {
  test('the answer stands first, under the label SYNTHETIC', async () => {
    const { out, err, code } = await cutwater('replay', dir)
    expect({ err, code }).toEqual({ err: '', code: 0 })
    const [head, second] = out.split('\n')
    expect(head).toMatch(/^Synthetic bridge \[SYNTHETIC: a made-up history\]$/)
    expect(second).toContain('posture balanced')
    expect(out).toContain('Without protection the attack takes $')
    expect(out).toMatch(/ {2}SYNTHETIC: this history was made up/)
    expect(() => JSON.parse(out)).toThrow()
  })

  test('a moment is labelled too, in text and in JSON', async () => {
    const at = ['replay', dir, '--at', String(attackAt)]
    expect((await cutwater(...at)).out).toMatch(/^Synthetic bridge \[SYNTHETIC/)
    expect(JSON.parse(await jsonOf(...at)).bridge).toEqual({ name: 'Synthetic bridge', synthetic: true })
  })
})

describe('--policy, --posture', () => {
  test('choose the rows, in the order asked for', async () => {
    const out = JSON.parse(await jsonOf('replay', dir, '--policy', 'static, none'))
    expect(new Set(out.policies.map(({ name }: PolicyResult) => name))).toEqual(new Set(['static', 'none']))
    expect(out.policies).toEqual([...rowsOf('static'), ...rowsOf('none')])
  })

  test('a posture is another set of limits', async () => {
    const out = JSON.parse(await jsonOf('replay', dir, '--policy', 'adaptive', '--posture', 'steward'))
    expect(out.posture).toBe('steward')
    const quantile = (of: ReplayResult) => of.parameters.find(({ name }) => name === 'limitQuantile')!.value
    expect(quantile(out)).not.toBe(quantile(whole))
    expect(out.matched).toEqual(whole.matched)
  })
})

describe('--at', () => {
  test('is the replay of a history cut there: nothing later is seen', async () => {
    const rng = Rng.create(20_220_801)
    const { from, to } = whole.range
    const times = [attackAt, attackAt + 60, to, from - 1, from - (from % day) + 20 * day]
    for (let i = 0; i < 4; i++) times.push(from + Rng.integer(rng, to - from))
    for (const [nth, at] of times.entries()) {
      const rewound = await jsonOf('replay', dir, '--at', String(at))
      expect(await jsonOf('replay', dir, '--at', String(at), '--to', String(at))).toBe(rewound)
      expect((JSON.parse(rewound) as Moment.Moment).at).toBe(at)
      if (at < from) continue
      const cut = join(folder, `cut ${nth}`)
      saveHistory(upTo(history, at), cut)
      expect(await jsonOf('replay', cut, '--at', String(at))).toBe(rewound)
    }
  })

  test('takes every form of a time, and level, policy and posture', async () => {
    const at = attackAt + 60
    const flags = ['--level', '1', '--policy', 'near-only', '--posture', 'promoter']
    const moment = await jsonOf('replay', dir, '--at', String(at), ...flags)
    expect(await jsonOf('replay', dir, '--at', format(at), ...flags)).toBe(moment)
    expect(JSON.parse(moment)).toMatchObject({ at, level: 1, policy: 'near-only', posture: 'promoter' })
    expect(JSON.parse(moment).pauses.length).toBeGreaterThan(0)
    const { out } = await cutwater('replay', dir, '--at', format(at), ...flags)
    expect(out).toContain(`at ${format(at)}`)
    expect(out).toContain('Paused: ')
  })

  test('out of a journal is the same, first and again, and before what was asked for last', async () => {
    const journal = ['--journal', join(folder, 'at.db')]
    const later = ['replay', dir, '--at', String(attackAt + 60)]
    const earlier = ['replay', dir, '--at', String(attackAt - 9 * day)]
    const wanted = { later: await jsonOf(...later), earlier: await jsonOf(...earlier) }
    expect(await jsonOf(...later, ...journal)).toBe(wanted.later)
    expect(await jsonOf(...earlier, ...journal)).toBe(wanted.earlier)
    expect(await jsonOf(...later, ...journal)).toBe(wanted.later)
    expect(await jsonOf('replay', ...later.slice(2), ...journal)).toBe(wanted.later)
  })
})

describe('--at with --branch', () => {
  const branch = () => ['--branch', `none@${format(attackAt - 60)}`]

  test('is the moment of that other future, and of the common past before it', async () => {
    const later = ['replay', dir, '--at', String(attackAt + 7_200)]
    const guarded: Moment.Moment = JSON.parse(await jsonOf(...later))
    const open: Moment.Moment = JSON.parse(await jsonOf(...later, ...branch()))
    expect([guarded.policy, open.policy]).toEqual(['adaptive', 'none'])
    expect(guarded.pauses.length).toBeGreaterThan(0)
    expect(open).toMatchObject({ pauses: [], at: guarded.at })
    const before = ['replay', dir, '--at', String(attackAt - 61)]
    expect(await jsonOf(...before, ...branch())).toBe(await jsonOf(...before))
  })

  test('leaves no trace of what never was in a journal', async () => {
    const journal = ['--journal', join(folder, 'branch.db')]
    const later = ['replay', dir, '--at', String(attackAt + 7_200)]
    const wanted = await jsonOf(...later)
    await jsonOf(...later, ...journal, ...branch())
    expect(await jsonOf(...later, ...journal)).toBe(wanted)
  })
})

describe('--from, --to', () => {
  test('count a stretch: both ends belong to it', async () => {
    const { from, to } = whole.range
    const middle = from + 20 * day
    const flags = ['--policy', 'none']
    const before = JSON.parse(await jsonOf('replay', dir, '--to', String(middle), ...flags))
    const after = JSON.parse(await jsonOf('replay', dir, '--from', String(middle + 1), ...flags))
    expect(before.range.events + after.range.events).toBe(whole.range.events)
    expect(before.matched.deposits + after.matched.deposits).toBe(whole.matched.deposits)
    expect(before).toMatchObject({ range: { from }, baselineLossUsd: 0, firstAttackFinding: null })
    expect(after).toMatchObject({ range: { from: middle + 1, to }, baselineLossUsd: whole.baselineLossUsd })
    const both = await jsonOf('replay', dir, '--from', String(attackAt), '--to', String(attackAt), ...flags)
    expect(JSON.parse(both).range).toMatchObject({ from: attackAt, to: attackAt })
    expect(JSON.parse(both).attackReleases).toBeGreaterThan(0)
  })
})

describe('--branch', () => {
  test('at the very start into the same policy is the plain run', async () => {
    const flags = ['--policy', 'adaptive', '--branch', 'adaptive@2024-01-01']
    const rows: PolicyResult[] = JSON.parse(await jsonOf('replay', dir, ...flags)).policies
    const branched = rows.slice(-4).map((row) => ({ ...row, name: 'adaptive' }))
    expect(branched).toEqual(rowsOf('adaptive').filter(({ level }) => level === 3))
    expect(rows.slice(0, -4)).toEqual(rowsOf('adaptive'))
  })

  test('shows what would have become of the bridge without its guard', async () => {
    const flags = ['--policy', 'adaptive', '--branch', `none@${format(attackAt - 1)}`]
    const { out } = await cutwater('replay', dir, ...flags)
    expect(out).toContain(`adaptive→none@${format(attackAt - 1)}`)
    const rows: PolicyResult[] = JSON.parse(await jsonOf('replay', dir, ...flags)).policies
    expect(rows.at(-4)).toMatchObject({ attack: 'recorded', lostUsd: whole.baselineLossUsd })
  })
})

describe('--journal', () => {
  test('keeps a history and its run, and gives the same replay with the folder, again, and without it', async () => {
    const journal = ['--journal', join(folder, 'kept.db'), '--policy', 'adaptive']
    const plain = await jsonOf('replay', dir, '--policy', 'adaptive')
    expect(await jsonOf('replay', dir, ...journal)).toBe(plain)
    expect(await jsonOf('replay', dir, ...journal)).toBe(plain)
    expect(await jsonOf('replay', ...journal)).toBe(plain)
  })

  test('begins with a made-up history where one is asked for', async () => {
    const journal = ['--journal', join(folder, 'made up.db'), '--policy', 'none', '--to', '2024-02-01']
    const made = await jsonOf('replay', '--synthetic', '--seed', '3', ...journal)
    expect(JSON.parse(made).bridge).toMatchObject({ synthetic: true, source: 'synthetic, seed 3' })
    expect(await jsonOf('replay', ...journal)).toBe(made)
  }, 120_000)
})

describe('--bridge', () => {
  test('describes a folder in place of its own description', async () => {
    const description = join(folder, 'renamed.yaml')
    const text = readFileSync(join(dir, 'bridge.yaml'), 'utf8')
    writeFileSync(description, text.replace(/^name: .*$/m, 'name: Renamed'))
    const out = JSON.parse(await jsonOf('replay', dir, '--bridge', description, '--policy', 'none'))
    expect(out.bridge).toEqual({ ...whole.bridge, name: 'Renamed' })
    expect(out.policies).toEqual(rowsOf('none'))
  })
})

function rowsOf(name: string): readonly PolicyResult[] {
  expect(Policy.names).toContain(name)
  return whole.policies.filter((row) => row.name === name)
}

function upTo(of: History, at: number): History {
  const observations = of.observations.filter((observation) => observation.at <= at)
  const ids = new Set(
    observations.map((each) => ('tx' in each ? `${each.chain}:${each.tx}:${each.index}` : '')),
  )
  return { ...of, observations, attack: new Set([...of.attack].filter((id) => ids.has(id))) }
}
