import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { expect, test } from 'vitest'
import { loadHistory } from './loadHistory.ts'
import { type Files, smallFiles, smallYaml, withFolder } from './smallFolder.fixture.ts'

/** A small valid folder with one thing broken, and the one error it must give: code, place, what is right. */
export type Case = {
  readonly title: string
  readonly broken: (files: Files) => void
  readonly code: string
  /** the place, below the folder */
  readonly where: string
  readonly says: RegExp
}

/** One test per case. */
export function testCases(cases: readonly Case[]): void {
  test.each(cases)('$title', ({ broken, code, where, says }) => {
    const files = smallFiles()
    broken(files)
    withFolder(files, (dir) => {
      const error = errorOf(() => loadHistory(dir))
      expect(error.code).toBe(code)
      expect(error.where).toBe(`${dir}/${where}`)
      expect(error.message).toMatch(says)
      expect(error.message).not.toContain('\n')
    })
  })
}

export function errorOf(act: () => unknown): CutwaterError {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(CutwaterError)
    return error as CutwaterError
  }
  throw new Error('nothing was thrown')
}

export function without(name: string) {
  return (files: Files): void => {
    delete files[name]
  }
}

export function content(name: string, text: string) {
  return (files: Files): void => {
    files[name] = text
  }
}

export function firstLines(name: string, count: number) {
  return (files: Files): void => {
    files[name] = `${String(files[name]).split('\n').slice(0, count).join('\n')}\n`
  }
}

export function replaced(name: string, from: string | RegExp, to: string) {
  return (files: Files): void => {
    const before = String(files[name])
    files[name] = before.replace(from, to)
    expect(files[name]).not.toBe(before)
  }
}

export function yamlReplaced(from: string | RegExp, to: string) {
  return (files: Files): void => {
    files['bridge.yaml'] = smallYaml
    replaced('bridge.yaml', from, to)(files)
  }
}

/** Changes one cell: `line` counts from 1, the header. */
export function cell(name: string, line: number, column: string, value: string) {
  return (files: Files): void => {
    const lines = String(files[name]).split('\n')
    const cells = lines[line - 1]!.split(',')
    cells[lines[0]!.split(',').indexOf(column)] = value
    lines[line - 1] = cells.join(',')
    files[name] = lines.join('\n')
  }
}
