import { replay } from '@cutwater/engine/replay/replay.ts'
import { Command } from 'commander'
import { describeReplay } from './describeReplay.ts'
import { findHistory } from './findHistory.ts'
import * as Progress from './Progress.ts'

/** `cutwater start`: the main job on whatever is at hand, recorded data or a made-up history. */
export function startCommand(): Command {
  return new Command('start')
    .description('replay the recorded bridge where its data is at hand, else a made-up one')
    .option('--once', 'end by itself')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  $ cutwater start --once')
    .action(({ json }: { json?: boolean }) => {
      const history = findHistory(undefined, { seed: '1' })
      const bar = Progress.start('replay', 1)
      const result = replay(history, { onProgress: (done, total) => bar.to(done, total) })
      bar.stop()
      process.stdout.write(`${json ? JSON.stringify(result) : describeReplay(result)}\n`)
    })
}
