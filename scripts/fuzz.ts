import { argv, exit, stderr } from 'node:process'
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz/fuzz.ts'
import { targets } from './fuzz/targets.ts'

const help = `Feeds broken inputs to everything that takes what strangers write: config, tables, logs, answers of
nodes, API bodies, journals. Each is to be refused by a clear error, or taken for what it says.

  npm run fuzz -- --inputs 1000000
  npm run fuzz -- --inputs 1000 --seed 3 --only "CSV tables,ABI logs" --json

Ends with exit code 1 when anything broke or was taken that should not have been.`

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    inputs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(help)
else exit(await main())

async function main(): Promise<number> {
  const inputs = Number(values.inputs)
  const all = await targets()
  const only = values.only?.split(',')
  const chosen = all.filter(({ name }) => only === undefined || only.includes(name))
  const onProgress = (done: number) => void stderr.write(`${done} of ${inputs} inputs\n`)
  const tallies = await fuzz(chosen, { inputs, seed: Number(values.seed), onProgress })
  for (const { close } of all) close?.()
  const faults = tallies.reduce((sum, { faultCount }) => sum + faultCount, 0)
  if (values.json) console.log(JSON.stringify({ inputs, faults, targets: tallies }))
  else
    for (const { faults, ...tally } of tallies) {
      console.log(JSON.stringify(tally))
      for (const { what, input } of faults) console.log(`  ${what}\n    ${JSON.stringify(input)}`)
    }
  return faults > 0 ? 1 : 0
}
