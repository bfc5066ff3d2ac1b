import type { ChainId } from './BridgeEvent.ts'

/** What a bridge is, as its operator describes it: chains, tokens and where each token is at home. */
export type Bridge = {
  readonly name: string
  readonly chains: readonly Chain[]
  readonly tokens: readonly Token[]
  /** true when the record begins in the middle of the bridge's life: early in legs may answer what it does not show */
  readonly midway?: boolean
  /** the chain on which its treasury stands and cover is raised; left out where neither is to be moved */
  readonly treasury?: ChainId
  /** true for histories that were made up, and said wherever they show */
  readonly synthetic: boolean
}

export type Chain = {
  readonly id: ChainId
  readonly name: string
  /** seconds after which a leg on this chain counts as final */
  readonly finalitySeconds: number
}

/** One asset with its contract on each chain; it is locked on `home` and minted elsewhere. */
export type Token = {
  readonly symbol: string
  readonly decimals: number
  readonly home: ChainId
  /** key of the price series; null where no price is known */
  readonly priceId: string | null
  readonly contracts: readonly Contract[]
}

export type Contract = { readonly chain: ChainId; readonly address: string }
