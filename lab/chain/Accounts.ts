import type { Address, Hex } from 'viem'
import { toHex } from 'viem'
import { type HDAccount, mnemonicToAccount } from 'viem/accounts'

/** Somebody with a key. */
export type Account = { readonly address: Address; readonly key: Hex; sign(digest: Hex): Promise<Hex> }

/** Everybody in the lab, by role. */
export type Accounts = {
  readonly deployer: Account
  /** stands for the timelock: owner of all that can be loosened */
  readonly admin: Account
  readonly guardian: Account
  readonly relayer: Account
  readonly arbitrageur: Account
  readonly lp: Account
  readonly voter: Account
  /** has the market's two sides in its pocket, and no scruples */
  readonly attacker: Account
  readonly victim: Account
  readonly watchers: readonly Account[]
  readonly validators: readonly Account[]
  readonly depositors: readonly Account[]
}

/** The seed phrase every test chain knows: these keys are worth nothing and must never hold anything. */
export const mnemonic = 'test test test test test test test test test test test junk'

/** How many accounts of the phrase the lab uses. */
export const count = 24

/** Everybody, with so many who sign; those beyond the lab's own number hold nothing and need nothing. */
export function create({ watchers, signers }: Sizes = ownSizes): Accounts {
  const all = Array.from({ length: count }, (_, index) => accountAt(index))
  const some = (size: number, first: number, own: number, more: number) =>
    Array.from({ length: size }, (_, nth) => (nth < own ? all[first + nth]! : accountAt(more + nth)))
  const [deployer, admin, guardian, relayer, arbitrageur, lp, voter, attacker, victim] = all
  return {
    deployer: deployer!,
    admin: admin!,
    guardian: guardian!,
    relayer: relayer!,
    arbitrageur: arbitrageur!,
    lp: lp!,
    voter: voter!,
    attacker: attacker!,
    victim: victim!,
    watchers: some(watchers, 9, ownSizes.watchers, 1_000),
    validators: some(signers, 12, ownSizes.signers, 2_000),
    depositors: all.slice(17, 23),
  }
}

export type Sizes = { readonly watchers: number; readonly signers: number }

const ownSizes: Sizes = { watchers: 3, signers: 5 }

/** Signatures as the contracts want them: by ascending address of who signed. */
export async function signAll(signers: readonly Account[], digest: Hex): Promise<Hex[]> {
  return Promise.all(inOrder(signers).map((signer) => signer.sign(digest)))
}

export function inOrder<T extends { readonly address: Address }>(signers: readonly T[]): T[] {
  return signers.toSorted((a, b) => (a.address < b.address ? -1 : 1))
}

function accountAt(index: number): Account {
  const account = mnemonicToAccount(mnemonic, { addressIndex: index })
  return {
    address: account.address.toLowerCase() as Address,
    key: keyOf(account),
    sign: (hash) => account.sign({ hash }),
  }
}

function keyOf(account: HDAccount): Hex {
  return toHex(account.getHdKey().privateKey!)
}
