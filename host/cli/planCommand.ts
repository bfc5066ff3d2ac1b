import { existsSync } from 'node:fs'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Holdings from '@cutwater/engine/plan/Holdings.ts'
import { plan } from '@cutwater/engine/plan/plan.ts'
import { toCsv } from '@cutwater/engine/plan/toCsv.ts'
import { Command, Option } from 'commander'
import { readOptionsPolicy } from '../config/readOptionsPolicy.ts'
import { loadMarket } from '../market/loadMarket.ts'
import { readHoldings } from '../market/readHoldings.ts'
import { readMarketDay } from '../market/readMarketDay.ts'
import { describePlan } from './describePlan.ts'
import { marketFolder } from './marketFolder.ts'
import { writeReport } from './writeReport.ts'

type Flags = {
  readonly positions?: string
  readonly market?: string
  readonly data?: string
  readonly csv?: string
  readonly json?: boolean
}

/** `cutwater plan`: what to open, roll and close today, and why. It sends no order. */
export function planCommand(): Command {
  return new Command('plan')
    .description('today’s orders under the policy, with reasons, risk and greeks; nothing is sent')
    .argument('[file]', 'policy.yaml; the published rules where it says nothing')
    .option('--positions <file>', 'holdings.yaml: cash, condors, hedges (default: a million in cash)')
    .option(
      '--market <file>',
      'market.yaml: today’s levels and VIX futures (default: the last day on record)',
    )
    .option(
      '--data <dir>',
      'folder of market data that signals learn from (default: market in the data folder)',
    )
    .option('--csv <file>', 'write the orders as CSV')
    .addOption(new Option('--json', 'print the result as JSON'))
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Examples:
  $ cutwater plan examples/options/policy.yaml --positions examples/options/holdings.yaml --market examples/options/market.yaml
  $ cutwater plan --json`

function run(file: string | undefined, { positions, market, data, csv, json }: Flags): void {
  const policy = file === undefined ? OptionsPolicy.of() : readOptionsPolicy(file)
  const holdings = positions === undefined ? Holdings.nothing : readHoldings(positions)
  const today = market === undefined ? undefined : readMarketDay(market)
  const result = plan(historyOf(data, today !== undefined), policy, holdings, today)
  if (csv !== undefined) writeReport(csv, toCsv(result.orders))
  process.stdout.write(`${json ? JSON.stringify(result) : describePlan(result)}\n`)
}

// A day by itself can be planned for; only its signals have no past then.
function historyOf(data: string | undefined, hasToday: boolean): MarketHistory {
  const folder = folderOf(data, hasToday)
  if (folder !== undefined) return loadMarket(folder)
  return { days: [], events: [], strategies: [], strategyDays: [], etps: [], economy: [], notes: [] }
}

function folderOf(data: string | undefined, isOptional: boolean): string | undefined {
  if (data !== undefined || !isOptional) return marketFolder(data)
  try {
    const folder = marketFolder(undefined)
    return existsSync(folder) ? folder : undefined
  } catch {
    return undefined
  }
}
