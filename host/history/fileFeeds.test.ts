import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from '@cutwater/core/units/UnixTime.ts'
import { feedSourceContract } from '@cutwater/engine/ports/FeedSource.contract.ts'
import { expect, test } from 'vitest'
import { fileFeeds } from './fileFeeds.ts'

const at = parse('2022-08-01')!
const csv = `at,name,of,value,unit,source
2022-07-30,wrappedPrice,USDC,0.99,canonical per wrapped,pool
2022-07-31,wrappedPrice,USDC,0.98,canonical per wrapped,pool
2022-08-02,wrappedPrice,USDC,0.5,canonical per wrapped,pool
`

function folderWith(facts: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'feeds-'))
  writeFileSync(join(dir, 'measures.csv'), csv)
  writeFileSync(join(dir, 'facts.yaml'), facts)
  return dir
}

feedSourceContract('a folder of readings and facts', async () => {
  const dir = folderWith('audits: [{ on: 2022-03-01 }]\n')
  return {
    source: fileFeeds(dir),
    at,
    breakDown: async () => writeFileSync(join(dir, 'facts.yaml'), 'audits: soon\n'),
    downCode: 'YAML_TYPE_WRONG',
    dispose: async () => rmSync(dir, { recursive: true }),
  }
})

test('the newest reading that is known counts, and what is added while it runs', async () => {
  const dir = folderWith('{}\n')
  try {
    const source = fileFeeds(dir)
    const seen = async () => (await source.read(at)).map(({ name, value }) => [name, value])
    expect(await seen()).toEqual([['wrappedPrice', 0.98]])
    writeFileSync(join(dir, 'facts.yaml'), 'drills: [{ on: 2022-07-01 }]\n')
    expect(await seen()).toEqual([
      ['drill', 1],
      ['wrappedPrice', 0.98],
    ])
  } finally {
    rmSync(dir, { recursive: true })
  }
})
