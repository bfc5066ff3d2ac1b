import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isInstalled, type NatsServer, need, startNats } from '../nats/testing/natsServer.ts'
import { newFolder, removeFolder } from './cutwater.fixture.ts'
import { reckon } from './reckon.fixture.ts'
import { type Process, type Site, standSite, startCommand } from './watch.fixture.ts'

// Processes and chains on a machine that may have better to do; no test says how long anything takes.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

describe.skipIf(!isInstalled)(`a watch split by chain and by bridge, ${need}`, () => {
  let folder: string
  let server: NatsServer
  let site: Site
  let journal: string
  const running: Process[] = []

  beforeAll(async () => {
    folder = newFolder()
    server = await startNats()
    site = await standSite({ folder, attack: 'key-theft-many-small', level: 2 })
    journal = `nats://${server.host}/split`
    const text = readFileSync(site.file, 'utf8')
    writeFileSync(
      site.file,
      `${text.replace('journal: lab-bridge.db', `journal: ${journal}`)}\nlease: { seconds: 2 }\n`,
    )
  })
  afterAll(async () => {
    await Promise.all(running.splice(0).map((each) => each.kill('SIGKILL')))
    await site.stop()
    await server.stop()
    removeFolder(folder)
  })

  function start(command: 'observe' | 'decide', ...flags: readonly string[]): Process {
    const process = startCommand(command, site, ...flags)
    running.push(process)
    return process
  }

  test('an observer and the decider who acts are killed amid a theft: nothing is lost, and each deed is done once', async () => {
    const [north, south] = site.plan.chains.map(({ name }) => name) as [string, string]
    const first = start('observe', '--chain', north)
    start('observe', '--chain', south)
    const leader = start('decide', '--act')
    await leader.until(({ type }) => type === 'state')
    const other = start('decide', '--act')
    const attacked = site.attack()
    await leader.until(({ type }) => type === 'alert')
    // It has written down what is to be done, and is on its way with it.
    await Promise.all([leader.kill('SIGKILL'), first.kill('SIGKILL')])
    start('observe', '--chain', north)
    await other.until(
      (news) => news.type === 'deed' && news.act === 'pause' && news.outcome.kind !== 'failed',
    )
    await attacked
    expect(await other.kill('SIGTERM')).toEqual({ code: 0 })
    expect(other.news.at(-1)).toMatchObject({ type: 'stopped', open: 0 })
    const { blocks, events, deeds, pauses, ...wrong } = await reckon(site, journal)
    expect(Math.min(blocks, events, deeds, pauses)).toBeGreaterThan(0)
    expect(Object.entries(wrong).filter(([, count]) => count > 0)).toEqual([])
  })

  test('a file is no place to tell anything, and a chain that is not there is named', async () => {
    const alone = start('observe', '--journal', 'lab-bridge.db')
    expect(await alone.ended).toEqual({ code: 2 })
    expect(alone.stderr()).toMatch(/^cutwater: lab-bridge.db: observers and deciders need a journal/)
    const lost = start('observe', '--chain', 'Nort')
    expect(await lost.ended).toEqual({ code: 2 })
    expect(lost.stderr()).toMatch(/^cutwater: --chain: there is no chain "Nort"; expected .*North/)
  })
})
