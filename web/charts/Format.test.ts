import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Format from './Format.ts'

const dollars = fc.integer({ min: 0, max: 9e13 }).map((cents) => cents / 100)

describe('dollars', () => {
  it.each([
    [0, '$0'],
    [0.01, '$0.01'],
    [99.5, '$99.50'],
    [1_234.4, '$1,234'],
    [9_999.6, '$10.0k'],
    [41_234, '$41.2k'],
    [999_960, '$1.00M'],
    [159_577_684.91, '$159.58M'],
    [999_999_999, '$1.00B'],
    [-2_326_733, '−$2.33M'],
  ])('%d reads %s', (value, text) => expect(Format.usd(value)).toBe(text))

  it.each([
    [159_577_684.91, '$160M'],
    [9_250_000, '$9.3M'],
    [30_000_000, '$30M'],
    [0, '$0'],
  ])('%d is short for %s', (value, text) => expect(Format.usdShort(value)).toBe(text))

  it('read back within half of their last figure', () => {
    fc.assert(
      fc.property(dollars, (value) => {
        const text = Format.usd(value)
        const digits = text.match(/\.(\d+)/)?.[1]?.length ?? 0
        const unit = units[text.at(-1)!] ?? 1
        const read = Number(text.replace(/[$,kMB]/g, '')) * unit
        expect(Math.abs(read - value)).toBeLessThanOrEqual((unit * 10 ** -digits) / 2 + 1e-6 * value)
      }),
    )
  })

  it('never read as nothing when there is something', () => {
    fc.assert(
      fc.property(
        dollars.filter((value) => value > 0),
        dollars,
        (value, other) => {
          expect(Number(Format.usd(value).replace(/[$,kMB]/g, ''))).toBeGreaterThan(0)
          expect(Format.scaled(value, Format.scaleOf([value, other]))).not.toMatch(/^0(\.0*)?$/)
        },
      ),
    )
  })

  it('share one unit in a column', () => {
    expect(Format.scaleOf([12, 159_577_684.91])).toEqual({ by: 1e6, unit: '$M' })
    expect(Format.scaleOf([12, 41_000])).toEqual({ by: 1e3, unit: '$k' })
    expect(Format.scaleOf([])).toEqual({ by: 1, unit: '$' })
    expect(Format.scaled(1_200, { by: 1e6, unit: '$M' })).toBe('<0.01')
    expect(Format.scaled(1_234_567_890, { by: 1e6, unit: '$M' })).toBe('1,234.57')
  })
})

it.each([
  [0, '0%'],
  [0.0004, '<0.1%'],
  [0.058, '5.8%'],
  [0.4, '40%'],
  [0.995, '99.50%'],
  [0.999999, '99.99%'],
  [1, '100%'],
])('share %d reads %s', (value, text) => expect(Format.percent(value)).toBe(text))

it.each([
  [0, '0 s'],
  [36, '36 s'],
  [60, '1 min'],
  [90, '90 s'],
  [5_400, '90 min'],
  [93_600, '26 h'],
  [864_000, '10 d'],
])('%d seconds read %s', (value, text) => expect(Format.seconds(value)).toBe(text))

it.each([
  [0, '0'],
  [0.01, '<0.1'],
  [59.81, '59.8'],
  [38_353.8, '38,354'],
])('%d hours read %s', (value, text) => expect(Format.hours(value)).toBe(text))

it.each([
  [2.5, '2.5'],
  [0.995, '0.995'],
  [13_320, '13,320'],
  [0.00001, '1.00e-5'],
])('%d of no kind reads %s', (value, text) => expect(Format.plain(value)).toBe(text))

it('times are UTC', () => {
  expect(Format.time(1659389551)).toBe('2022-08-01 21:32:31')
  expect(Format.date(1659389551)).toBe('1 Aug 2022')
})

it('one is not many', () => {
  expect(Format.counted(1, 'finding')).toBe('1 finding')
  expect(Format.counted(1_294, 'finding')).toBe('1,294 findings')
})

const units: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, B: 1e9 }
