import { expect, test } from 'vitest'
import { csvOf } from './csvOf.ts'

test('quotes what a sheet would read as something else, and leaves out what is not there', () => {
  const rows = [
    { at: 1, says: 'a, "b"\nc', usd: null },
    { at: -2.5, says: '=HYPERLINK("x")', list: ['a'] },
  ]
  expect(csvOf(rows)).toBe(`at,says,usd,list\n1,"a, ""b""\nc",,\n-2.5,"'=HYPERLINK(""x"")",,"[""a""]"\n`)
})
