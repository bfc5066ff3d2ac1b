import { runScenario } from './run/runScenario.ts'
import { find } from './scenarios/catalog.ts'
import { plainTools } from './testing/plainTools.ts'
import * as World from './World.ts'

const world = await World.start(7)
try {
  for (const scenario of process.argv.slice(2).flatMap(find)) {
    const t = performance.now()
    try {
      const r = await runScenario(world, plainTools, scenario, {
        seed: Number(process.env.SEED ?? 7),
        level: Number(process.env.LEVEL ?? 3) as 3,
        blockMilliseconds: Number(process.env.MS ?? 150),
        mempool: false,
      })
      console.log(
        r.name,
        JSON.stringify(r.on),
        JSON.stringify(r.off),
        r.detectedBy.join(),
        `${Math.round(performance.now() - t)} ms`,
      )
    } catch (error) {
      console.log(scenario.name, error)
    }
  }
} finally {
  await World.stop(world)
}
