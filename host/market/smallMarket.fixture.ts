import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The files of a folder, by name. */
export type Files = Record<string, string>

/** Five trading days of March 2020 in every table, small enough to break by hand. */
export function smallMarket(): Files {
  return {
    'spx_ohlc.csv': csv('date,open,high,low,close', [
      '2020-03-12,2630.86,2660.95,2478.86,2480.64',
      '2020-03-13,2569.99,2711.33,2492.37,2711.02',
      '2020-03-16,2508.59,2562.98,2380.94,2386.13',
      '2020-03-17,2425.66,2553.93,2367.04,2529.19',
      '2020-03-18,2436.5,2453.57,2280.52,2398.1',
    ]),
    'vix_ohlc.csv': csv('date,open,high,low,close,spx_trading_day', [
      '2020-03-12,59.91,77.06,59.91,75.47,1',
      '2020-03-13,71.31,77.57,55.17,57.83,1',
      '2020-03-16,57.83,83.56,57.83,82.69,1',
      '2020-03-17,82.69,84.83,70.37,75.91,1',
      '2020-03-18,69.37,85.47,69.37,76.45,1',
    ]),
    'tbill_3m_daily.csv': csv('date,irx,dtb3', [
      '2020-03-12,0.25,0.33',
      '2020-03-13,0.25,0.28',
      '2020-03-16,,0.24',
      '2020-03-17,0.18,0.19',
      '2020-03-18,-0.01,0.02',
    ]),
    'cboe_vol_indices.csv': csv('date,vix1d,vix9d,vix,vix3m,vix6m,vix1y,vvix,skew,vxth', [
      '2020-03-12,,92.42,75.47,60.88,50.1,41.2,154.92,112.5,371.2',
      '2020-03-13,,66.02,57.83,52.37,45.7,38.1,150.62,117.8,360.3',
      '2020-03-16,,106.66,82.69,67.7,55.4,41.47,207.59,114.66,384.51',
      '2020-03-17,,92.92,75.91,66.3,56.2,42.9,180.61,113.1,390.4',
      '2020-03-18,,93.6,76.45,68.4,57.3,43.4,170.72,112.2,396.1',
    ]),
    'vix_futures_by_contract.csv': csv('date,expiry,open,high,low,close,settle,volume,open_interest', [
      '2020-03-16,2020-03-18,60,75,59.5,72.6,72.625,50000,30000',
      '2020-03-16,2020-04-15,50,60,49,59.1,59.15,90000,80000',
      '2020-03-16,2020-05-20,40,45,39,44.8,44.875,30000,40000',
      '2020-03-17,2020-03-18,75,80,68,70.1,70.125,40000,20000',
      '2020-03-17,2020-04-15,58,60,52,57.9,57.975,80000,80000',
      '2020-03-18,2020-03-18,0,0,0,0,69.76,0,0',
      '2020-03-18,2020-04-15,58,70,55,66.2,66.225,80000,80000',
    ]),
    'nyse_breadth_daily.csv': csv('date,advancing,declining', ['2020-03-12,80,2950', '2020-03-13,2480,510']),
    'us_breadth_synthetic_daily.csv': csv('date,advancing,declining', [
      '2020-03-13,490,40',
      '2020-03-16,13,523',
    ]),
    'macro_event_dates.csv': csv('date,event,ref_period,time_et', [
      '2020-03-11,cpi,February 2020,08:30',
      '2020-03-15,fomc_unscheduled,,',
      '2020-03-18,fomc_scheduled,,14:00',
    ]),
    'cboe_strategy_indices_monthly.csv': csv('date,bxm,put,cndr,sptr,spx,gs3m', [
      '2020-02-28,1200.1,1900.2,650.3,6000.4,2954.22,1.54',
      '2020-03-31,1050.1,1700.2,640.3,5258.9,2584.59,0.3',
    ]),
    'cndr_monthly.csv': csv('date,cndr', ['2020-03-31,640.3', '2020-04-30,643.4']),
    'vix_etp_adjclose_daily.csv': csv('date,vxx,svxy', ['2020-03-16,900.5,', '2020-03-17,950.5,31.2']),
    'cpi_monthly.csv': csv('date,cpiaucsl', ['2020-02-01,259.0', '2020-03-01,258.2']),
  }
}

/** Writes the files into a folder of their own, and takes it away when `use` is done. */
export function withMarket<Result>(files: Files, use: (dir: string) => Result): Result {
  const { dir, dispose } = openMarket(files)
  try {
    return use(dir)
  } finally {
    dispose()
  }
}

/** The same folder, for as long as it is wanted. */
export function openMarket(files: Files): { readonly dir: string; readonly dispose: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'market-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return { dir, dispose: () => rmSync(dir, { recursive: true }) }
}

export function csv(header: string, rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`
}
