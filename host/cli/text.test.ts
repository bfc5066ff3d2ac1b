import { describe, expect, test } from 'vitest'
import { bold, dim, table } from './text.ts'

describe('table', () => {
  test('pads every column to its widest cell: numbers to the right, names to the left', () => {
    const rows = [
      ['none', '$159.58M'],
      ['adaptive', '$0.00'],
    ]
    expect(table(['policy', 'lost'], rows, ['left'])).toBe(
      ['  policy        lost', '  none      $159.58M', '  adaptive     $0.00'].join('\n'),
    )
  })

  test('leaves no blanks at the end of a line, and a head without rows stands alone', () => {
    expect(table(['a', 'b'], [['long', '']], ['left', 'left'])).toBe('  a     b\n  long')
    expect(table(['a', 'b'], [])).toBe('  a  b')
  })
})

test('where nobody watches there are no colours', () => {
  expect(bold('x') + dim('y')).toBe('xy')
})
