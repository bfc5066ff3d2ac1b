import { describe, expect, it } from 'vitest'
import { dark, light, type Palette, variables } from './Theme.ts'

describe.each([
  ['light', light],
  ['dark', dark],
])('%s palette', (_, palette) => {
  // 4.5 is what WCAG 2.2 asks of text (1.4.3), 3 of parts of a drawing (1.4.11).
  it.each(['ink', 'muted', 'alarm'] as const)('%s is legible on paper and stone', (name) => {
    expect(contrast(palette[name], palette.paper)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette[name], palette.stone)).toBeGreaterThanOrEqual(4.5)
  })

  it('tells the guard from the bond, and the alarm from paper', () => {
    expect(contrast(palette.near, palette.mid)).toBeGreaterThanOrEqual(1.9)
    expect(contrast(palette.near, palette.paper)).toBeGreaterThanOrEqual(3)
    expect(contrast(palette.alarm, palette.paper)).toBeGreaterThanOrEqual(3)
  })
})

it('names every colour as the style sheet does', () => {
  expect(Object.keys(variables)).toEqual(Object.keys(light))
  expect(Object.keys(dark)).toEqual(Object.keys(light))
  for (const name of Object.keys(light) as (keyof Palette)[]) expect(variables[name]).toBe(`var(--${name})`)
})

// Relative luminance and contrast ratio as WCAG 2.2 defines them (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (bright! + 0.05) / (dim! + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
