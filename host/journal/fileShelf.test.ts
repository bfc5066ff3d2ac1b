import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileShelf } from './fileShelf.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-shelf-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pathOf = () => join(folder, 'bridge.db-timeline')

test('keeps texts over a restart, the newest of a name, until they are dropped', () => {
  const before = fileShelf(pathOf(), 'one')
  before.put('a', 'first')
  before.put('a', 'Straße '.repeat(10_000))
  before.put('b', '')
  before.drop('b')
  const after = fileShelf(pathOf(), 'one')
  expect(after.get('a')).toBe('Straße '.repeat(10_000))
  expect(after.get('b')).toBeUndefined()
})

test('gives nothing that another maker has made, and throws it away', () => {
  fileShelf(pathOf(), 'one').put('a', 'of one')
  expect(fileShelf(pathOf(), 'two').get('a')).toBeUndefined()
  expect(fileShelf(pathOf(), 'one').get('a')).toBeUndefined()
})

test('has an empty one beside it, which keeps nothing over a restart', () => {
  const shelf = fileShelf(pathOf(), 'one')
  shelf.put('a', 'text')
  const aside = shelf.aside()
  expect(aside.get('a')).toBeUndefined()
  aside.put('a', 'Straße '.repeat(10_000))
  expect(aside.get('a')).toBe('Straße '.repeat(10_000))
  expect(shelf.get('a')).toBe('text')
  expect(fileShelf(pathOf(), 'one').aside().get('a')).toBeUndefined()
})

test('where no file can be, and where the file is something else, it lasts as long as the process', () => {
  writeFileSync(pathOf(), 'this is no database, and longer than its header would be '.repeat(20))
  for (const path of [pathOf(), join(folder, 'nowhere', 'bridge.db-timeline')]) {
    const shelf = fileShelf(path, 'one')
    shelf.put('a', 'text')
    expect(shelf.get('a')).toBe('text')
  }
})
