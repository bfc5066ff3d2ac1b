import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { type Standing, standUp } from '@cutwater/lab/run/standUp.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import { find } from '@cutwater/lab/scenarios/catalog.ts'
import { clock } from './clock.ts'
import { labBridgeYaml } from './labBridgeYaml.ts'
import { labTools } from './labTools.ts'
import type { News } from './WatchNews.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'cutwater.js')

/** A lab's bridge at work, and where its description lies. */
export type Site = Standing & { readonly file: string; readonly journal: string; readonly key: string }

export type SiteOptions = {
  readonly folder: string
  readonly attack: string
  readonly level: Level
  readonly mempool?: boolean
  readonly market?: boolean
  /** what it is stood up with, if not with the lab's own */
  readonly tools?: Tools
}

export async function standSite({
  folder,
  attack,
  level,
  mempool = false,
  market = false,
  tools = labTools,
}: SiteOptions): Promise<Site> {
  const [scenario] = find(attack)
  const blockMilliseconds = 300
  const options = { scenario: scenario!, level, seed: 4, blockMilliseconds, clock, market }
  const standing = await standUp(tools, options)
  const file = join(folder, 'bridge.yaml')
  writeFileSync(file, labBridgeYaml(standing.plan, { level, blockSeconds: 1, mempool }))
  return {
    ...standing,
    file,
    journal: join(folder, 'lab-bridge.db'),
    key: standing.world.accounts.guardian.key,
  }
}

type Ended = { readonly code: number | null }

/** A `cutwater watch` in a process of its own, and what it has told so far. */
export type Process = {
  readonly news: readonly News[]
  readonly stderr: () => string
  /** resolves when it has told something that fits; fails when it ends before */
  until(fits: (news: News) => boolean): Promise<News>
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<Ended>
  readonly ended: Promise<Ended>
}

export function startWatch(site: Site, ...flags: readonly string[]): Process {
  return startCommand('watch', site, ...flags)
}

/** The same for whoever observes or decides alone. */
export function startCommand(
  command: 'watch' | 'observe' | 'decide',
  { file, key }: Pick<Site, 'file' | 'key'>,
  ...flags: readonly string[]
): Process {
  const env = { ...process.env, GUARDIAN_KEY: key }
  const args = [bin, command, file, '--json', '--every', '1', ...flags]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const news: News[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  let errors = ''
  let isOver = false
  child.stdout.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop()!
    news.push(...lines.map((line) => JSON.parse(line) as News))
    for (const look of [...waiting]) look()
  })
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const closed = once(child, 'close').then(([code]) => {
    isOver = true
    for (const look of [...waiting]) look()
    return { code: code as number | null }
  })
  return {
    news,
    ended: closed,
    stderr: () => errors,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = news.find(fits)
          if (found === undefined && !isOver) return
          waiting.delete(look)
          if (found !== undefined) resolve(found)
          else reject(new Error(`the watch ended before: ${errors}`))
        }
        waiting.add(look)
        look()
      }),
    kill: (signal) => {
      child.kill(signal)
      return closed
    },
  }
}
