import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { Command, CommanderError } from 'commander'
import { replayCommand } from './cli/replayCommand.ts'
import { startCommand } from './cli/startCommand.ts'

/** Runs one command line; a mistake of the user ends in one clear line and exit code 2. */
export async function main(args: readonly string[]): Promise<void> {
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
    .showHelpAfterError('(cutwater --help shows the commands)')
    .exitOverride()
  for (const command of [replayCommand(), startCommand()]) {
    cutwater.addCommand(command.exitOverride())
  }
  return cutwater
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else if (error instanceof CutwaterError) {
    process.stderr.write(`cutwater: ${error.message}\n`)
    process.exitCode = 2
  } else {
    process.stderr.write(
      `cutwater: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    process.exitCode = 1
  }
}
