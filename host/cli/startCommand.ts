import { runScenario, type Scene } from '@cutwater/lab/run/runScenario.ts'
import { find, scenarios } from '@cutwater/lab/scenarios/catalog.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import * as World from '@cutwater/lab/World.ts'
import { Command } from 'commander'
import { labTools } from './labTools.ts'
import { numberOf } from './numberOf.ts'
import * as Story from './Story.ts'

type Flags = { readonly once?: boolean; readonly json?: boolean; readonly blockMs: string }

/** `cutwater start`: the lab as a story, one attack after the other, until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('watch a bridge on two local chains live, see it attacked, see what the layers do')
    .option('--once', 'end by itself after the first attack')
    .option('--block-ms <n>', 'wall time of a 12-second block', '1000')
    .option('--json', 'print the results as JSON lines')
    .addHelpText('after', '\nExample:\n  $ cutwater start --once')
    .action(start)
}

/** The pace of the story: twenty blocks of calm before the attack. */
const pace = { calmBlocks: 20, level: 3, mempool: false } as const

/** The attack everybody knows comes first. */
const opening = 'zero-root'

async function start({ once = false, json = false, blockMs }: Flags): Promise<void> {
  const blockMilliseconds = numberOf('--block-ms', blockMs, 50, 60_000)
  const say = json ? () => {} : (line: string) => void process.stdout.write(`${line}\n`)
  say(Story.prologue())
  const ending = endOnSignal()
  const world = await World.start(1)
  try {
    for (let seed = 1; !ending.isAsked(); seed++) {
      const scenario = nth(seed)
      say(Story.announce(scenario))
      const told = Story.create()
      const onBlock = async (scene: Scene) => {
        ending.check()
        for (const line of await Story.tell(told, scene)) say(line)
      }
      const result = await runScenario(world, labTools, scenario, {
        ...pace,
        blockMilliseconds,
        seed,
        onBlock,
      })
      if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
      else say(Story.epilogue(result))
      if (once) return
    }
  } catch (error) {
    if (!ending.isAsked()) throw error
  } finally {
    await World.stop(world)
    if (ending.isAsked()) say(Story.farewell())
  }
}

function nth(number: number): Scenario {
  const [first] = find(opening)
  const others = scenarios.filter(({ name }) => name !== opening)
  return number === 1 ? first! : others[(number - 2) % others.length]!
}

// Ctrl-C ends the story between two blocks, so that both chains are stopped by us; a second one ends at once.
function endOnSignal() {
  let asked = false
  const ask = () => {
    if (asked) process.exit(130)
    asked = true
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  return {
    isAsked: () => asked,
    check: () => {
      if (asked) throw new Error('ended by the user')
    },
  }
}
