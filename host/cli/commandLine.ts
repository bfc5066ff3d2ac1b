/** The command line that prints a page again. */
export function commandLine(): string {
  return ['cutwater', ...process.argv.slice(2)].join(' ')
}
