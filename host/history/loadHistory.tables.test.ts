import { describe } from 'vitest'
import { type Case, cell, firstLines, testCases } from './brokenFolder.fixture.ts'
import { usdcAway, usdcHome } from './smallFolder.fixture.ts'

const mapping: readonly Case[] = [
  {
    title: 'a chain nobody knows',
    broken: cell('token_mapping.csv', 2, 'chain_dst', '777'),
    code: 'CHAIN_UNKNOWN',
    where: 'token_mapping.csv:2',
    says: /unknown chain 777; expected one of "10", "20"/,
  },
  ...['37', '300'].map((decimals) => ({
    title: `${decimals} decimals`,
    broken: cell('token_mapping.csv', 3, 'decimals', decimals),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'token_mapping.csv:3',
    says: /decimals is "\d+"; expected a whole number from 0 to 36/,
  })),
  {
    title: 'decimals below zero',
    broken: cell('token_mapping.csv', 3, 'decimals', '-1'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'token_mapping.csv:3',
    says: /from 0 to 36/,
  },
  ...['chain_src', 'decimals', 'home_chain'].map((column) => ({
    title: `a broken number in ${column}`,
    broken: cell('token_mapping.csv', 2, column, '1O'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'token_mapping.csv:2',
    says: new RegExp(`${column} is "1O"; expected a whole number`),
  })),
  {
    title: 'a home that is not of the pair',
    broken: (files) => {
      files['finality.csv'] = `${files['finality.csv']}30,60\n`
      cell('token_mapping.csv', 2, 'home_chain', '30')(files)
    },
    code: 'TOKEN_HOME_UNKNOWN',
    where: 'token_mapping.csv:2',
    says: /expected 10 or 20 as its home chain/,
  },
  {
    title: 'a pair of one chain',
    broken: cell('token_mapping.csv', 2, 'chain_dst', '10'),
    code: 'TOKEN_CHAIN_TWICE',
    where: 'token_mapping.csv:2',
    says: /contracts on different chains/,
  },
  {
    title: 'a token mapped twice',
    broken: cell('token_mapping.csv', 3, 'token_src', usdcHome),
    code: 'TOKEN_DUPLICATE',
    where: 'token_mapping.csv:3',
    says: /already mapped to chain 20 at .*token_mapping\.csv:2; expected one mapping per contract/,
  },
  {
    title: 'a token mapped twice, the other way round',
    broken: (files) => {
      files['token_mapping.csv'] =
        `${files['token_mapping.csv']}20,10,${usdcAway},${usdcHome},USDC,6,usdc,20,10\n`
    },
    code: 'TOKEN_DUPLICATE',
    where: 'token_mapping.csv:4',
    says: /token_mapping\.csv:2; expected one mapping per contract/,
  },
  {
    title: 'a contract with two scales',
    broken: (files) => {
      files['finality.csv'] = `${files['finality.csv']}30,60\n`
      files['token_mapping.csv'] =
        `${files['token_mapping.csv']}10,30,${usdcHome},${usdcAway},USDC,18,usdc,20,10\n`
      files['events.csv'] = String(files['events.csv']).replace(',1,,190', ',1,20,190')
    },
    code: 'TOKEN_DECIMALS_DIFFER',
    where: 'token_mapping.csv:4',
    says: /18 decimals, and 6 at .*token_mapping\.csv:2; expected the same decimals/,
  },
  {
    title: 'a malformed contract',
    broken: cell('token_mapping.csv', 2, 'token_dst', `${usdcAway}0`),
    code: 'CSV_ADDRESS_MALFORMED',
    where: 'token_mapping.csv:2',
    says: /\(43 characters\); expected 0x and 40 hexadecimal digits/,
  },
  {
    title: 'no symbol',
    broken: cell('token_mapping.csv', 2, 'symbol', ''),
    code: 'CSV_CELL_EMPTY',
    where: 'token_mapping.csv:2',
    says: /symbol is empty/,
  },
  {
    title: 'a price id without prices',
    broken: cell('token_mapping.csv', 2, 'price_id', 'usdcc'),
    code: 'PRICE_SERIES_MISSING',
    where: 'prices.csv',
    says: /"usdcc" of a token; expected "usdc"/,
  },
]

const otherTables: readonly Case[] = [
  {
    title: 'a negative finality',
    broken: cell('finality.csv', 3, 'finality_s', '-60'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'finality.csv:3',
    says: /finality_s is "-60"; expected a whole number from 0/,
  },
  {
    title: 'a finality that is not a number',
    broken: cell('finality.csv', 3, 'finality_s', '1 min'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'finality.csv:3',
    says: /expected a whole number, such as 1800/,
  },
  {
    title: 'no finality for a chain',
    broken: cell('finality.csv', 3, 'finality_s', ''),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'finality.csv:3',
    says: /finality_s is empty; expected a whole number/,
  },
  {
    title: 'no row for a chain',
    broken: firstLines('finality.csv', 2),
    code: 'CHAIN_UNKNOWN',
    where: 'token_mapping.csv:2',
    says: /unknown chain 20; expected "10"/,
  },
  {
    title: 'a chain twice',
    broken: cell('finality.csv', 3, 'chain_id', '10'),
    code: 'CHAIN_DUPLICATE',
    where: 'finality.csv:3',
    says: /already stands in line 2; expected one row per chain/,
  },
  ...['-1', '0', '1e999'].map((price) => ({
    title: `a price of ${price}`,
    broken: cell('prices.csv', 3, 'close_usd', price),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'prices.csv:3',
    says: /expected a number above zero/,
  })),
  ...['NaN', 'Infinity', '', '1,000', '$1'].map((price) => ({
    title: `a price of ${price || 'nothing'}`,
    broken: cell('prices.csv', 3, 'close_usd', `"${price}"`),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'prices.csv:3',
    says: /expected a number, such as 1\.0003/,
  })),
  ...['2022-02-30', '14.04.2022', '2022-04-14T00:00:00Z', ''].map((date) => ({
    title: `a price on the date ${date || 'of nothing'}`,
    broken: cell('prices.csv', 3, 'date', date),
    code: 'CSV_DATE_MALFORMED',
    where: 'prices.csv:3',
    says: /expected a date, such as 2022-08-01/,
  })),
  {
    title: 'a price long ago',
    broken: cell('prices.csv', 3, 'date', '1922-04-14'),
    code: 'CSV_TIME_OUT_OF_RANGE',
    where: 'prices.csv:3',
    says: /between 2009 and 2100/,
  },
  {
    title: 'two closes of one day',
    broken: cell('prices.csv', 5, 'date', '2022-04-14'),
    code: 'PRICE_DUPLICATE',
    where: 'prices.csv:5',
    says: /usdc already has a close of 2022-04-14 in line 3; expected one row per date and price_id/,
  },
  {
    title: 'a label for an event that does not exist',
    broken: cell('labels.csv', 2, 'event_index', '4'),
    code: 'LABEL_WITHOUT_EVENT',
    where: 'labels.csv:2',
    says: /10:0x5{64}:4, which does not exist; expected chain_id, tx_hash and event_index of a row of .*events\.csv/,
  },
  {
    title: 'a label attack on an out leg',
    broken: (files) => {
      cell('labels.csv', 2, 'tx_hash', `0x${'1'.repeat(64)}`)(files)
      cell('labels.csv', 2, 'event_index', '2')(files)
    },
    code: 'LABEL_NOT_IN_LEG',
    where: 'labels.csv:2',
    says: /is a lock \(.*events\.csv:2\); expected an in leg/,
  },
  {
    title: 'a label without an index',
    broken: cell('labels.csv', 2, 'event_index', ''),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'labels.csv:2',
    says: /event_index is empty/,
  },
]

describe('one clear error: the token mapping', () => {
  testCases(mapping)
})

describe('one clear error: finality, prices and labels', () => {
  testCases(otherTables)
})
