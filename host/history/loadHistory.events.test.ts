import { describe } from 'vitest'
import { type Case, cell, testCases } from './brokenFolder.fixture.ts'

const events: readonly Case[] = [
  ...['event_index', 'block'].map((column) => ({
    title: `a broken number in ${column}`,
    broken: cell('events.csv', 2, column, '12x'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:2',
    says: new RegExp(`${column} is "12x"; expected a whole number, such as`),
  })),
  {
    title: 'a broken timestamp',
    broken: cell('events.csv', 3, 'timestamp', '2022-04-15'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:3',
    says: /timestamp is "2022-04-15"; expected whole seconds since 1970/,
  },
  {
    title: 'a negative index',
    broken: cell('events.csv', 2, 'event_index', '-1'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /event_index is "-1"; expected a whole number from 0/,
  },
  {
    title: 'a block no double can count',
    broken: cell('events.csv', 2, 'block', '9007199254740993'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /to 9007199254740991/,
  },
  {
    title: 'an empty amount',
    broken: cell('events.csv', 2, 'amount', ''),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:2',
    says: /amount is empty; expected raw token units in digits only/,
  },
  {
    title: 'an amount of words',
    broken: cell('events.csv', 2, 'amount', 'lots'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:2',
    says: /amount is "lots"; expected raw token units in digits only/,
  },
  {
    title: 'a fractional amount',
    broken: cell('events.csv', 2, 'amount', '1.5'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:2',
    says: /without point or exponent, such as 13000000/,
  },
  {
    title: 'an amount with an exponent',
    broken: cell('events.csv', 2, 'amount', '1e18'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:2',
    says: /without point or exponent/,
  },
  {
    title: 'a hexadecimal amount',
    broken: cell('events.csv', 2, 'amount', '0x10'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:2',
    says: /digits only/,
  },
  {
    title: 'a negative amount',
    broken: cell('events.csv', 2, 'amount', '-5'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /raw token units, zero or more/,
  },
  {
    title: 'an amount of 2^256',
    broken: cell('events.csv', 2, 'amount', String(2n ** 256n)),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /at most 2\^256 - 1/,
  },
  {
    title: 'an absurdly long amount',
    broken: cell('events.csv', 2, 'amount', '9'.repeat(50_000)),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /^.{0,400}50000 characters\); expected at most 2\^256 - 1/,
  },
  {
    title: 'a timestamp in milliseconds',
    broken: cell('events.csv', 2, 'timestamp', '1650000000123'),
    code: 'CSV_TIME_NOT_SECONDS',
    where: 'events.csv:2',
    says: /looks like milliseconds\); expected seconds: 1650000000 /,
  },
  {
    title: 'a timestamp in microseconds',
    broken: cell('events.csv', 2, 'timestamp', '1650000000123456'),
    code: 'CSV_TIME_NOT_SECONDS',
    where: 'events.csv:2',
    says: /looks like microseconds\); expected seconds: 1650000000 /,
  },
  {
    title: 'a timestamp before 2009',
    broken: cell('events.csv', 2, 'timestamp', '1000000000'),
    code: 'CSV_TIME_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /between 2009 and 2100/,
  },
  {
    title: 'a timestamp in the far future',
    broken: cell('events.csv', 2, 'timestamp', '4200000000'),
    code: 'CSV_TIME_OUT_OF_RANGE',
    where: 'events.csv:2',
    says: /between 2009 and 2100/,
  },
  {
    title: 'a misspelt kind',
    broken: cell('events.csv', 5, 'kind', 'withdrawal_relesed'),
    code: 'KIND_UNKNOWN',
    where: 'events.csv:5',
    says: /expected "withdrawal_released"/,
  },
  {
    title: 'a kind near none',
    broken: cell('events.csv', 5, 'kind', 'swap!'),
    code: 'KIND_UNKNOWN',
    where: 'events.csv:5',
    says: /expected one of "deposit_locked", "deposit_minted"/,
  },
  {
    title: 'an unknown chain',
    broken: cell('events.csv', 4, 'chain_id', '777'),
    code: 'CHAIN_UNKNOWN',
    where: 'events.csv:4',
    says: /chain_id is "777"; expected one of "10", "20"/,
  },
  {
    title: 'an unknown peer',
    broken: cell('events.csv', 4, 'peer_chain_id', '777'),
    code: 'CHAIN_UNKNOWN',
    where: 'events.csv:4',
    says: /peer_chain_id is "777"; expected one of "10", "20"/,
  },
  {
    title: 'no peer where three chains leave it open',
    broken: (files) => {
      files['finality.csv'] = `${files['finality.csv']}30,60\n`
    },
    code: 'CHAIN_UNKNOWN',
    where: 'events.csv:7',
    says: /peer_chain_id is empty; expected one of "10", "20", "30"/,
  },
  {
    title: 'a peer that is the chain itself',
    broken: cell('events.csv', 2, 'peer_chain_id', '10'),
    code: 'PEER_IS_CHAIN',
    where: 'events.csv:2',
    says: /the chain of the event itself; expected "20"/,
  },
  {
    title: 'a short transaction hash',
    broken: cell('events.csv', 2, 'tx_hash', '0x12'),
    code: 'CSV_HASH_MALFORMED',
    where: 'events.csv:2',
    says: /tx_hash is "0x12" \(4 characters\); expected 0x and 64 hexadecimal digits/,
  },
  ...['token_src', 'token_dst', 'sender', 'beneficiary'].map((column) => ({
    title: `a malformed address in ${column}`,
    broken: cell('events.csv', 2, column, '0xnot-an-address'),
    code: 'CSV_ADDRESS_MALFORMED',
    where: 'events.csv:2',
    says: new RegExp(`${column} is "0xnot-an-address".*0x and 40 hexadecimal digits`),
  })),
  ...['token_dst', 'beneficiary'].map((column) => ({
    title: `an empty ${column}`,
    broken: cell('events.csv', 2, column, ''),
    code: 'CSV_ADDRESS_MALFORMED',
    where: 'events.csv:2',
    says: new RegExp(`${column} is empty; expected 0x and 40 hexadecimal digits`),
  })),
  {
    title: 'an empty message id',
    broken: cell('events.csv', 2, 'message_id', ''),
    code: 'CSV_CELL_EMPTY',
    where: 'events.csv:2',
    says: /message_id is empty; expected a value/,
  },
  {
    title: 'two events with one id',
    broken: (files) => {
      const lines = String(files['events.csv']).split('\n')
      files['events.csv'] = [...lines.slice(0, 6), lines[1]!.toUpperCase().replace('0X', '0x')]
        .join('\n')
        .replace(/DEPOSIT_LOCKED|MAIN|0X/g, (text) => text.toLowerCase())
    },
    code: 'EVENT_DUPLICATE',
    where: 'events.csv:7',
    says: /the event 10:0x1{64}:2 already stands in line 2; expected one row per chain_id, tx_hash and event_index/,
  },
  {
    title: 'a broken row of a set that is not replayed',
    broken: cell('events.csv', 7, 'amount', 'x'),
    code: 'CSV_NUMBER_MALFORMED',
    where: 'events.csv:7',
    says: /raw token units/,
  },
  {
    title: 'a set nothing belongs to',
    broken: (files) => {
      files['events.csv'] = String(files['events.csv']).replaceAll(',main', ',mian')
    },
    code: 'SET_UNKNOWN',
    where: 'events.csv',
    says: /no row belongs to the set "main"; expected "mian"/,
  },
]

describe('one clear error: events', () => {
  testCases(events)
})
