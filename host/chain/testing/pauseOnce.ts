import { evmActuator } from '../evmActuator.ts'
import * as Wallet from '../Wallet.ts'
import { liveChain, testClock } from './liveChain.ts'

// A process that pauses a bridge and says how that went, for tests that kill it on the way:
// `node pauseOnce.ts <url> <guard>`, with the guardian's key in GUARDIAN_KEY.

const [url, guard] = process.argv.slice(2) as [string, `0x${string}`]
const wallet = await Wallet.open({ kind: 'environment', name: 'GUARDIAN_KEY' })
const chain = liveChain([{ url }], guard, { guard })
const actuator = evmActuator({ chains: [chain], clock: testClock(), wallet, dryRun: false })
const act = { kind: 'pause', scope: 'bridge', key: '', seconds: 3_600 } as const
const outcome = await actuator.execute({ id: 'pause', chain: chain.id, act, reason: 'a test' })
process.stdout.write(`${JSON.stringify(outcome)}\n`)
