import { writeSync } from 'node:fs'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { leasedActuator } from '@cutwater/engine/lease/leasedActuator.ts'
import { watch } from '@cutwater/engine/watch/watch.ts'
import { evmActuator } from '../chain/evmActuator.ts'
import { liveChain, testClock } from '../chain/testing/liveChain.ts'
import * as Wallet from '../chain/Wallet.ts'
import { openJournal } from '../journal/openJournal.ts'
import { takeLease } from './takeLease.ts'

// One of several deciders on one journal, for tests that kill or stop it on the way: it waits for its lease, takes up
// what is open, orders one pause, and says a line for each step.
// node decider.fixture.ts <journal> <lease seconds> <url> <guard>, with the guardian's key in GUARDIAN_KEY.

const [address, seconds, url, guard] = process.argv.slice(2) as [string, string, string, `0x${string}`]
const say = (line: string) => void writeSync(1, `${line}\n`)
const wallet = await Wallet.open({ kind: 'environment', name: 'GUARDIAN_KEY' })
const chain = liveChain([{ url }], guard, { guard })
const bridge = {
  name: 'pier',
  chains: [{ id: chain.id, name: chain.name, finalitySeconds: 8 }],
  tokens: [],
  synthetic: true,
}
say('waiting')
const taken = (await takeLease(address, Number(seconds), () => {}, new Promise(() => {})))!
say(`deciding ${taken.tenure.token}`)
void taken.tenure.lost.then(({ message }) => {
  say(`lost ${message}`)
  process.exit(3)
})
const journal = await openJournal(address, { token: taken.tenure.token })
const clock = testClock()
const actuator = evmActuator({ chains: [chain], clock, wallet, dryRun: false })
const running = await watch({
  bridge,
  policy: Policy.of('adaptive', { posture: 'balanced', level: 1 }),
  sources: [],
  journal,
  actuator: leasedActuator(actuator, taken.tenure),
  notifiers: [],
  clock,
})
const act = { kind: 'pause', scope: 'bridge', key: '', seconds: 3_600 } as const
const outcome = await running.order({ id: 'pause', chain: chain.id, act, reason: 'a test' })
say(`outcome ${outcome.kind}`)
await journal.close()
await taken.close()
