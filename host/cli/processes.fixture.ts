import { spawnSync } from 'node:child_process'

/** The processes below a process that are alive, itself left out. */
export function processesBelow(pid: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    rows.flatMap(([child, of]) => (of === parent ? [child!, ...below(child!)] : []))
  return below(pid).filter(isAlive)
}

/** One that has ended and waits to be collected is listed still, with state Z. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
