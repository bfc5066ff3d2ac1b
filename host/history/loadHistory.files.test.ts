import { describe, expect, test } from 'vitest'
import {
  type Case,
  content,
  errorOf,
  firstLines,
  replaced,
  testCases,
  without,
} from './brokenFolder.fixture.ts'
import { loadHistory } from './loadHistory.ts'
import { smallFiles, withFolder } from './smallFolder.fixture.ts'

const folderAndFile: readonly Case[] = [
  {
    title: 'a missing file',
    broken: without('events.csv'),
    code: 'FILE_MISSING',
    where: 'events.csv',
    says: /a file named events\.csv/,
  },
  {
    title: 'a file under a similar name',
    broken: (files) => {
      files['event.csv'] = files['events.csv']!
      without('events.csv')(files)
    },
    code: 'FILE_MISSING',
    where: 'events.csv',
    says: /the folder has event\.csv/,
  },
  {
    title: 'no token mapping',
    broken: without('token_mapping.csv'),
    code: 'FILE_MISSING',
    where: 'token_mapping.csv',
    says: /token_mapping\.csv/,
  },
  {
    title: 'no finality',
    broken: without('finality.csv'),
    code: 'FILE_MISSING',
    where: 'finality.csv',
    says: /finality\.csv/,
  },
  {
    title: 'no prices where a token has a price id',
    broken: without('prices.csv'),
    code: 'FILE_MISSING',
    where: 'prices.csv',
    says: /prices\.csv/,
  },
  {
    title: 'an empty file',
    broken: content('events.csv', ''),
    code: 'CSV_EMPTY',
    where: 'events.csv',
    says: /header with the columns timestamp, chain_id/,
  },
  {
    title: 'a file of blank lines',
    broken: content('finality.csv', '\n\n'),
    code: 'CSV_EMPTY',
    where: 'finality.csv',
    says: /header with the columns chain_id, finality_s/,
  },
  {
    title: 'events: header only',
    broken: firstLines('events.csv', 1),
    code: 'CSV_NO_ROWS',
    where: 'events.csv',
    says: /at least one row/,
  },
  {
    title: 'token mapping: header only',
    broken: firstLines('token_mapping.csv', 1),
    code: 'CSV_NO_ROWS',
    where: 'token_mapping.csv',
    says: /at least one row/,
  },
  {
    title: 'a missing column',
    broken: replaced('events.csv', 'kind,message_id', 'kind,mesage_id'),
    code: 'CSV_COLUMN_MISSING',
    where: 'events.csv:1',
    says: /a column message_id \(it has "mesage_id"\)/,
  },
  {
    title: 'a duplicated column',
    broken: replaced('events.csv', 'block,set', 'block,amount'),
    code: 'CSV_COLUMN_DUPLICATE',
    where: 'events.csv:1',
    says: /one column amount/,
  },
  {
    title: 'a NUL byte',
    broken: replaced('events.csv', '5000000,20', '5\u00000000,20'),
    code: 'FILE_NOT_TEXT',
    where: 'events.csv:2',
    says: /NUL byte; expected plain text in UTF-8/,
  },
  {
    title: 'bytes that are not UTF-8',
    broken: (files) => {
      const text = String(files['prices.csv']).replace('OTHER', 'OTH\u00c9R')
      files['prices.csv'] = Buffer.from(text, 'latin1')
    },
    code: 'FILE_NOT_TEXT',
    where: 'prices.csv:4',
    says: /plain text in UTF-8/,
  },
  {
    title: 'UTF-16',
    broken: (files) => {
      files['finality.csv'] = Buffer.from(`\uFEFF${files['finality.csv']}`, 'utf16le')
    },
    code: 'FILE_NOT_TEXT',
    where: 'finality.csv:1',
    says: /saved in another encoding/,
  },
  {
    title: 'a row with too few cells',
    broken: replaced('events.csv', ',10,,main\n', ',10,main\n'),
    code: 'CSV_ROW_LENGTH',
    where: 'events.csv:3',
    says: /13 of 14 cells; expected 14 cells, as in the header \[/,
  },
  {
    title: 'a row with too many cells',
    broken: replaced('finality.csv', '20,60', '20,60,60'),
    code: 'CSV_ROW_LENGTH',
    where: 'finality.csv:3',
    says: /3 of 2 cells; expected 2 cells/,
  },
  {
    title: 'a file cut off in a row',
    broken: (files) => {
      files['events.csv'] = String(files['events.csv']).slice(0, -80)
    },
    code: 'CSV_ROW_LENGTH',
    where: 'events.csv:7',
    says: /expected 14 cells.*may be cut off/,
  },
  {
    title: 'a file cut off in a quoted cell',
    broken: (files) => {
      files['prices.csv'] = `${files['prices.csv']}2022-04-16,usdc,"US`
    },
    code: 'CSV_QUOTE_OPEN',
    where: 'prices.csv:6',
    says: /a closing quote; the file may be cut off/,
  },
  {
    title: 'an open quote early in a long file',
    broken: (files) => {
      files['prices.csv'] = `${files['prices.csv']}2022-04-16,"usdc,USDC,1\n${'x'.repeat(200_000)}\n`
    },
    code: 'CSV_QUOTE_OPEN',
    where: 'prices.csv:6',
    says: /a closing quote/,
  },
  {
    title: 'a quote inside a cell',
    broken: replaced('prices.csv', '2022-04-14,usdc', '2022-04-14,us"dc'),
    code: 'CSV_QUOTE_MALFORMED',
    where: 'prices.csv:3',
    says: /quotes around the whole cell/,
  },
  {
    title: 'text after a closing quote',
    broken: replaced('prices.csv', '2022-04-14,usdc', '2022-04-14,"usdc"x'),
    code: 'CSV_QUOTE_MALFORMED',
    where: 'prices.csv:3',
    says: /quotes around the whole cell/,
  },
]

test('a missing folder is one clear error', () => {
  const error = errorOf(() => loadHistory('/no/such/folder'))
  expect(error).toMatchObject({ code: 'FOLDER_MISSING', where: '/no/such/folder' })
  expect(error.message).toMatch(/a folder with events\.csv, token_mapping\.csv/)
})

test('a file in place of the folder is one clear error', () => {
  withFolder(smallFiles(), (dir) => {
    const error = errorOf(() => loadHistory(`${dir}/events.csv`))
    expect(error).toMatchObject({ code: 'FOLDER_MISSING', where: `${dir}/events.csv` })
    expect(error.message).toMatch(/this is a file/)
  })
})

test('a description that was asked for and is missing is one clear error', () => {
  withFolder(smallFiles(), (dir) => {
    const error = errorOf(() => loadHistory(dir, { bridgeFile: `${dir}/mine.yaml` }))
    expect(error).toMatchObject({ code: 'FILE_MISSING', where: `${dir}/mine.yaml` })
  })
})

test('a folder in place of a table is one clear error', () => {
  withFolder({ ...smallFiles(), 'bridge.yaml': 'name: x\nfiles: { events: . }\n' }, (dir) => {
    expect(errorOf(() => loadHistory(dir))).toMatchObject({ code: 'FILE_UNREADABLE', where: dir })
  })
})

describe('one clear error: the folder and its files', () => {
  testCases(folderAndFile)
})
