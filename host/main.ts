import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { Command, CommanderError } from 'commander'
import { assessCommand } from './cli/assessCommand.ts'
import { backtestCommand } from './cli/backtestCommand.ts'
import { claimsCommand } from './cli/claimsCommand.ts'
import { dataCommand } from './cli/dataCommand.ts'
import { incidentsCommand } from './cli/incidentsCommand.ts'
import { labCommand } from './cli/labCommand.ts'
import { planCommand } from './cli/planCommand.ts'
import { replayCommand } from './cli/replayCommand.ts'
import { serveCommand } from './cli/serveCommand.ts'
import { simulateCommand } from './cli/simulateCommand.ts'
import { startCommand } from './cli/startCommand.ts'
import { watchCommand } from './cli/watchCommand.ts'

/** Runs one command line; a mistake of the user ends in one clear line and exit code 2. */
export async function main(args: readonly string[]): Promise<void> {
  if (!process.stdout.listeners('error').includes(ignoreClosedPipe))
    process.stdout.on('error', ignoreClosedPipe)
  try {
    await program().parseAsync([...args], { from: 'user' })
  } catch (error) {
    fail(error)
  }
}

function program(): Command {
  const cutwater = new Command('cutwater')
    .description(
      'layered hedging for cross-chain bridges, and for the SPX volatility book the idea comes from',
    )
    .version('0.1.0')
    // What is wrong is said once, by `fail`.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  for (const command of [
    replayCommand(),
    assessCommand(),
    incidentsCommand(),
    serveCommand(),
    simulateCommand(),
    backtestCommand(),
    claimsCommand(),
    planCommand(),
    watchCommand(),
    dataCommand(),
    labCommand(),
    startCommand(),
  ]) {
    cutwater.addCommand(command.copyInheritedSettings(cutwater))
  }
  return cutwater
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    if (error.code.startsWith('commander.help') || error.code === 'commander.version')
      process.exitCode = error.exitCode === 0 ? 0 : 2
    else fail(lineInvalid(error))
  } else if (error instanceof CutwaterError) {
    process.stderr.write(`cutwater: ${inOneLine(error.message)}\n`)
    process.exitCode = 2
  } else {
    process.stderr.write(
      `cutwater: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    process.exitCode = 1
  }
}

function lineInvalid({ message }: CommanderError): CutwaterError {
  const what = message.replace(/^error: /, '').replace(/\.$/, '')
  return new CutwaterError('COMMAND_LINE_INVALID', what, { right: 'what cutwater --help shows' })
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]\s*/g, ' ')
}

// Whoever reads the output may stop before its end, as `head` does; the work goes on.
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
