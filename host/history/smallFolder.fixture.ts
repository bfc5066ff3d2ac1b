import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The files of a folder, by name; a test changes a few and writes them. */
export type Files = Record<string, string | Buffer>

const hashOf = (digit: string) => `0x${digit.repeat(64)}`
const addressOf = (digit: string) => `0x${digit.repeat(40)}`

export const alice = addressOf('a')
export const usdcHome = addressOf('1')
export const usdcAway = addressOf('2')

/** A whole, valid history: a deposit and a withdrawal of one coin, then a release without source, labelled attack. */
export function smallFiles(): Files {
  return {
    'events.csv': [
      'timestamp,chain_id,tx_hash,event_index,kind,message_id,token_src,token_dst,sender,beneficiary,amount,peer_chain_id,block,set',
      `1650000000,10,${hashOf('1')},2,deposit_locked,0,${usdcHome},${usdcAway},${alice},${alice},5000000,20,100,main`,
      `1650002000,20,${hashOf('2')},1,deposit_minted,0,,${usdcAway},,${alice},5000000,10,,main`,
      `1650010000,20,${hashOf('3')},1,withdrawal_burned,1,${usdcAway},${usdcHome},${alice},${alice},2000000,10,,main`,
      `1650012000,10,${hashOf('4')},3,withdrawal_released,1,,${usdcHome},,${alice},2000000,20,140,main`,
      `1650020000,10,${hashOf('5')},3,withdrawal_released,9,,${usdcHome},,${alice},3000000,20,150,main`,
      `1650090000,10,${hashOf('6')},3,withdrawal_released,7,,None,,${alice},1,,190,additional`,
      '',
    ].join('\n'),
    'token_mapping.csv': [
      'chain_src,chain_dst,token_src,token_dst,symbol,decimals,price_id,standard,home_chain',
      `10,20,${usdcHome},${usdcAway},USDC,6,usdc,20,10`,
      `10,20,${addressOf('3')},${addressOf('4')},ODD,18,,20,20`,
      '',
    ].join('\n'),
    'finality.csv': 'chain_id,finality_s\n10,1800\n20,60\n',
    'prices.csv': [
      'date,price_id,symbol,close_usd',
      '2022-01-01,usdc,USDC,1.01',
      '2022-04-14,usdc,USDC,0.9998',
      '2022-04-14,other,OTHER,12',
      '2022-04-15,usdc,USDC,1.0002',
      '',
    ].join('\n'),
    'labels.csv': [
      'label,rule,chain_id,tx_hash,event_index',
      `attack,no source,10,${hashOf('5')},3`,
      `anomaly,odd,10,${hashOf('f')},`,
      '',
    ].join('\n'),
  }
}

export const smallYaml = `name: Small bridge
synthetic: true
source: made by hand
chains:
  - { id: 10, name: Home, finalitySeconds: 1800 }
  - { id: 20, name: Away, finalitySeconds: 60 }
kinds:
  deposit_locked: lock
  deposit_minted: mint
  withdrawal_burned: burn
  withdrawal_released: release
sets: [main, additional]
tokens:
  - symbol: USDC
    decimals: 6
    home: 10
    priceId: usdc
    contracts:
      - { chain: 10, address: '${usdcHome}' }
      - { chain: 20, address: '${usdcAway}' }
files:
  prices: prices.csv
`

/** Runs `use` on a folder that holds `files` and is gone afterwards. */
export function withFolder<Result>(files: Files, use: (dir: string) => Result): Result {
  const parent = mkdtempSync(join(tmpdir(), 'history-'))
  try {
    const dir = join(parent, 'small')
    mkdirSync(dir)
    for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
    return use(dir)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}
