import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Anvil, startAnvil } from '../chain/testing/anvil.ts'
import { accountOf } from '../chain/testing/emitter.ts'
import { type DeployedGuard, deployGuard, fundedKey, type TestKey } from '../chain/testing/guard.ts'
import { testClock } from '../chain/testing/liveChain.ts'
import { linesOf } from '../journal/fixtures/contents.ts'
import { openJournal } from '../journal/openJournal.ts'
import { isInstalled, type NatsServer, need, startNats } from '../nats/testing/natsServer.ts'

describe.skipIf(!isInstalled)(`two deciders on one journal and a real chain, ${need}`, () => {
  let server: NatsServer
  let anvil: Anvil
  let guard: DeployedGuard
  let guardian: TestKey
  let rounds = 0
  const deciders: Decider[] = []

  beforeAll(async () => {
    server = await startNats()
    anvil = await startAnvil()
  })
  beforeEach(async () => {
    rounds += 1
    guardian = await fundedKey(anvil, 700 + rounds)
    guard = await deployGuard(anvil, { bridge: accountOf(9), guardian: guardian.account.address })
  })
  afterEach(() => {
    for (const { child } of deciders.splice(0)) child.kill('SIGKILL')
  })
  afterAll(async () => {
    await anvil.stop()
    await server.stop()
  })

  const journalAddress = () => `nats://${server.host}/takeover-${rounds}`

  function start(): Decider {
    const args = [journalAddress(), String(leaseSeconds), anvil.url, guard.address]
    const decider = startDecider(args, guardian.key)
    deciders.push(decider)
    return decider
  }

  test('the leader is killed in the middle of an action: the other ends it, and it is done once', async () => {
    const leader = start()
    await leader.says(/^deciding/)
    const other = start()
    await other.says(/^waiting/)
    await untilTrue(async () => (await waitingCount()) === 1)
    leader.child.kill('SIGKILL')
    await other.says(/^deciding/)
    const outcome = other.says(/^outcome/)
    await untilTrue(async () => {
      await anvil.mine()
      return (await doneCount()) > 0
    })
    expect(await outcome).toMatch(/^outcome (?:confirmed|already)$/)
    await anvil.mine(3)
    expect(await doneCount()).toBe(1)
    await expectOneDeed()
  }, 120_000)

  test('a leader who is paused and wakes up after the other took over does nothing, and ends', async () => {
    const leader = start()
    await leader.says(/^deciding/)
    await untilTrue(async () => (await waitingCount()) === 1)
    leader.child.kill('SIGSTOP')
    const other = start()
    await other.says(/^deciding/)
    const outcome = other.says(/^outcome/)
    await untilTrue(async () => {
      await anvil.mine()
      return (await doneCount()) > 0
    })
    await outcome
    leader.child.kill('SIGCONT')
    expect(await leader.says(/^lost|LEASE_LOST/)).toContain('another has taken over')
    await anvil.mine(3)
    expect(await doneCount()).toBe(1)
    await expectOneDeed()
  }, 120_000)

  /** The journal holds the deed and its end, each once; and nothing that was written or said holds the key. */
  async function expectOneDeed(): Promise<void> {
    const said = deciders.map(({ printed }) => printed()).join('')
    const journal = await openJournal(journalAddress(), { readOnly: true })
    const ids: string[] = []
    for await (const page of journal.read({ topics: ['decided', 'done'] }))
      ids.push(...page.map(({ id }) => id))
    const kept = (await linesOf(journal)).join('')
    await journal.close()
    expect(said + kept).not.toContain(guardian.key.slice(2))
    expect(ids).toEqual(['deed:pause', 'deed:pause'])
  }

  async function waitingCount(): Promise<number> {
    return Number((await anvil.call<{ pending: string }>('txpool_status')).pending)
  }

  /** How many transactions of the guardian were included. */
  async function doneCount(): Promise<number> {
    return Number(await anvil.call('eth_getTransactionCount', [guardian.account.address, 'latest']))
  }
})

const leaseSeconds = 4

type Decider = {
  readonly child: ChildProcess
  /** all that it has said, errors too */
  readonly printed: () => string
  /** the first line that fits, once it is said; fails when the process ends without */
  says(pattern: RegExp): Promise<string>
}

function startDecider(args: readonly string[], key: string): Decider {
  const file = fileURLToPath(new URL('decider.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, GUARDIAN_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let isOver = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      printed += String(piece)
    })
  child.once('close', () => {
    isOver = true
  })
  const find = (pattern: RegExp) => printed.split('\n').find((line) => pattern.test(line))
  return {
    child,
    printed: () => printed,
    says: async (pattern) => {
      await untilTrue(async () => find(pattern) !== undefined || isOver)
      return find(pattern) ?? `ended without ${pattern}: ${printed}`
    },
  }
}

async function untilTrue(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await testClock().sleep(20)
}
