import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import * as z from 'zod'
import { atLeast, severities } from './atLeast.ts'
import { fileNotifier } from './fileNotifier.ts'
import { inOrder } from './inOrder.ts'
import { eventsUrl, pagerDutyNotifier } from './pagerDutyNotifier.ts'
import type { Receiver, Tries } from './post.ts'
import { slackNotifier } from './slackNotifier.ts'
import { type Terminal, terminalNotifier } from './terminalNotifier.ts'
import { webhookNotifier } from './webhookNotifier.ts'

/** Everyone who is told, as the operator lists them under `notify:`; which keys a type needs is `keysOf`. */
export const schema = z
  .array(
    z.strictObject({
      type: z.enum(['terminal', 'webhook', 'slack', 'pagerduty', 'file']),
      /** `${NAME}` in it stands for that environment variable */
      url: z.string().optional(),
      /** names of environment variables: a secret itself never stands in the file */
      secretEnv: z.string().optional(),
      keyEnv: z.string().optional(),
      path: z.string().min(1, 'the path of a file').optional(),
      /** page of an alert, `{id}` standing for its id */
      detailsUrl: z.string().optional(),
      /** the least severity that is told; a pager wakes people, so its own default is high */
      least: z.enum(severities).optional(),
    }),
  )
  .default([])

export type NotifyConfig = z.output<typeof schema>

/** What notifiers need from the world. */
export type World = {
  /** file and line of a path into the document */
  readonly place: (path: readonly PropertyKey[]) => string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly rng: Rng.Rng
  readonly terminal: Terminal
  readonly tries?: Tries
}

/**
 * The notifiers of a configuration, each telling in order what is severe enough for it.
 *
 * @throws CutwaterError `NOTIFY_KEY_MISSING`, `NOTIFY_KEY_UNUSED`, `ENVIRONMENT_NAME_MALFORMED`,
 * `ENVIRONMENT_MISSING`, `SECRET_IN_FILE`, `SECRET_SHORT`, `URL_MALFORMED`, each with its line and without the
 * value, which may be a secret
 */
export function fromConfig(config: NotifyConfig, world: World): readonly Notifier[] {
  return config.map((written, at) => {
    const part: Part = { written, at, world, name: nameOf(config, at) }
    requireKeys(part)
    const least = written.least ?? (written.type === 'pagerduty' ? 'high' : 'low')
    return inOrder(atLeast(least, notifierOf(part)))
  })
}

type Written = NotifyConfig[number]
type Key = Exclude<keyof Written, 'type' | 'least'>
type Part = {
  readonly written: Written
  readonly at: number
  readonly world: World
  readonly name: string
}

const keysOf: Readonly<
  Record<Written['type'], { readonly needs: readonly Key[]; readonly takes: readonly Key[] }>
> = {
  terminal: { needs: [], takes: [] },
  webhook: { needs: ['url', 'secretEnv'], takes: [] },
  slack: { needs: ['url'], takes: [] },
  pagerduty: { needs: ['keyEnv'], takes: ['url', 'detailsUrl'] },
  file: { needs: ['path'], takes: [] },
}

const meanings: Readonly<Record<Key, string>> = {
  url: `the URL that takes alerts, secrets in it as \${NAME}`,
  secretEnv: 'the name of the environment variable that holds the signing secret',
  keyEnv: 'the name of the environment variable that holds the integration key',
  path: 'the path of a file',
  detailsUrl: 'the URL of an alert’s page, with {id}',
}

function notifierOf(part: Part): Notifier {
  const { written, world, name } = part
  switch (written.type) {
    case 'terminal':
      return terminalNotifier(name, world.terminal, world.environment)
    case 'file':
      return fileNotifier(name, written.path!)
    case 'webhook': {
      const secret = secretOf(part, 'secretEnv')
      if (secret.length < 16) throw secretShort(part)
      return webhookNotifier(receiverOf(part, written.url!, [secret]), secret)
    }
    case 'slack':
      if (!/\$\{\w+\}/.test(written.url!)) throw secretInFile(part)
      return slackNotifier(receiverOf(part, written.url!, []))
    case 'pagerduty': {
      const key = secretOf(part, 'keyEnv')
      const details = written.detailsUrl ?? null
      if (details !== null && !URL.parse(details)) throw urlMalformed(part, 'detailsUrl')
      return pagerDutyNotifier(receiverOf(part, written.url ?? eventsUrl, [key]), key, details)
    }
  }
}

/** The type, numbered where there are several: it stands in errors and in the journal. */
function nameOf(config: NotifyConfig, at: number): string {
  const { type } = config[at]!
  const same = config.filter((other) => other.type === type)
  return same.length === 1 ? type : `${type} ${same.indexOf(config[at]!) + 1}`
}

function requireKeys(part: Part): void {
  const { written } = part
  const { needs, takes } = keysOf[written.type]
  for (const key of needs) if (!written[key]) throw keyMissing(part, key)
  for (const key of Object.keys(meanings) as Key[]) {
    if (written[key] !== undefined && !needs.includes(key) && !takes.includes(key)) throw keyUnused(part, key)
  }
}

function receiverOf(part: Part, written: string, secrets: readonly string[]): Receiver {
  const { name, at, world } = part
  const used: string[] = []
  const text = written.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => {
    const value = variableOf(part, 'url', variable)
    used.push(value)
    return value
  })
  const url = URL.parse(text)
  if (!url || !isSafe(url, part.written.type)) throw urlMalformed(part, 'url')
  // An error page may quote the path that was asked for, whole or in pieces.
  if (used.length > 0) used.push(url.pathname, url.search, ...url.pathname.split('/').filter(isLong))
  const { clock, rng, tries } = world
  return {
    name,
    url: url.href,
    clock,
    rng: Rng.fork(rng, at),
    secrets: [...secrets, ...used],
    ...(tries ? { tries } : {}),
  }
}

function isLong(text: string): boolean {
  return text.length >= 6
}

// The last two send a secret with the alert: in the clear only to this machine.
function isSafe({ protocol, hostname, username }: URL, type: Written['type']): boolean {
  if (username !== '') return false
  if (protocol === 'https:') return true
  return (
    protocol === 'http:' &&
    (type === 'webhook' || /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname))
  )
}

function secretOf(part: Part, key: 'secretEnv' | 'keyEnv'): string {
  return variableOf(part, key, part.written[key]!)
}

function variableOf(part: Part, key: Key, variable: string): string {
  if (!/^[A-Za-z_]\w*$/.test(variable)) throw variableMalformed(part, key)
  const value = part.world.environment[variable]?.trim()
  if (!value) throw variableMissing(part, key)
  return value
}

// Below, nothing quotes a value: people paste a secret where its variable's name belongs.

function at({ at: index, world }: Part, key: Key): { readonly name: string; readonly where: string } {
  return { name: `notify[${index}].${key}`, where: world.place(['notify', index, key]) }
}

function keyMissing(part: Part, key: Key): CutwaterError {
  const { name, where } = at(part, key)
  return new CutwaterError('NOTIFY_KEY_MISSING', `${name} is missing`, { where, right: meanings[key] })
}

function keyUnused(part: Part, key: Key): CutwaterError {
  const { name, where } = at(part, key)
  const { needs, takes } = keysOf[part.written.type]
  const right = choice(key, ['least', ...needs, ...takes])
  return new CutwaterError('NOTIFY_KEY_UNUSED', `${name} means nothing to a ${part.written.type}`, {
    where,
    right,
  })
}

function variableMalformed(part: Part, key: Key): CutwaterError {
  const { name, where } = at(part, key)
  return new CutwaterError('ENVIRONMENT_NAME_MALFORMED', `${name} does not name an environment variable`, {
    where,
    right: meanings[key],
  })
}

function variableMissing(part: Part, key: Key): CutwaterError {
  const { name, where } = at(part, key)
  return new CutwaterError('ENVIRONMENT_MISSING', `the environment variable that ${name} names is not set`, {
    where,
    right: 'a value for it in the environment',
  })
}

function secretInFile(part: Part): CutwaterError {
  const { name, where } = at(part, 'url')
  return new CutwaterError('SECRET_IN_FILE', `${name} is itself a secret: who knows it can post`, {
    where,
    right: `an environment variable in its place, such as \${SLACK_WEBHOOK}`,
  })
}

function secretShort(part: Part): CutwaterError {
  const { name, where } = at(part, 'secretEnv')
  return new CutwaterError('SECRET_SHORT', `the secret that ${name} names can be guessed`, {
    where,
    right: '16 characters or more',
  })
}

function urlMalformed(part: Part, key: 'url' | 'detailsUrl'): CutwaterError {
  const { name, where } = at(part, key)
  return new CutwaterError('URL_MALFORMED', `${name} is no URL an alert may be sent to`, {
    where,
    right: 'a URL that begins with https://, without user and password',
  })
}
