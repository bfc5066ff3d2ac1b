import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { builtPage } from '@cutwater/web/build.ts'
import { newToken } from '../../api/Access.ts'
import type { Desk, Hand, Lab } from '../../api/Desk.ts'
import { listen } from '../../api/listen.ts'
import * as Reports from '../../api/Reports.ts'
import type { Station } from '../../api/Station.ts'
import { clock } from '../clock.ts'
import { runCommand } from '../runCommand.ts'

/** A server that shows a station. */
export type Dashboard = {
  readonly station: Station
  readonly url: string
  /** what opens controls, and how to say it to people */
  readonly tokenText: string
  /** lets people act from now on */
  lend(hand: Hand): void
  stop(): Promise<void>
}

export type Options = {
  readonly port: number
  readonly token: Token
  /** commands that can be run as reports, by name */
  readonly reports?: Readonly<Record<string, readonly string[]>>
  /** whether they are all made at once, so that no page waits for somebody with the token */
  readonly makesReports?: boolean
  readonly lab?: Lab | null
}

/** What opens controls; `variable` is where it was taken from, when somebody chose it. */
export type Token = { readonly value: string; readonly variable: string | null }

/** Serves a station on loopback; it may have nothing to show yet. */
export async function open(station: Station, options: Options): Promise<Dashboard> {
  const { port, token, reports = {}, makesReports = false, lab = null } = options
  const desk: Desk = { station, reports: Reports.create(reports, runCommand, clock.now), hand: null, lab }
  const server = await listen(desk, {
    port,
    token: token.value,
    now: clock.now,
    pageFolder: builtPage(),
  })
  let isOver = false
  if (makesReports) void Reports.makeAll(desk.reports, () => isOver)
  return {
    station,
    url: server.url,
    tokenText: token.variable === null ? token.value : `$${token.variable}`,
    lend: (hand) => {
      desk.hand = hand
    },
    stop: () => {
      isOver = true
      return server.stop()
    },
  }
}

/**
 * The token of the variable that is named, or a new one.
 *
 * Throws ENVIRONMENT_MISSING.
 */
export function tokenOf(variable: string | undefined): Token {
  if (variable === undefined) return { value: newToken(), variable: null }
  const value = process.env[variable]
  if (value) return { value, variable }
  throw new CutwaterError('ENVIRONMENT_MISSING', `the environment has no ${variable}`, {
    where: '--token-env',
    right: `a value for ${variable}`,
  })
}

/** Reports that need no bridge. */
export const anywhere: NonNullable<Options['reports']> = {
  incidents: ['incidents', '--json'],
  simulate: ['simulate', '--sweep', '--paths', '200000', '--json'],
  backtest: ['backtest', '--json'],
  claims: ['claims', '--json'],
  plan: ['plan', '--json'],
  translate: ['translate', '--json'],
}
