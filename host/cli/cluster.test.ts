import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { program } from '../main.ts'
import * as NatsAddress from '../nats/NatsAddress.ts'
import * as WatchFile from './WatchFile.ts'

// The example of several machines, held against what it is an example of.

const folder = join(import.meta.dirname, '..', '..', 'examples', 'cluster')
const { services } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, { readonly command: string }>>
}
const environment = { GUARDIAN_KEY: `0x${'11'.repeat(32)}` }
const servers = Object.keys(services).filter((name) => name.startsWith('nats-'))

test('its bridge is a watch with a journal on all servers of the compose file', () => {
  const file = WatchFile.read(join(folder, 'bridge.yaml'), environment)
  expect(file.leaseSeconds).toBe(15)
  const address = NatsAddress.parse(file.journal)
  expect(address.servers).toEqual(servers.map((name) => `${name}:4222`))
  expect(address.replicas).toBe(servers.length)
})

test('its servers know of one another', () => {
  const conf = readFileSync(join(folder, 'nats.conf'), 'utf8')
  expect(servers).toHaveLength(3)
  for (const name of servers) {
    expect(conf).toContain(`nats://${name}:6222`)
    expect(services[name]!.command).toContain(`--name ${name}`)
  }
})

test('its commands are commands of cutwater, with flags that there are', async () => {
  const lines = Object.values(services).flatMap(
    ({ command }) => /cutwater\.js (.+)$/.exec(command)?.[1] ?? [],
  )
  expect(lines.filter((line) => line.startsWith('decide '))).toHaveLength(2)
  const { bridge } = WatchFile.read(join(folder, 'bridge.yaml'), environment)
  for (const chain of bridge.chains) {
    const observing = lines.filter(
      (line) => line.startsWith('observe ') && line.includes(`--chain ${chain.name} `),
    )
    expect(observing).toHaveLength(2)
  }
  for (const line of lines) {
    const [name, place, ...words] = line.split(' ') as [string, string, ...string[]]
    const flags = words.filter((word) => word.startsWith('-'))
    const help = (await program(name)).commands[0]!.helpInformation()
    for (const flag of flags) expect(help).toContain(flag)
    if (name === 'worker') expect(NatsAddress.parse(place).replicas).toBe(servers.length)
    else expect(place).toBe('examples/cluster/bridge.yaml')
  }
})
