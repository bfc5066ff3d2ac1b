import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit, stderr } from 'node:process'
import { parseArgs } from 'node:util'
import { killWriters } from '@cutwater/host/journal/fixtures/killWriters.ts'
import { startNats } from '@cutwater/host/nats/testing/natsServer.ts'

const help = `Kills writers of a journal at random moments, and counts what was lost and what is there twice.

  npm run kills -- --journal sqlite --kills 1000
  npm run kills -- --journal nats --kills 1000     with a nats-server of its own

Ends with exit code 1 when anything was.`

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    journal: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(help)
else exit(await kill(values.journal, Number(values.kills), Number(values.seed)))

async function kill(journal: string, kills: number, seed: number): Promise<number> {
  const { address, stop } = await placeFor(journal)
  try {
    const began = performance.now()
    const onRound = (done: number) => void stderr.write(`${done} of ${kills} kills\n`)
    const tally = await killWriters({ address, kills, seed, onRound })
    const seconds = Math.round((performance.now() - began) / 1_000)
    console.log(JSON.stringify({ journal, seed, ...tally, seconds }))
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
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-kills-'))
  return {
    address: (round: number) => join(folder, `${round}.db`),
    stop: async () => rmSync(folder, { recursive: true }),
  }
}
