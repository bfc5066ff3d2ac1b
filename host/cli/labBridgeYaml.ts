import type {
  BridgePlan,
  ChainPlan,
  EventPlan,
  ReadingPlan,
  SignaturePlan,
} from '@cutwater/lab/bridge/BridgePlan.ts'
import { coins } from '@cutwater/lab/bridge/Coins.ts'

/** How the file of a lab's bridge differs from run to run. */
export type YamlOptions = {
  readonly level: number
  /** seconds between two blocks */
  readonly blockSeconds: number
  /** whether calls are looked at before they are mined; they are unless told otherwise */
  readonly mempool?: boolean
}

/** The description of a lab's bridge as `cutwater watch` takes it, with what each part is for. */
export function labBridgeYaml({ bridge, chains, readings = [] }: BridgePlan, options: YamlOptions): string {
  return `# A bridge as \`cutwater watch\` is told about it. This one is the lab's: \`cutwater lab up --write <file>\` starts it
# and writes the file anew. Paths are beside this file; secrets never stand in it, only names of variables.
name: ${bridge.name}

# How it is judged. level: what the guard on chain can do, 0 observe, 1 pause, 2 limit, 3 prove.
policy: adaptive
posture: balanced
level: ${options.level}

# Nothing is sent unless this says true, or --act does.
act: false
# The guardian's key, by the name of an environment variable; a keystore file does as well:
#   key: { keystore: guardian.json, passwordEnvironment: GUARDIAN_PASSWORD }
# What it can do at worst is to tighten: docs/guardian-key.md.
key: { environment: GUARDIAN_KEY }

# Everything seen, found, decided and done. One watch to a journal; a watch begun again goes on from it.
# In nats://host:port/name?replicas=3 several share one: one decides, the others wait until it is not heard of for
#   lease: { seconds: 15 }
journal: lab-bridge.db

chains:
${chains.map((chain) => chainText(chain, options)).join('')}
# The bridge's own events: what each shows, and which argument holds which field.
contracts:
${chains.flatMap(contractsText).join('')}
# heldBy: whose balance must cover what was locked. issued: nobody but the bridge mints it.
tokens:
${bridge.tokens.map((token) => tokenText(token, chains)).join('')}
# Dollars per token. On a real bridge, oracles on chain in their place:
#   oracles: [{ priceId: eth, chain: 1, contract: '0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419' }]
prices:
${coins.map(({ symbol, price }) => `  ${symbol}: ${price}\n`).join('')}${readings.length === 0 ? '' : readingsText(readings)}
# Who is told beside this terminal; webhook, slack and pagerduty take theirs from the environment.
notify:
  - { type: file, path: lab-alerts.jsonl }
`
}

function readingsText(readings: readonly ReadingPlan[]): string {
  return `
# What is read of contracts for feeds, a kind each; docs/feeds.md says what comes of it. Where dollars are asked for,
# usd is what a whole token is worth, or the oracle on the same chain that says so.
readings:
${readings.map((reading) => `  - ${flow(reading)}\n`).join('')}`
}

/** A value on one line, as YAML has it; text in quotes, as an address without them would be a number. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'string') return /^[A-Za-z][\w ]*$/.test(value) ? value : `'${value}'`
  if (typeof value !== 'object' || value === null) return String(value)
  const pairs = Object.entries(value).map(([key, part]) => `${key}: ${flow(part)}`)
  return `{ ${pairs.join(', ')} }`
}

function chainText(
  {
    id,
    name,
    rpcs,
    quorum,
    finalityBlocks,
    startBlock,
    pollMilliseconds,
    guard,
    entrances,
    treasury,
    coverDesk,
  }: ChainPlan,
  { blockSeconds, mempool = true }: YamlOptions,
): string {
  const money =
    treasury === undefined
      ? ''
      : `
    # What is moved with the ladder, by the key that also guards: their own bounds, speed and terms hold.
    treasury: '${treasury}'
    coverDesk: '${coverDesk}'`
  const nodes = rpcs.map(
    ({ http, ws }) => `      - { http: '${http}'${ws === null ? '' : `, ws: '${ws}'`} }\n`,
  )
  return `  - id: ${id}
    name: ${name}
    # A block counts as final at this depth; blockSeconds is the time between two.
    finality: { blocks: ${finalityBlocks}, blockSeconds: ${blockSeconds} }
    # From the bridge's first transfer on.
    startBlock: ${startBlock}
    pollMilliseconds: ${pollMilliseconds}
    # Nodes that do not depend on each other, and how many of them must agree. Keys in a URL: \${NAME}.
    quorum: ${quorum}
    rpcs:
${nodes.join('')}    guard: '${guard}'${money}
    # Calls are simulated before they are mined, and a theft is answered in its own block.
    mempool: ${mempool}
${
  entrances.length === 0
    ? ''
    : `    # Beside the bridge's own contracts: whoever calls these may act on it.
    entrances: [${entrances.map((each) => `'${each}'`).join(', ')}]
`
}    # The least tip and the most ever offered per gas, gwei: in a block the dearest comes first.
    fees: { tipGwei: 500, mostGwei: 2000 }
`
}

function contractsText({ id, contracts }: ChainPlan): string[] {
  return contracts.map(
    ({ address, events, signatures = [] }) => `  - chain: ${id}
    address: '${address}'
    events:
${events.map(eventText).join('')}${signatures.length === 0 ? '' : signaturesText(signatures)}`,
  )
}

function eventText({ abi, kind, fields }: EventPlan): string {
  const lines = [`      - abi: '${abi}'`, `        kind: ${kind}`]
  if (fields !== undefined) lines.push(`        fields: { message: ${fields.message}, peer: ${fields.peer} }`)
  return `${lines.join('\n')}\n`
}

function signaturesText(signatures: readonly SignaturePlan[]): string {
  const entries = signatures.map(
    ({ set, calls, argument, signed, by }) => `      - set: ${set}
        calls:
${calls.map((call) => `          - '${call}'\n`).join('')}        argument: ${argument}
        signed: { attestation: ${signed.attestation} }
        by: [${by.map((each) => `'${each}'`).join(', ')}]
`,
  )
  return `    # Who signs what it pays, and where in the call: who stops signing while others go on is told.
    signatures:
${entries.join('')}`
}

function tokenText(
  { symbol, decimals, home, priceId, contracts }: BridgePlan['bridge']['tokens'][number],
  chains: BridgePlan['chains'],
): string {
  const lines = contracts.map(({ chain, address }) => {
    const { holdings } = chains.find(({ id }) => id === chain)!
    const held = holdings.find(({ token }) => token === address)
    const role = held?.kind === 'locked' ? `, heldBy: '${held.holder}'` : held ? ', issued: true' : ''
    return `      - { chain: ${chain}, address: '${address}'${role} }\n`
  })
  return `  - symbol: ${symbol}
    decimals: ${decimals}
    home: ${home}
    priceId: ${priceId}
    contracts:
${lines.join('')}`
}
