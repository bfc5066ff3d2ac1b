import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { argv, exit, stderr } from 'node:process'
import { parseArgs } from 'node:util'

const help = `Tries every property law on values that \`npm test\` does not use.

  npm run laws -- --seeds 1001..1010     ten rounds, each from a seed of its own
  npm run laws -- --seeds 7 core/ladder  one round, the laws of one folder

Ends with exit code 1 when a law fails; a round is repeated by its seed.`

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '1001..1003' }, help: { type: 'boolean' } },
})
if (values.help) console.log(help)
else exit(await tryLaws(values.seeds, positionals))

async function tryLaws(seeds: string, folders: readonly string[]): Promise<number> {
  const range = /^(\d+)(?:\.\.(\d+))?$/.exec(seeds)
  const first = Number(range?.[1])
  const last = Number(range?.[2] ?? range?.[1])
  if (range === null || last < first) {
    console.error(`--seeds ${seeds} is no range; expected 7 or 1001..1010`)
    return 2
  }
  const files = filesWithLaws(folders)
  const broken: number[] = []
  for (let seed = first; seed <= last; seed++) {
    stderr.write(`seed ${seed}: the laws of ${files.length} files\n`)
    if ((await round(seed, files)) !== 0) broken.push(seed)
  }
  console.log(
    `${last - first + 1} seeds, ${broken.length} with a broken law${broken.map((seed) => ` ${seed}`).join('')}`,
  )
  return broken.length === 0 ? 0 : 1
}

function filesWithLaws(folders: readonly string[]): readonly string[] {
  return globSync('{core,engine,host,lab,contracts,web}/**/*.test.ts', {
    exclude: (name) => name.endsWith('node_modules'),
  })
    .filter((file) => folders.length === 0 || folders.some((folder) => file.startsWith(folder)))
    .filter((file) => /fast-check|arbitraries|Contract\(/.test(readFileSync(file, 'utf8')))
    .sort()
}

function round(seed: number, files: readonly string[]): Promise<number> {
  const vitest = spawn('node_modules/.bin/vitest', ['run', '--reporter=dot', ...files], {
    env: { ...process.env, CUTWATER_LAW_SEED: String(seed) },
    stdio: 'inherit',
  })
  return new Promise((resolve) => vitest.on('close', (code) => resolve(code ?? 1)))
}
