import { marketContract } from '@cutwater/engine/ports/MarketData.contract.ts'
import { expect, test } from 'vitest'
import { folderMarket } from './folderMarket.ts'
import { csv, openMarket, smallMarket } from './smallMarket.fixture.ts'

const head = 'date,spot,root,expiry,type,strike,bid,ask'
const chains = csv(head, [
  '2020-03-16,2386.13,SPXW,2020-03-20,P,2300,40.1,42.3',
  '2020-03-16,2386.13,SPXW,2020-03-20,C,2500,30.1,32.3',
  '2020-03-17,2529.19,SPX,2020-04-17,P,2300,90.1,95.3',
])

marketContract('a folder', async () => {
  const { dir, dispose } = openMarket({ ...smallMarket(), 'spx_option_chains.csv': chains })
  return { market: folderMarket(dir), dispose: async () => dispose() }
})

test('a folder without chains has none, and no error', async () => {
  const { dir, dispose } = openMarket(smallMarket())
  expect(await folderMarket(dir).chainDates()).toEqual([])
  dispose()
})

test('a folder that is not there is an error when it is asked', async () => {
  await expect(folderMarket('/no/such/folder').history()).rejects.toMatchObject({ code: 'FILE_MISSING' })
})
