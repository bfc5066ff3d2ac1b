import { runScenario, type Scene } from '@cutwater/lab/run/runScenario.ts'
import { find, scenarios } from '@cutwater/lab/scenarios/catalog.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import * as World from '@cutwater/lab/World.ts'
import { Command } from 'commander'
import { endOnSignal } from './endOnSignal.ts'
import { labTools } from './labTools.ts'
import { numberOf } from './numberOf.ts'
import * as Story from './Story.ts'
import type { StoryDashboard } from './serve/storyDashboard.ts'

type Flags = {
  readonly once?: boolean
  readonly json?: boolean
  readonly blockMs: string
  readonly port: string
}

/** `cutwater start`: the lab as a story, one attack after the other, until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('watch a bridge on two local chains live, see it attacked, see what the layers do')
    .option('--once', 'end by itself after the first attack')
    .option('--block-ms <n>', 'wall time of a 12-second block', '1000')
    .option('--port <n>', 'port of the page on loopback, or any that is free where it is taken', '4420')
    .option('--json', 'print the results as JSON lines')
    .addHelpText('after', '\nExample:\n  $ cutwater start --once')
    .action(start)
}

/** The pace of the story: twenty blocks of calm before the attack. */
const pace = { calmBlocks: 20, level: 3, mempool: false } as const

/** The attack everybody knows comes first. */
const opening = 'zero-root'

async function start({ once = false, json = false, ...flags }: Flags): Promise<void> {
  const blockMilliseconds = numberOf('--block-ms', flags.blockMs, 50, 60_000)
  const port = numberOf('--port', flags.port, 0, 65_535)
  const say = json ? () => {} : (line: string) => void process.stdout.write(`${line}\n`)
  say(Story.prologue())
  // Ctrl-C ends the story between two blocks, so that both chains are stopped by us; a second one ends at once.
  const { signal } = endOnSignal()
  // Whoever wants one attack, or lines for a program, needs no page.
  const page = once || json ? null : await openPage(port)
  if (page !== null) say(Story.whereToLook(page))
  try {
    await tellAll({ once, json, blockMilliseconds, say, signal, page })
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    await page?.stop()
    if (signal.aborted) say(Story.farewell())
  }
}

type Telling = {
  readonly once: boolean
  readonly json: boolean
  readonly blockMilliseconds: number
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  readonly page: StoryDashboard | null
}

async function tellAll({ once, json, blockMilliseconds, say, signal, page }: Telling): Promise<void> {
  const world = await World.start(1)
  const tools = page?.tools ?? labTools
  try {
    for (let seed = 1; !signal.aborted; seed++) {
      const scenario = nth(seed)
      say(Story.announce(scenario))
      const told = Story.create()
      const show = page?.follow(scenario, seed)
      const onBlock = async (scene: Scene) => {
        signal.throwIfAborted()
        await show?.(scene)
        for (const line of await Story.tell(told, scene)) say(line)
      }
      const result = await runScenario(world, tools, scenario, { ...pace, blockMilliseconds, seed, onBlock })
      if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
      else say(Story.epilogue(result))
      if (once) return
    }
  } finally {
    await World.stop(world)
  }
}

// Loaded when the first lines stand there already.
async function openPage(port: number): Promise<StoryDashboard> {
  const { storyDashboard } = await import('./serve/storyDashboard.ts')
  return storyDashboard(port)
}

function nth(number: number): Scenario {
  const [first] = find(opening)
  const others = scenarios.filter(({ name }) => name !== opening)
  return number === 1 ? first! : others[(number - 2) % others.length]!
}
