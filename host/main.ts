import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { Command, CommanderError } from 'commander'

/** Runs one command line; a mistake of the user ends in one clear line and exit code 2. */
export async function main(args: readonly string[]): Promise<void> {
  if (!process.stdout.listeners('error').includes(ignoreClosedPipe))
    process.stdout.on('error', ignoreClosedPipe)
  try {
    const cutwater = await program(args[0])
    await cutwater.parseAsync([...args], { from: 'user' })
  } catch (error) {
    fail(error)
  }
}

// Only what is asked for is loaded, so that a command's first line does not wait for all the others.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  replay: async () => (await import('./cli/replayCommand.ts')).replayCommand(),
  assess: async () => (await import('./cli/assessCommand.ts')).assessCommand(),
  incidents: async () => (await import('./cli/incidentsCommand.ts')).incidentsCommand(),
  serve: async () => (await import('./cli/serveCommand.ts')).serveCommand(),
  worker: async () => (await import('./cli/workerCommand.ts')).workerCommand(),
  simulate: async () => (await import('./cli/simulateCommand.ts')).simulateCommand(),
  translate: async () => (await import('./cli/translateCommand.ts')).translateCommand(),
  backtest: async () => (await import('./cli/backtestCommand.ts')).backtestCommand(),
  claims: async () => (await import('./cli/claimsCommand.ts')).claimsCommand(),
  plan: async () => (await import('./cli/planCommand.ts')).planCommand(),
  watch: async () => (await import('./cli/watchCommand.ts')).watchCommand(),
  observe: async () => (await import('./cli/observeCommand.ts')).observeCommand(),
  decide: async () => (await import('./cli/decideCommand.ts')).decideCommand(),
  doctor: async () => (await import('./cli/doctorCommand.ts')).doctorCommand(),
  journal: async () => (await import('./cli/journalCommand.ts')).journalCommand(),
  data: async () => (await import('./cli/dataCommand.ts')).dataCommand(),
  lab: async () => (await import('./cli/labCommand.ts')).labCommand(),
  twin: async () => (await import('./cli/twinCommand.ts')).twinCommand(),
  start: async () => (await import('./cli/startCommand.ts')).startCommand(),
}

/** The program with the command that is asked for; with all of them where none is, or one that there is not. */
export async function program(asked?: string): Promise<Command> {
  const cutwater = new Command('cutwater')
    .description(
      'layered hedging for cross-chain bridges, and for the SPX volatility book the idea comes from',
    )
    .version('0.1.0')
    // What is wrong is said once, by `fail`.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  const only = asked !== undefined && Object.hasOwn(commands, asked) ? commands[asked] : undefined
  for (const load of only === undefined ? Object.values(commands) : [only]) {
    const command = await load()
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
