import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit, stderr } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { killWriters, type Tally } from '@cutwater/host/journal/fixtures/killWriters.ts'
import { startCluster, startNats, untilWhole } from '@cutwater/host/nats/testing/natsServer.ts'

const help = `Kills writers of a journal at random moments, and counts what was lost and what is there twice.

  npm run kills -- --journal sqlite --kills 1000
  npm run kills -- --kills 1000 --transfers 3000   shorter histories: the same kills in less time
  npm run kills -- --journal nats --kills 1000     with a nats-server of its own
  npm run kills -- --journal cluster --kills 50    with three of them, one after the other killed and begun again

Ctrl-C ends it after the history at hand. Ends with exit code 1 when anything was lost, doubled or different.`

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    journal: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '7' },
    transfers: { type: 'string', default: '12000' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(help)
else exit(await kill(values.journal))

async function kill(journal: string): Promise<number> {
  const [kills, seed, transfers] = [values.kills, values.seed, values.transfers].map(Number) as [
    number,
    number,
    number,
  ]
  const { address, stop } = await placeFor(journal)
  const ending = new AbortController()
  process.once('SIGINT', () => ending.abort())
  try {
    const began = performance.now()
    const onRound = (tally: Tally) => {
      stderr.write(`${tally.kills} of ${kills} kills: ${tally.lost} lost, ${tally.doubled} doubled\n`)
      return !ending.signal.aborted
    }
    const tally = await killWriters({ address, kills, seed, transfers, onRound })
    const seconds = Math.round((performance.now() - began) / 1_000)
    console.log(JSON.stringify({ journal, seed, transfers, ...tally, seconds }))
    return tally.lost + tally.doubled + tally.different === 0 ? 0 : 1
  } finally {
    await stop()
  }
}

async function placeFor(journal: string) {
  if (journal === 'nats') {
    const server = await startNats()
    return { address: (round: number) => `nats://${server.host}/round-${round}`, stop: server.stop }
  }
  if (journal === 'cluster') return await clusterUnderFire()
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-kills-'))
  return {
    address: (round: number) => join(folder, `${round}.db`),
    stop: async () => rmSync(folder, { recursive: true }),
  }
}

/** Three servers, of which at any moment one may be down: the others are more than half. */
async function clusterUnderFire() {
  const servers = await startCluster(3)
  const hosts = servers.map(({ host }) => host).join(',')
  const ending = new AbortController()
  let restarts = 0
  const firing = (async () => {
    for (let nth = 0; !ending.signal.aborted; nth++) {
      await sleep(5_000, undefined, { signal: ending.signal }).catch(() => {})
      if (ending.signal.aborted) break
      await untilWhole(servers)
      await servers[nth % servers.length]!.restart()
      restarts += 1
    }
  })()
  return {
    address: (round: number) => `nats://${hosts}/round-${round}?replicas=3`,
    stop: async () => {
      ending.abort()
      await firing
      stderr.write(`${restarts} restarts of a server\n`)
      for (const server of servers) await server.stop()
    },
  }
}
