/** The colours a chart or page is drawn in: stone and water, and one alarm. */
export type Palette = {
  readonly paper: string
  /** a step off the paper: panels, stripes */
  readonly stone: string
  readonly ink: string
  readonly muted: string
  readonly rule: string
  /** guard: what it prevented */
  readonly near: string
  /** bond: what it covered */
  readonly mid: string
  /** govern: what the reserve paid */
  readonly far: string
  /** what users lost, and what must be seen at once */
  readonly alarm: string
}

export const light: Palette = {
  paper: '#fcfbf8',
  stone: '#f3f0ea',
  ink: '#1b2733',
  muted: '#5b6873',
  rule: '#dedad1',
  near: '#234e74',
  mid: '#7ba7c7',
  far: '#bdb19a',
  alarm: '#c03a22',
}

export const dark: Palette = {
  paper: '#10171e',
  stone: '#18212a',
  ink: '#e6e4de',
  muted: '#98a4ae',
  rule: '#2c3843',
  near: '#4a86b8',
  mid: '#9cc3de',
  far: '#a3967d',
  alarm: '#f0705a',
}

/** Colours by reference: a drawing made with these follows the page from light to dark. */
export const variables: Palette = {
  paper: 'var(--paper)',
  stone: 'var(--stone)',
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  rule: 'var(--rule)',
  near: 'var(--near)',
  mid: 'var(--mid)',
  far: 'var(--far)',
  alarm: 'var(--alarm)',
}

/** The palette as CSS custom properties. */
export function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}

export const layerNames = { near: 'guard', mid: 'bond', far: 'govern' }
