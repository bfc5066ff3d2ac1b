import { writeFileSync } from 'node:fs'
import { type Standing, standUp } from '@cutwater/lab/run/standUp.ts'
import { find } from '@cutwater/lab/scenarios/catalog.ts'
import { Command } from 'commander'
import { clock } from './clock.ts'
import { labBridgeYaml } from './labBridgeYaml.ts'
import { labTools } from './labTools.ts'
import { levelOf } from './levelOf.ts'
import { flagInvalid, numberOf } from './numberOf.ts'

type Flags = {
  readonly write: string
  readonly attack: string
  readonly after: string
  readonly level: string
  readonly seed: string
  readonly blockMs: string
}

/** `cutwater lab up`: the lab's bridge at work, for a watch in another terminal. */
export function labUpCommand(): Command {
  return new Command('up')
    .description('start the lab’s bridge with honest traffic, and write the bridge.yaml to watch it with')
    .option('--write <file>', 'where to write its description', 'lab-bridge.yaml')
    .option('--attack <name>', 'the attack that comes, one of `cutwater lab list`', 'zero-root')
    .option('--after <blocks>', 'blocks until it comes; 0 is never', '60')
    .option('--level <n>', 'guard level: 1 pause, 2 limit, 3 prove', '3')
    .option('--seed <n>', 'seed of the honest traffic', '1')
    .option('--block-ms <n>', 'time between two blocks', '1000')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Example, in two terminals:
  $ cutwater lab up --attack key-theft-many-small --after 40
  $ GUARDIAN_KEY=<the key it prints> cutwater watch lab-bridge.yaml --act`

async function run(flags: Flags): Promise<void> {
  const [scenario, ...others] = find(flags.attack)
  if (others.length > 0) throw flagInvalid('--attack', flags.attack, 'one attack')
  const after = numberOf('--after', flags.after, 0, 1_000_000)
  const blockMilliseconds = numberOf('--block-ms', flags.blockMs, 100, 60_000)
  const level = levelOf(flags.level)
  const seed = numberOf('--seed', flags.seed, 0, 999_999_999)
  const ending = asked()
  say('Starting two chains and a bridge on them …')
  const options = { scenario: scenario!, level, seed, blockMilliseconds, clock, market: true }
  const standing = await standUp(labTools, options)
  try {
    const { plan, world } = standing
    writeFileSync(flags.write, labBridgeYaml(plan, { level, blockSeconds: blockMilliseconds / 1_000 }))
    say(instructions(flags.write, world.accounts.guardian.key))
    await play(standing, after, flags.attack, ending)
  } finally {
    await standing.stop()
    say('Both chains are stopped.')
  }
}

// Test chains know these keys everywhere: they must never hold anything.
function instructions(file: string, key: string): string {
  return [
    `${file} describes it. In another terminal:`,
    `  npx cutwater watch ${file}`,
    `  GUARDIAN_KEY=${key} npx cutwater watch ${file} --act`,
    'The key is one of the test phrase that everybody knows, and worth nothing. Ctrl-C ends the chains.',
  ].join('\n')
}

async function play(
  { beat, attack }: Standing,
  after: number,
  name: string,
  ending: Promise<void>,
): Promise<void> {
  const story = async () => {
    const wait = (blocks: number) =>
      beat.play(async ({ nextBlock }) => {
        for (let block = 0; block < blocks; block++) await nextBlock()
      })
    if (after > 0) {
      await wait(after)
      say(`The attack begins: ${name}.`)
      await attack()
      say('The attack is over; honest traffic rests.')
    }
    for (;;) await wait(1)
  }
  await Promise.race([ending, story()])
}

function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
