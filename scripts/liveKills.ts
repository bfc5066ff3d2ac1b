import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit, stderr } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { type Reckoning, reckon } from '@cutwater/host/cli/reckon.fixture.ts'
import { type Site, standSite, startWatch } from '@cutwater/host/cli/watch.fixture.ts'
import { startNats } from '@cutwater/host/nats/testing/natsServer.ts'

const help = `Kills \`cutwater watch --act\` at random moments, on two real chains with a bridge at work that is robbed meanwhile, and holds
the journal against the chains: nothing may be lost, nothing done twice.

  npm run kills:live -- --journal sqlite --kills 1000
  npm run kills:live -- --journal nats --kills 1000    with a nats-server of its own

Each bridge lives through 25 kills and one theft. Ends with exit code 1 when anything was lost, doubled or left undone.`

const killsPerBridge = 25
const wrongs = [
  'lostBlocks',
  'doubledBlocks',
  'lostEvents',
  'doubledEvents',
  'undone',
  'doubledDeeds',
] as const satisfies readonly (keyof Reckoning)[]

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    journal: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '25' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(help)
else exit(await kill(values.journal, Number(values.kills), Number(values.seed)))

async function kill(journal: string, kills: number, seed: number): Promise<number> {
  const began = performance.now()
  const rng = Rng.create(seed)
  const server = journal === 'nats' ? await startNats() : null
  const total: Record<string, number> = {}
  let done = 0
  try {
    for (let round = 1; done < kills; round++) {
      const count = Math.min(killsPerBridge, kills - done)
      const tally = await liveThrough(
        rng,
        count,
        server === null ? null : `nats://${server.host}/live-${round}`,
      )
      for (const [name, value] of Object.entries(tally)) total[name] = (total[name] ?? 0) + value
      done += count
      stderr.write(`${done} of ${kills} kills: ${JSON.stringify(tally)}\n`)
    }
  } finally {
    await server?.stop()
  }
  const seconds = Math.round((performance.now() - began) / 1_000)
  console.log(JSON.stringify({ journal, seed, kills: done, ...total, seconds }))
  return wrongs.some((name) => total[name]! > 0) ? 1 : 0
}

/** One bridge, its theft, and so many kills of its watch. */
async function liveThrough(rng: Rng.Rng, kills: number, address: string | null): Promise<Reckoning> {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-live-'))
  const site = await standSite({ folder, attack: 'key-theft-many-small', level: 2 })
  const journal = address ?? site.journal
  if (address !== null) {
    const shared = `journal: ${address}\nlease: { seconds: 2 }`
    writeFileSync(site.file, readFileSync(site.file, 'utf8').replace(/^journal: .*$/m, shared))
  }
  try {
    const robbedAt = Rng.integer(rng, kills)
    let attacked: Promise<unknown> = Promise.resolve()
    for (let nth = 0; nth < kills; nth++) {
      if (nth === robbedAt) attacked = site.attack()
      // One that ends in good order leaves a snapshot, from which the next goes on.
      if (Rng.chance(rng, 0.2)) await goodLife(site, journal, 500)
      await oneLife(rng, site, journal)
    }
    await attacked
    // As many deeds as one life does: each takes a block.
    for (let life = 0; life < 5 && (await goodLife(site, journal, 3_000)) > 0; life++);
    return await reckon(site, journal)
  } finally {
    await site.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Most are killed at work, some while they start. */
async function oneLife(rng: Rng.Rng, site: Site, journal: string): Promise<void> {
  const life = startWatch(site, '--act', '--journal', journal)
  if (Rng.chance(rng, 0.7)) {
    await life.until(({ type }) => type === 'started')
    await sleep(Rng.uniform(rng) * 1_500)
  } else {
    await sleep(Rng.uniform(rng) * 1_000)
  }
  await life.kill('SIGKILL')
}

/** Lives for a while and ends when it is asked to; returns how much is left under way. */
async function goodLife(site: Site, journal: string, milliseconds: number): Promise<number> {
  const life = startWatch(site, '--act', '--journal', journal)
  await life.until(({ type }) => type === 'state')
  await sleep(milliseconds)
  await life.kill('SIGTERM')
  const stopped = life.news.at(-1)
  return stopped?.type === 'stopped' ? stopped.open : Number.POSITIVE_INFINITY
}
