/** When the world was disturbed, in one list of spans without overlap, seconds: what is owed in calm is not owed then. */
export type Calm = { readonly spans: Span[] }

type Span = { readonly from: number; readonly until: number }

export function create(): Calm {
  return { spans: [] }
}

export function disturb(calm: Calm, from: number, until: number): void {
  const apart = calm.spans.filter((span) => span.until < from || span.from > until)
  const merged = calm.spans.filter((span) => !apart.includes(span))
  const whole = {
    from: Math.min(from, ...merged.map((span) => span.from)),
    until: Math.max(until, ...merged.map((span) => span.until)),
  }
  calm.spans.splice(0, calm.spans.length, ...apart, whole)
}

/** How many seconds between two moments were disturbed. */
export function disturbedSeconds({ spans }: Calm, from: number, until: number): number {
  return spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(span.until, until) - Math.max(span.from, from)),
    0,
  )
}
