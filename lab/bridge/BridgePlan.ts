import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId, Kind } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Address } from 'viem'
import { chainIds, chainNames, coins, type Place, places, tokenOf } from './Coins.ts'
import { blockSeconds, finalityBlocks } from './finality.ts'
import type { End } from './Twin.ts'

/** A twin as a watcher is told about it: what a `bridge.yaml` of an operator says, as data. */
export type BridgePlan = {
  readonly bridge: Bridge
  readonly chains: readonly ChainPlan[]
  /** what is read of contracts for feeds */
  readonly readings?: readonly ReadingPlan[]
}

/** One reading as a `bridge.yaml` has it. */
export type ReadingPlan = { readonly kind: string; readonly chain: ChainId } & Readonly<
  Record<string, unknown>
>

export type ChainPlan = {
  readonly id: ChainId
  readonly name: string
  readonly rpcs: readonly { readonly http: string; readonly ws: string | null }[]
  readonly quorum: number
  readonly finalityBlocks: number
  readonly blockSeconds: number
  readonly startBlock: number
  readonly pollMilliseconds: number
  readonly guard: Address
  /** what is moved with the ladder, where the watch may */
  readonly treasury?: Address | undefined
  readonly coverDesk?: Address | undefined
  /** contracts beside the bridge’s own whose calls may act on it */
  readonly entrances: readonly Address[]
  readonly contracts: readonly ContractPlan[]
  /** what is read of each block beside the log */
  readonly holdings: readonly HoldingPlan[]
}

/** A token whose state is read: what the bridge holds of it at home, or has issued of it elsewhere. */
export type HoldingPlan =
  | { readonly kind: 'locked'; readonly token: Address; readonly holder: Address }
  | { readonly kind: 'minted'; readonly token: Address }

export type ContractPlan = {
  readonly address: Address
  readonly events: readonly EventPlan[]
  /** whose signatures come with what it pays */
  readonly signatures?: readonly SignaturePlan[]
}

export type SignaturePlan = {
  readonly set: string
  /** functions as Solidity writes them, and their argument that holds the signatures */
  readonly calls: readonly string[]
  readonly argument: string
  readonly signed: { readonly attestation: string }
  readonly by: readonly Address[]
}

/** One event as Solidity writes it, and what it shows; arguments carry the names of the fields they hold. */
export type EventPlan = {
  readonly abi: string
  readonly kind: Kind | 'SignerSetChanged' | 'ConfigChanged' | 'attempt' | 'limits'
  readonly fields?: { readonly message: string; readonly peer: string }
}

/** The bridge as the book knows it. */
export function bridgeOf(ends: Readonly<Record<Place, Pick<End, 'tokens'>>>): Bridge {
  const contracts = { north: ends.north.tokens, south: ends.south.tokens }
  return {
    name: 'lab',
    synthetic: true,
    chains: places.map((place) => ({
      id: chainIds[place],
      name: chainNames[place],
      finalitySeconds: finalityBlocks * blockSeconds,
    })),
    tokens: coins.map((coin) => tokenOf(coin, contracts)),
  }
}

/**
 * What the watch of a bridge is told: its contracts and the nodes to ask, by chain.
 *
 * @param readsState whether it reads what is held and issued, or the log alone
 * @param watchers whose attestations come with what is paid
 */
export function planOf(
  ends: Readonly<Record<Place, End>>,
  rpcs: Readonly<Record<Place, ChainPlan['rpcs']>>,
  startBlock: number,
  pollMilliseconds: number,
  readsState: boolean,
  watchers: readonly Address[],
): BridgePlan {
  const chains = places.map((place): ChainPlan => {
    const { guard, escrow, verifier, tokens } = ends[place]
    return {
      id: chainIds[place],
      name: chainNames[place],
      rpcs: rpcs[place],
      quorum: Math.floor(rpcs[place].length / 2) + 1,
      finalityBlocks,
      blockSeconds,
      startBlock,
      pollMilliseconds,
      guard,
      entrances: ends[place].entrances,
      contracts: [
        { address: escrow, events: escrowEvents, signatures: [attestationsBy(watchers)] },
        { address: verifier, events: verifierEvents },
        { address: guard, events: guardEvents },
      ],
      holdings: readsState
        ? coins.map(({ symbol, home }) => holdingOf(tokens[symbol], home === place, escrow))
        : [],
    }
  })
  return { bridge: bridgeOf(ends), chains }
}

function holdingOf(token: Address, isHome: boolean, holder: Address): HoldingPlan {
  return isHome ? { kind: 'locked', token, holder } : { kind: 'minted', token }
}

const leg = (name: string, peer: string) =>
  `event ${name}(bytes32 indexed id, uint256 nonce, uint256 ${peer}, address tokenSource, address token, address indexed sender, address indexed beneficiary, uint256 amount)`

const legOf = (name: string, kind: Kind, peer: string): EventPlan => ({
  abi: leg(name, peer),
  kind,
  fields: { message: 'nonce', peer },
})

const escrowEvents: readonly EventPlan[] = [
  legOf('Locked', 'lock', 'destinationChain'),
  legOf('Burned', 'burn', 'destinationChain'),
  legOf('Minted', 'mint', 'sourceChain'),
  legOf('Released', 'release', 'sourceChain'),
  { abi: 'event VerifierSet(address verifier)', kind: 'ConfigChanged' },
  { abi: 'event GuardSet(address guard)', kind: 'ConfigChanged' },
  { abi: 'event PeerSet(uint256 indexed chain, address peer)', kind: 'ConfigChanged' },
  {
    abi: 'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
    kind: 'ConfigChanged',
  },
  { abi: 'event Upgraded(address indexed implementation)', kind: 'ConfigChanged' },
]

const message =
  '(uint256 sourceChain, address sourceBridge, uint256 nonce, address tokenSource, address sender, uint256 destinationChain, address destinationBridge, address token, address beneficiary, uint256 amount) message'

const attestationsBy = (by: readonly Address[]): SignaturePlan => ({
  set: 'watchers',
  calls: [
    `function release(${message}, bytes proof, bytes[] attestations)`,
    `function execute(${message}, bytes[] attestations)`,
  ],
  argument: 'attestations',
  signed: { attestation: 'message' },
  by,
})

// What the guard lets through from now on, and what it holds: where no out leg agrees with it somebody tries, and nothing has moved.
const guardEvents: readonly EventPlan[] = [
  {
    abi: 'event Held(bytes32 indexed id, address indexed token, uint256 amount, uint8 reason, uint48 releaseTime)',
    kind: 'attempt',
  },
  {
    abi: 'event LimitsSet(address indexed token, uint8 indexed direction, (uint208 capacity, uint48 window) unproven, (uint208 capacity, uint48 window) total, address indexed by)',
    kind: 'limits',
  },
]

const verifierEvents: readonly EventPlan[] = [
  { abi: 'event SignerAdded(address indexed signer, uint256 size)', kind: 'SignerSetChanged' },
  { abi: 'event SignerRemoved(address indexed signer, uint256 size)', kind: 'SignerSetChanged' },
  { abi: 'event ThresholdSet(uint256 threshold)', kind: 'SignerSetChanged' },
  { abi: 'event KeeperSet(address indexed keeper)', kind: 'SignerSetChanged' },
]
