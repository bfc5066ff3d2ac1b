import { abiLogs } from './abiLogs.ts'
import { apiBodies } from './apiBodies.ts'
import { csvTables, yamlConfig } from './files.ts'
import { journalFiles, journalLogs } from './journalFiles.ts'
import { journalMessages } from './journalMessages.ts'
import { journalTexts } from './journalTexts.ts'
import { rpcAnswers } from './rpcAnswers.ts'
import type { Target } from './Target.ts'

/** Everything that takes what strangers write. */
export async function targets(): Promise<readonly Target[]> {
  return [
    yamlConfig(),
    csvTables(),
    abiLogs(),
    rpcAnswers(),
    await apiBodies(),
    journalTexts(),
    journalMessages(),
    await journalFiles(),
    await journalLogs(),
  ]
}
