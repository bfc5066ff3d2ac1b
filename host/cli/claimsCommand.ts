import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { claimsOf } from '@cutwater/engine/backtest/backtest.ts'
import { Command, Option } from 'commander'
import { readOptionsPolicy } from '../config/readOptionsPolicy.ts'
import { loadMarket } from '../market/loadMarket.ts'
import { describeClaims } from './describeClaims.ts'
import { marketFolder } from './marketFolder.ts'

type Flags = { readonly data?: string; readonly json?: boolean }

/** `cutwater claims`: what the method says of itself, held against what was measured. */
export function claimsCommand(): Command {
  return new Command('claims')
    .description('the method’s numeric claims C1 to C25, one by one: claimed, measured, verdict and why')
    .argument('[file]', 'policy.yaml; the published rules where it says nothing')
    .option('--data <dir>', 'folder of market data (default: market in the data folder)')
    .addOption(new Option('--json', 'print the result as JSON'))
    .addHelpText('after', '\nExample:\n  $ cutwater claims')
    .action(run)
}

function run(file: string | undefined, { data, json }: Flags): void {
  const policy = file === undefined ? OptionsPolicy.of() : readOptionsPolicy(file)
  const claims = claimsOf(loadMarket(marketFolder(data)), { policy })
  process.stdout.write(`${json ? JSON.stringify({ claims }) : describeClaims(claims)}\n`)
}
