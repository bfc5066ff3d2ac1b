import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Offer } from '@cutwater/engine/ports/Actuator.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import { type Address, type Hex, keccak256, toHex } from 'viem'
import * as z from 'zod'
import * as Answer from './Answer.ts'
import * as Fees from './Fees.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import type { Rpc } from './Rpc.ts'
import { requireAllowed } from './requireAllowed.ts'
import type { Say } from './Say.ts'
import type { Wallet } from './Wallet.ts'

/** A call to be sent, and how hard to try. */
export type Sending = {
  readonly chain: LiveChain
  readonly nodes: Quorum.Quorum
  readonly wallet: Wallet
  readonly to: Address
  readonly data: Hex
  readonly clock: Clock
  readonly say: Say
  readonly above: Offer | undefined
  readonly terms: Terms
}

export type Terms = {
  /** how long an offer stands before a higher one replaces it */
  readonly bumpMilliseconds: number
  readonly giveUpMilliseconds: number
  /** the least tip, wei per gas; what was paid of late is paid in any case */
  readonly priorityFeePerGas: bigint
  /** the most that is ever offered, wei per gas */
  readonly maxFeePerGas: bigint
  readonly gas: bigint
}

export type Sent =
  | { readonly kind: 'included'; readonly tx: Hex; readonly block: number; readonly attempts: number }
  | { readonly kind: 'reverted'; readonly tx: Hex }
  /** the nonce is no longer the next: another transaction of this key has it, or a reorg took one before it back */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly why: string }

/** Sends a call under one nonce until it is included, each offer an eighth above the one before. */
export async function sendUntilIncluded(sending: Sending): Promise<Sent> {
  const { chain, nodes, clock, say, terms } = sending
  const until = clock.now() + terms.giveUpMilliseconds / 1_000
  const [nonce, market] = await Promise.all([nonceOf(sending), marketOf(sending)])
  const hashes: Hex[] = []
  let fees = Fees.first(market)
  for (;;) {
    const raw = await sign(sending, nonce, fees)
    const answer = await broadcast(nodes, raw)
    say('info', 'sent', {
      chain: chain.id,
      nonce,
      tx: keccak256(raw),
      fee: String(fees.maxFeePerGas),
      answer,
    })
    if (answer === 'accepted') hashes.push(keccak256(raw))
    if (answer === 'unfunded')
      return { kind: 'failed', why: `${sending.wallet.address} cannot pay for the gas` }
    // An offer of an earlier run may still stand: it is outbid at once.
    if (answer !== 'underpriced') {
      const end = await wait(sending, nonce, hashes, until)
      if (end) return end
    }
    const next = Fees.bumped(fees, terms.maxFeePerGas)
    if (!next && answer === 'underpriced')
      return {
        kind: 'failed',
        why: `${fees.maxFeePerGas} wei per gas is too little, and the most that is allowed`,
      }
    fees = next ?? fees
  }
}

/** Waits as long as an offer stands; undefined when a higher one is due. */
async function wait(
  sending: Sending,
  nonce: number,
  hashes: readonly Hex[],
  until: number,
): Promise<Sent | undefined> {
  const { chain, clock, nodes, terms } = sending
  let strangers = 0
  let isAhead = false
  for (let stood = 0; stood < terms.bumpMilliseconds; stood += chain.pollMilliseconds) {
    const receipt = await receiptOf(nodes, hashes).catch(noAgreement)
    if (receipt) return endOf(receipt, hashes.length)
    const count = await nonceOf(sending).catch(noAgreement)
    // The receipt of our own may come a moment after the nonce is used.
    if (count !== null && count > nonce) strangers += 1
    isAhead = count !== null && count < nonce
    if (strangers > strangeAnswers) return { kind: 'overtaken' }
    if (clock.now() >= until)
      return { kind: 'failed', why: `it was not included in ${terms.giveUpMilliseconds / 1_000} s` }
    await clock.sleep(chain.pollMilliseconds)
  }
  // What a reorg took back had its time to come again; behind a nonce that nobody fills nothing is included.
  return isAhead ? { kind: 'overtaken' } : undefined
}

const strangeAnswers = 3

function noAgreement(error: unknown): null {
  if (error instanceof CutwaterError) return null
  throw error
}

type Receipt = { readonly tx: Hex; readonly block: number; readonly isSuccess: boolean }

function endOf({ tx, block, isSuccess }: Receipt, attempts: number): Sent {
  return isSuccess ? { kind: 'included', tx, block, attempts } : { kind: 'reverted', tx }
}

function nonceOf({ nodes, wallet }: Sending): Promise<number> {
  return Quorum.agree(nodes, async (rpc) =>
    Answer.quantity(await rpc.request('eth_getTransactionCount', [wallet.address, 'latest'])),
  )
}

async function marketOf({ nodes, terms, above, chain }: Sending): Promise<Fees.Market> {
  const told = await Quorum.first(nodes, async (rpc) => {
    const [header, history] = await Promise.all([
      rpc.request('eth_getBlockByNumber', ['latest', false]),
      rpc.request('eth_feeHistory', [toHex(tipBlocks), 'latest', [99]]).catch(noAgreement),
    ])
    return { baseFee: Answer.header(header)?.baseFee ?? null, tip: highestTip(history) }
  })
  const baseFees = told.flatMap(({ baseFee }) => baseFee ?? [])
  if (baseFees.length === 0)
    throw new CutwaterError('FEES_UNKNOWN', 'its blocks have no base fee', {
      where: chain.name,
      right: 'a chain with EIP-1559',
    })
  const tips = told.map(({ tip }) => tip)
  return {
    // A node that lies upward costs nothing that is not burned anyway, and one that lies about tips is outvoted.
    baseFee: baseFees.reduce((a, b) => (a > b ? a : b)),
    tips: [tips.reduce((a, b) => (a < b ? a : b))],
    floor: terms.priorityFeePerGas,
    cap: terms.maxFeePerGas,
    above,
  }
}

const tipBlocks = 5
const history = z.object({ reward: z.array(z.array(Answer.anyQuantity)).nullish() })

function highestTip(answer: unknown): bigint {
  const parsed = history.safeParse(answer)
  const tips = parsed.success ? (parsed.data.reward ?? []).flat() : []
  return tips.reduce((a, b) => (a > b ? a : b), 0n)
}

async function sign({ chain, wallet, to, data, terms }: Sending, nonce: number, fees: Offer): Promise<Hex> {
  const unsigned = { chainId: chain.id, to, data, gas: terms.gas, ...fees }
  requireAllowed(unsigned, chain, terms)
  return await wallet.signTransaction({ type: 'eip1559', nonce, ...unsigned })
}

type Reception = 'accepted' | 'underpriced' | 'unfunded' | 'overtaken' | 'unheard'

/** Tells all nodes, and returns as soon as one has taken it; else what is most worth knowing of their refusals. */
async function broadcast({ rpcs }: Quorum.Quorum, raw: Hex): Promise<Reception> {
  const receptions = rpcs.map((rpc) => receptionBy(rpc, raw))
  const accepted = Promise.any(
    receptions.map(async (each) => {
      if ((await each) !== 'accepted') throw new CutwaterError('RPC_REFUSED', 'it was not taken')
      return 'accepted' as const
    }),
  )
  return accepted.catch(async () => {
    const all = await Promise.all(receptions)
    return (['overtaken', 'underpriced', 'unfunded'] as const).find((each) => all.includes(each)) ?? 'unheard'
  })
}

async function receptionBy(rpc: Rpc, raw: Hex): Promise<Reception> {
  try {
    await rpc.request('eth_sendRawTransaction', [raw])
    return 'accepted'
  } catch (error) {
    const text = error instanceof CutwaterError && error.code === 'RPC_REFUSED' ? error.message : ''
    return refusals.find(([pattern]) => pattern.test(text))?.[1] ?? 'unheard'
  }
}

// There are no codes for these; the words are those of geth, reth, anvil, Nethermind and Besu.
const refusals: readonly (readonly [RegExp, Reception])[] = [
  [/already known|already imported|known transaction|alreadyknown/i, 'accepted'],
  [/nonce.{0,12}too low|old ?nonce|nonce_too_low/i, 'overtaken'],
  [/underpriced|fee too low|feetoolow|less than block base fee|below.*base fee|replacement/i, 'underpriced'],
  [/insufficient funds|insufficient balance|insufficientfunds|overshot/i, 'unfunded'],
]

const receiptSchema = z
  .object({ transactionHash: Answer.hash, blockNumber: Answer.safeQuantity, status: Answer.safeQuantity })
  .nullable()

/** The receipt of the one of these that was included; null while a quorum knows none. */
export function receiptOf(nodes: Quorum.Quorum, hashes: readonly Hex[]): Promise<Receipt | null> {
  return Quorum.agree(
    nodes,
    async (rpc) => {
      for (const hash of hashes.toReversed()) {
        const told = await rpc.request('eth_getTransactionReceipt', [hash])
        const receipt = Answer.fit(receiptSchema, told, 'a receipt')
        if (receipt)
          return {
            tx: receipt.transactionHash as Hex,
            block: receipt.blockNumber,
            isSuccess: receipt.status === 1,
          }
      }
      return null
    },
    (told) => JSON.stringify(told),
  )
}
