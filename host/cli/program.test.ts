import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expectReplayJson } from '@cutwater/engine/replay/ReplayResult.fixture.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { saveHistory } from '../history/saveHistory.ts'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { cutwater, filesOf, jsonOf, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'
import { isAlive, processesBelow } from './processes.fixture.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'cutwater.js')

let folder: string
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => removeFolder(folder))

describe('help', () => {
  test.each(['replay', 'start'])('of %s ends with an example of it', async (command) => {
    const { out, err, code } = await cutwater(command, '--help')
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out).toMatch(new RegExp(`^Usage: cutwater ${command} `))
    expect(out).toMatch(new RegExp(`Examples?:\\n(?:  \\$ cutwater ${command}\\b.*\\n?)+$`))
    expect(out).toContain('--json')
  })

  test('names every command', async () => {
    const { out, code } = await cutwater('--help')
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}replay .*\n(?:.*\n)* {2}start /m)
  })

  test('is what a bare call shows, as a mistake', async () => {
    const { out, err, code } = await cutwater()
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toMatch(/^Usage: cutwater /)
  })

  test('does not stand in the way of the version', async () => {
    expect(await cutwater('--version')).toEqual({ out: '0.1.0\n', err: '', code: 0 })
  })

  test('examples of the replay are lines it takes', async () => {
    const { out } = await cutwater('replay', '--help')
    const examples = [...out.matchAll(/^ {2}\$ cutwater (.*)$/gm)].map((match) => match[1]!.split(' '))
    expect(examples.length).toBeGreaterThan(2)
    for (const args of examples) {
      // Read as far as the folder, which is not there: every flag before it was understood.
      const moved = args.map((arg) => (arg === 'history/' ? join(folder, 'nowhere') : arg))
      const ended = args.includes('history/') ? (await cutwater(...moved)).err : '[FOLDER_MISSING]'
      expect(ended).toContain('[FOLDER_MISSING]')
    }
  })
})

describe('replay without a folder', () => {
  test('takes a made-up history where no data is at hand, from any folder, and labels it', () => {
    const empty = join(folder, 'empty')
    const elsewhere = join(folder, 'elsewhere')
    for (const each of [empty, elsewhere]) mkdirSync(each)
    const { stdout, stderr, status } = spawnSync(process.execPath, [bin, 'replay', '--json'], {
      cwd: elsewhere,
      env: { ...process.env, CUTWATER_DATA: empty },
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const result = JSON.parse(stdout)
    expectReplayJson(result)
    expect(result.bridge).toMatchObject({ synthetic: true, source: 'synthetic, seed 1' })
    expect(result.notes.join(' ')).toMatch(/SYNTHETIC/)
    expect(stdout.trimEnd()).not.toContain('\n')
    expect([...filesOf(elsewhere), ...filesOf(empty)]).toEqual([])
  }, 120_000)

  test('takes the recorded bridge where there is one', async () => {
    const data = join(folder, 'data')
    mkdirSync(join(data, 'a folder of something else'), { recursive: true })
    saveHistory(smallHistory(), join(data, 'small'))
    vi.stubEnv('CUTWATER_DATA', data)
    const recorded = await jsonOf('replay', '--policy', 'none')
    expect(recorded).toBe(await jsonOf('replay', join(data, 'small'), '--policy', 'none'))
    const { out, err, code } = await cutwater('replay', '--policy', 'none')
    vi.unstubAllEnvs()
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out).toMatch(/^Synthetic bridge \[SYNTHETIC/)
  })
})

describe('start', () => {
  const quick = ['start', '--block-ms', '100']

  test('tells the lab’s first attack and ends by itself', () => {
    const ended = spawnSync(process.execPath, [bin, ...quick, '--once'], { encoding: 'utf8' })
    expect({ stderr: ended.stderr, status: ended.status }).toEqual({ stderr: '', status: 0 })
    expect(ended.stdout).toMatch(/^Cutwater lab\n/)
    expect(ended.stdout).toMatch(/stress █+ +1\.00/)
    expect(ended.stdout).toMatch(/left the bridge +\$159\.20M/)
    expect(processesBelow(ended.pid)).toEqual([])
  }, 120_000)

  test('ends on Ctrl-C and leaves no chain behind', async () => {
    const child = spawn(process.execPath, [bin, ...quick], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        out += String(chunk)
        if (out.includes('block ')) resolve()
      })
    })
    const chains = processesBelow(child.pid!)
    expect(chains).not.toEqual([])
    child.kill('SIGINT')
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(0)
    expect(out).toMatch(/Both chains are stopped\.\n$/)
    await vi.waitFor(() => expect(chains.filter(isAlive)).toEqual([]), 10_000)
  }, 120_000)
})

describe('the program', () => {
  test('says what is wrong in one line and ends with code 2, as a process too', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [bin, 'replay', '--policy', 'statc'], {
      encoding: 'utf8',
    })
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
    expect(stderr).toMatch(/^cutwater: there is no policy "statc"; expected "static"[^\n]*\n$/)
  })

  test('goes on when its reader stops reading', async () => {
    const dir = join(folder, 'read in part')
    saveHistory(smallHistory(), dir)
    const file = join(folder, 'in part.db')
    const line = `"${process.execPath}" "${bin}" replay "${dir}" --json --journal "${file}" | head -c 9`
    const { stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '{"bridge"', stderr: '' })
    // More than a pipe takes in without a reader; and what comes after printing is done.
    expect((await jsonOf('replay', dir)).length).toBeGreaterThan(65_536)
    const journal = await sqliteJournal(file, { readOnly: true })
    expect(await journal.count('snapshot')).toBeGreaterThan(0)
    await journal.close()
  })
})
